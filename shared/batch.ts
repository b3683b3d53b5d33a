import * as z from 'zod/mini';
import { appError } from './errors.ts';
import { RUN_OUTCOMES } from './outcome.ts';
import { STAGE_STATUSES, STAGES } from './report.ts';

/**
 * How many tests run at the same time. `perHost` keeps a batch polite: many profiles often name one server, and servers
 * refuse clients that open many connections at once.
 */
export const BATCH_LIMITS = {
  concurrency: { default: 64, max: 256 },
  perHost: { default: 4, max: 256 },
  /** Profiles that may be chosen one by one. */
  chosen: 20_000,
} as const;

/**
 * How a profile's test in a batch ended. `secret-needed`: a password is not at hand, so nothing was tried; `not-tested`: it
 * could not begin, the row's error says why; `cancelled` also for those that had not begun.
 */
export const BATCH_OUTCOMES = [...RUN_OUTCOMES, 'secret-needed', 'not-tested'] as const;
/** See {@link BATCH_OUTCOMES}. */
export type BatchOutcome = (typeof BATCH_OUTCOMES)[number];

/** Which profiles a batch is about. */
export const batchChoice = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.enum(['all', 'active']) }),
  z.strictObject({ kind: z.literal('chosen'), ids: z.array(z.uuid()).check(z.maxLength(BATCH_LIMITS.chosen)) }),
]);
/** See {@link batchChoice}. */
export type BatchChoice = z.infer<typeof batchChoice>;

/** A profile that a batch is going to test. */
export const batchItem = z.strictObject({
  profileId: z.uuid(),
  name: z.string(),
  destination: z.strictObject({ host: z.string(), port: z.int(), security: z.string() }),
});
/** See {@link batchItem}. */
export type BatchItem = z.infer<typeof batchItem>;

/** One line of the result table. */
export const batchRow = z.extend(batchItem, {
  outcome: z.enum(BATCH_OUTCOMES),
  /** Stage that failed; null when none did. */
  stage: z.nullable(z.enum(STAGES)),
  /** Of the diagnosis; '' without one. */
  rule: z.string(),
  cause: z.string(),
  remedy: z.string(),
  /** ISO 8601; '' when it did not begin. */
  startedAt: z.string(),
  ms: z.number(),
  /** Id of the report in the profile's history; null when there is none. */
  runId: z.nullable(z.uuid()),
  stages: z.array(
    z.strictObject({ stage: z.enum(STAGES), status: z.enum(STAGE_STATUSES), ms: z.number(), note: z.string() }),
  ),
  /** Why it could not begin; null when it did, or was cancelled before. */
  error: z.nullable(appError),
});
/** See {@link batchRow}. */
export type BatchRow = z.infer<typeof batchRow>;

/** The result of a batch, its rows in the order of the plan. */
export const batchReport = z.strictObject({
  id: z.uuid(),
  /** ISO 8601, UTC. */
  startedAt: z.string(),
  ms: z.number(),
  cancelled: z.boolean(),
  concurrency: z.int(),
  perHost: z.int(),
  rows: z.array(batchRow),
});
/** See {@link batchReport}. */
export type BatchReport = z.infer<typeof batchReport>;

/** What a batch streams: its plan, then where each profile is and how it ended. */
export const batchEvent = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('planned'), items: z.array(batchItem) }),
  z.strictObject({ type: z.literal('stage-started'), profileId: z.uuid(), stage: z.enum(STAGES) }),
  z.strictObject({ type: z.literal('finished'), row: batchRow }),
]);
/** See {@link batchEvent}. */
export type BatchEvent = z.infer<typeof batchEvent>;

/** Files that a batch's result can be saved as. */
export const BATCH_FORMATS = ['csv', 'json', 'junit'] as const;
/** See {@link BATCH_FORMATS}. */
export type BatchFormat = (typeof BATCH_FORMATS)[number];

/** How many rows ended each way. */
export function countOutcomes(rows: readonly BatchRow[]): Record<BatchOutcome, number> {
  const counts = Object.fromEntries(BATCH_OUTCOMES.map((outcome) => [outcome, 0])) as Record<BatchOutcome, number>;
  for (const { outcome } of rows) counts[outcome] += 1;
  return counts;
}
