import { createHmac, randomBytes } from 'node:crypto';
import type { TokenAnswer } from './token-answer.ts';

/** A token that an earlier run asked for, and when it was. */
export interface KeptToken {
  answer: TokenAnswer;
  /** Milliseconds since 1970. */
  at: number;
}

/** Seconds before its end at which a token is not used any more: the run that it is for takes time too. */
const MARGIN_SECONDS = 60;

/** Most tokens, and most replaced refresh tokens, that are kept; the oldest go first. */
const MAX_KEPT = 500;

/**
 * Access tokens of one engine, in memory only. A token is found by a keyed hash of everything that it was asked for with,
 * the secrets included, so a changed secret never meets an old token, and the keys tell nothing. Also keeps refresh tokens
 * that a token server put in the place of those that it was sent (RFC 6749 6), since the old ones work no more.
 */
export class TokenStore {
  readonly #hashKey = randomBytes(32);
  readonly #tokens = new Map<string, KeptToken>();
  readonly #replaced = new Map<string, string>();
  readonly #homeless = new Map<string, string>();
  readonly #pending = new Set<Promise<unknown>>();

  /** The key of everything that determines a token. */
  keyOf(parts: readonly string[]): string {
    return createHmac('sha256', this.#hashKey).update(JSON.stringify(parts)).digest('base64');
  }

  /** A token that is still valid for a while, or null. */
  find(key: string, now: Date): KeptToken | null {
    const kept = this.#tokens.get(key);
    if (!kept) return null;
    const { expiresInSeconds } = kept.answer;
    if (expiresInSeconds !== null && secondsLeft(kept, now) > MARGIN_SECONDS) return kept;
    this.#tokens.delete(key);
    return null;
  }

  /** Keeps a token; one whose end is unknown or near is not worth keeping. */
  keep(key: string, answer: TokenAnswer, now: Date): void {
    if ((answer.expiresInSeconds ?? 0) <= MARGIN_SECONDS) return;
    put(this.#tokens, key, { answer: { ...answer, refreshToken: null }, at: now.getTime() });
  }

  /** Forgets a token, since the mail server refused it. */
  drop(key: string): void {
    this.#tokens.delete(key);
  }

  /** The refresh token that took this one's place, however often it was replaced; the same when it was not. */
  currentRefreshToken(token: string): string {
    return this.#replaced.get(this.keyOf([token])) ?? token;
  }

  /** Remembers that a token server put a new refresh token in the place of another. */
  replaceRefreshToken(old: string, next: string): void {
    for (const [key, current] of this.#replaced) if (current === old) this.#replaced.set(key, next);
    put(this.#replaced, this.keyOf([old]), next);
  }

  /** Keeps a replaced refresh token for a profile that has not stored the old one, until its user says where it goes. */
  leaveFor(profileId: string, token: string): void {
    put(this.#homeless, profileId, token);
  }

  /** The token that was left for a profile, or null. */
  leftFor(profileId: string): string | null {
    return this.#homeless.get(profileId) ?? null;
  }

  /** Lets `close` wait for work that must not be lost: a replaced refresh token on its way here. */
  track(work: Promise<unknown>): void {
    const tracked = work.catch(() => {}).finally(() => this.#pending.delete(tracked));
    this.#pending.add(tracked);
  }

  /** Waits for all tracked work, then forgets everything. */
  async close(): Promise<void> {
    await Promise.all(this.#pending);
    this.#tokens.clear();
    this.#replaced.clear();
    this.#homeless.clear();
  }
}

/** Whole seconds that a kept token is still valid. */
export function secondsLeft({ answer, at }: KeptToken, now: Date): number {
  return Math.floor((answer.expiresInSeconds ?? 0) - (now.getTime() - at) / 1000);
}

function put<T>(map: Map<string, T>, key: string, value: T): void {
  map.delete(key);
  map.set(key, value);
  const [oldest] = map.keys();
  if (map.size > MAX_KEPT && oldest !== undefined) map.delete(oldest);
}
