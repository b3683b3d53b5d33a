import { createKnownRedactor } from '../log/redactor.ts';

/**
 * Takes the secrets of one run out of texts, those included that come up only while it runs. Only by their value: by
 * looks, a server's `password: expired` would lose the word that matters.
 */
export class RunRedactor {
  readonly #secrets: Set<string>;
  #redact: (text: string) => string;

  constructor(secrets: Iterable<string>) {
    this.#secrets = new Set(secrets);
    this.#redact = createKnownRedactor(this.#secrets);
  }

  /** Adds a secret, such as a fresh access token. */
  learn(secret: string): void {
    this.#secrets.add(secret);
    this.#redact = createKnownRedactor(this.#secrets);
  }

  /** The text with every known secret replaced, in whatever encoding it is. */
  redact(text: string): string {
    return this.#redact(text);
  }
}
