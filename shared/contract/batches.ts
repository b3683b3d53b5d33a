import * as z from 'zod/mini';
import { BATCH_FORMATS, BATCH_LIMITS, batchChoice, batchEvent, batchReport } from '../batch.ts';
import { STAGES } from '../report.ts';
import { uuid } from './parts.ts';

const { concurrency, perHost } = BATCH_LIMITS;

/** Testing many stored profiles at once. */
export const batchRequests = {
  'batches.run': {
    input: z.strictObject({
      profiles: batchChoice,
      /** Last stage to run; null runs all of a check. */
      until: z.nullable(z.enum(STAGES)),
      concurrency: z.int().check(z.gte(1), z.lte(concurrency.max)),
      /** Tests of the same host at the same time. */
      perHost: z.int().check(z.gte(1), z.lte(perHost.max)),
      /** False leaves the runs out of the history; they are kept unless said. */
      keep: z.optional(z.boolean()),
    }),
    output: batchReport,
    event: batchEvent,
  },
  /** The result of a batch of this session as the text of a file, for a download. */
  'batches.render': {
    input: z.strictObject({ id: uuid, format: z.enum(BATCH_FORMATS) }),
    output: z.strictObject({ fileName: z.string(), text: z.string() }),
  },
  /** Writes the result of a batch of this session. */
  'batches.save': {
    input: z.strictObject({
      id: uuid,
      format: z.enum(BATCH_FORMATS),
      destination: uuid,
      /** The user's word to replace the file that a symbolic link points to. */
      followLink: z.boolean(),
    }),
    output: z.strictObject({ file: z.string(), bytes: z.int() }),
  },
} as const;
