import * as z from 'zod/mini';
import type { ProfileSettings } from './profile.ts';
import { finding, reply, STAGES } from './report.ts';

/** Sign-ins of one search, at most: more in a row can lock an account. */
export const MECHANISM_TRIES = 3;

/** SASL mechanisms that Relaysmith speaks; the first five take a password, the others a token. */
export const SASL_MECHANISMS = [
  'PLAIN',
  'LOGIN',
  'SCRAM-SHA-256',
  'SCRAM-SHA-1',
  'CRAM-MD5',
  'XOAUTH2',
  'OAUTHBEARER',
] as const;
/** See {@link SASL_MECHANISMS}. */
export type SaslMechanism = (typeof SASL_MECHANISMS)[number];

/** Those that fit what a profile signs in with. */
export function mechanismsOf(method: ProfileSettings['signIn']['method']): readonly SaslMechanism[] {
  if (method === 'none') return [];
  return SASL_MECHANISMS.filter((name) => isForToken(name) === (method === 'oauth2'));
}

function isForToken(mechanism: SaslMechanism): boolean {
  return mechanism === 'XOAUTH2' || mechanism === 'OAUTHBEARER';
}

/**
 * What came of one mechanism. `works`: the server took the sign-in. `refused`: it did not. `failed`: there was no verdict.
 * `not-tried`: no sign-in was sent with it.
 */
export const MECHANISM_VERDICTS = ['works', 'refused', 'failed', 'not-tried'] as const;
/** See {@link MECHANISM_VERDICTS}. */
export type MechanismVerdict = (typeof MECHANISM_VERDICTS)[number];

/** Verdicts in words, the same in window and terminal. */
export const MECHANISM_WORDS: Record<MechanismVerdict, string> = {
  works: 'Works',
  refused: 'Refused',
  failed: 'Failed',
  'not-tried': 'Not tried',
};

/** One mechanism and what came of it. */
export const mechanismResult = z.strictObject({
  /** As the server or the user named it. */
  mechanism: z.string(),
  verdict: z.enum(MECHANISM_VERDICTS),
  ms: z.number(),
  /** One line of plain words. */
  note: z.string(),
  /** What the server said to the sign-in. */
  reply: z.nullable(reply),
  finding: z.nullable(finding),
});
/** See {@link mechanismResult}. */
export type MechanismResult = z.infer<typeof mechanismResult>;

/** Which mechanisms work; safe to show, store and share. */
export const mechanismReport = z.strictObject({
  version: z.literal(1),
  /** ISO 8601, UTC. */
  startedAt: z.string(),
  ms: z.number(),
  cancelled: z.boolean(),
  destination: z.strictObject({ host: z.string(), port: z.int(), security: z.string() }),
  /** As advertised; [] when the server offers none or was not reached. */
  offered: z.array(z.string()),
  results: z.array(mechanismResult),
  /** The one to use, of those that work, and why. */
  recommended: z.nullable(z.strictObject({ mechanism: z.enum(SASL_MECHANISMS), reason: z.string() })),
  /** Why no sign-in could be tried at all. */
  failure: z.nullable(z.strictObject({ stage: z.enum(STAGES), note: z.string(), finding: z.nullable(finding) })),
});
/** See {@link mechanismReport}. */
export type MechanismReport = z.infer<typeof mechanismReport>;

/** What a search streams while it goes on. */
export const mechanismEvent = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('trying'), mechanism: z.string() }),
  z.strictObject({ type: z.literal('result'), result: mechanismResult }),
]);
/** See {@link mechanismEvent}. */
export type MechanismEvent = z.infer<typeof mechanismEvent>;
