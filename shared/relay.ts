import * as z from 'zod/mini';
import { reply } from './reply.ts';

/** Questions of the relay check. `sender` is asked for every address and domain that the profile may send as. */
export const RELAY_CHECKS = ['own-domain', 'external', 'sender', 'size', '8bitmime', 'smtputf8', 'dsn'] as const;
/** See {@link RELAY_CHECKS}. */
export type RelayCheck = (typeof RELAY_CHECKS)[number];

/** The questions in words, the same in window and terminal. */
export const RELAY_WORDS: Record<RelayCheck, string> = {
  'own-domain': 'To its own domain',
  external: 'To another domain',
  sender: 'Sending as',
  size: 'Large messages (SIZE)',
  '8bitmime': 'Text in 8 bits (8BITMIME)',
  smtputf8: 'Letters beyond ASCII in addresses (SMTPUTF8)',
  dsn: 'Delivery reports (DSN)',
};

/**
 * How a question ended. `deferred`: refused for now (4xx). `not-offered`: EHLO does not name it, so it was not asked.
 * `unclear`: the refusal says something about the address that was asked for, not about relaying.
 */
export const TRANSACTION_VERDICTS = [
  'accepted',
  'refused',
  'deferred',
  'unclear',
  'not-offered',
  'not-answered',
] as const;
/** See {@link TRANSACTION_VERDICTS}. */
export type TransactionVerdict = (typeof TRANSACTION_VERDICTS)[number];

/** The verdicts in words, the same in window and terminal. */
export const TRANSACTION_WORDS: Record<TransactionVerdict, string> = {
  accepted: 'Accepted',
  refused: 'Refused',
  deferred: 'Refused for now',
  unclear: 'Unclear',
  'not-offered': 'Not offered',
  'not-answered': 'Not answered',
};

/** One mail transaction without a message: MAIL, mostly RCPT, then RSET. */
export const transaction = z.strictObject({
  check: z.enum(RELAY_CHECKS),
  from: z.string(),
  /** '' where MAIL alone answers the question. */
  to: z.string(),
  verdict: z.enum(TRANSACTION_VERDICTS),
  /** The command that was refused, or '' when none was. */
  refusedAt: z.enum(['', 'mail', 'rcpt']),
  /** The deciding reply; absent when nothing was asked. */
  reply: z.optional(reply),
  /** Cause or meaning in plain words, or ''. */
  note: z.string(),
});
/** See {@link transaction}. */
export type Transaction = z.infer<typeof transaction>;
