import { done, failing, type Outcome, type RuleFacts } from '../failure.ts';
import type { HttpAnswer } from './post-form.ts';

/** What a token server gave (RFC 6749 5.1). */
export interface TokenAnswer {
  accessToken: string;
  /** As the server wrote it; '' when it left it out. */
  type: string;
  /** Null when the server did not say how long the token is valid. */
  expiresInSeconds: number | null;
  /** Null when the server did not name the scope: it is then as asked. */
  scope: string | null;
  /** A refresh token that takes the place of the one that was sent (RFC 6749 6), or null. */
  refreshToken: string | null;
}

/** Longest error text that is kept. */
const ERROR_CHARS = 1_000;

/** Most seconds that a token is believed to be valid: a day. */
const LONGEST_LIFE = 86_400;

/**
 * Reads the answer. Fails with the server's own error and description (RFC 6749 5.2) where it is one, else with the fact
 * `tokenFault`: not-json, redirect, not-found, too-many, server-error, no-token, bad-token or token-type.
 */
export function readTokenAnswer({ status, text }: HttpAnswer): Outcome<TokenAnswer> {
  const fields = parseObject(text);
  const error = word(fields?.error);
  if (error !== '') {
    const description = word(fields?.error_description);
    const said = [error, description].filter((part) => part !== '').join(': ');
    return failing('', said.slice(0, ERROR_CHARS));
  }
  if (status !== 200) return faulty(statusFault(status), `HTTP ${status} without a token`);
  if (!fields) return faulty({ tokenFault: 'not-json' }, 'the answer is not JSON');
  const { access_token: token, token_type: type, expires_in: life, scope, refresh_token: refresh } = fields;
  if (typeof token !== 'string' || token === '') return faulty({ tokenFault: 'no-token' }, 'HTTP 200 without a token');
  // RFC 6750 2.1; anything else could end the SMTP line or the header that it goes into.
  if (!/^[\x21-\x7e]+$/.test(token)) return faulty({ tokenFault: 'bad-token' }, 'the token holds odd characters');
  if (typeof type === 'string' && type.toLowerCase() !== 'bearer') {
    return faulty({ tokenFault: 'token-type' }, `the token is of the type ${type.slice(0, 40)}`);
  }
  return done({
    accessToken: token,
    type: word(type),
    expiresInSeconds: lifeOf(life),
    scope: typeof scope === 'string' ? scope : null,
    refreshToken: typeof refresh === 'string' && refresh !== '' ? refresh : null,
  });
}

/** How far this machine's clock is from the token server's, in whole seconds either way; {} when it names no time. */
export function answerClockFacts({ date }: HttpAnswer, now: Date): RuleFacts {
  const server = Date.parse(date);
  if (Number.isNaN(server)) return {};
  return { tokenClockSkewSeconds: Math.round(Math.abs(now.getTime() - server) / 1000) };
}

function statusFault(status: number): RuleFacts {
  if (status >= 300 && status < 400) return { tokenFault: 'redirect' };
  if (status === 404 || status === 405) return { tokenFault: 'not-found' };
  if (status === 429) return { tokenFault: 'too-many' };
  return status >= 500 ? { tokenFault: 'server-error' } : status === 200 ? {} : { tokenFault: 'refused' };
}

function faulty(facts: RuleFacts, detail: string) {
  return failing('', `token endpoint: ${detail}`, facts);
}

/** Some servers send the seconds as text. */
function lifeOf(life: unknown): number | null {
  const seconds = typeof life === 'string' && /^\d{1,9}$/.test(life) ? Number(life) : life;
  if (typeof seconds !== 'number' || !Number.isFinite(seconds) || seconds < 0) return null;
  return Math.min(Math.floor(seconds), LONGEST_LIFE);
}

function word(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function parseObject(text: string): Record<string, unknown> | null {
  try {
    const parsed: unknown = JSON.parse(text);
    const isObject = typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed);
    return isObject ? (parsed as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}
