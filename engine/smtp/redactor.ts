import { createRedactor } from '../log/redactor.ts';

/** Takes the secrets of one run out of texts, those included that come up only while it runs. */
export class RunRedactor {
  readonly #secrets: Set<string>;
  #redact: (text: string) => string;

  constructor(secrets: Iterable<string>) {
    this.#secrets = new Set(secrets);
    this.#redact = createRedactor(this.#secrets);
  }

  /** Adds a secret, such as a fresh access token. */
  learn(secret: string): void {
    this.#secrets.add(secret);
    this.#redact = createRedactor(this.#secrets);
  }

  /** The text with every known secret replaced, in whatever encoding it is. */
  redact(text: string): string {
    return this.#redact(text);
  }
}
