import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** How long a link can be opened. */
export const EXCHANGE_MS = 60_000;

const TOKEN_BYTES = 32;
/** Links that may be open at once; older ones are dropped. */
const MAX_EXCHANGES = 16;

/**
 * The tokens of one run: links carry a one-time exchange token (60 s), which is swapped for the session token. Only
 * hashes of exchange tokens are kept, and all comparisons take the same time.
 */
export class Tokens {
  readonly #session = randomBytes(TOKEN_BYTES).toString('base64url');
  readonly #now: () => number;
  #exchanges: { hash: Buffer; until: number }[] = [];

  constructor(now: () => number) {
    this.#now = now;
  }

  /** Makes a one-time token for a link. */
  newExchange(): string {
    const token = randomBytes(TOKEN_BYTES).toString('base64url');
    this.#exchanges = [...this.#exchanges, { hash: hashOf(token), until: this.#now() + EXCHANGE_MS }].slice(
      -MAX_EXCHANGES,
    );
    return token;
  }

  /** Swaps a one-time token for the session token; null when it is unknown, used or too old. */
  exchange(token: string): string | null {
    const hash = hashOf(token);
    const now = this.#now();
    const live = this.#exchanges.filter(({ until }) => until > now);
    const found = live.find((entry) => timingSafeEqual(entry.hash, hash));
    this.#exchanges = live.filter((entry) => entry !== found);
    return found ? this.#session : null;
  }

  /** True for `Bearer` and the session token. */
  isSession(authorization: string | undefined): boolean {
    const given = /^Bearer ([\w-]{1,200})$/.exec(authorization ?? '')?.[1] ?? '';
    return timingSafeEqual(hashOf(given), hashOf(this.#session));
  }
}

// Equal lengths for timingSafeEqual, whatever was sent.
function hashOf(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
