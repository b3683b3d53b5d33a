import * as z from 'zod/mini';
import { runSummary } from '../history.ts';
import { testReport } from '../report.ts';
import { uuid } from './parts.ts';

/** The kept runs of stored profiles. */
export const historyRequests = {
  /** Newest first. */
  'history.list': { input: z.strictObject({ profileId: uuid }), output: z.array(runSummary) },
  'history.get': {
    input: z.strictObject({ profileId: uuid, runId: uuid }),
    output: z.strictObject({ report: testReport, unsaved: z.boolean() }),
  },
  /** Forgets the runs of one profile, or of all with null. */
  'history.clear': {
    input: z.strictObject({ profileId: z.nullable(uuid) }),
    output: z.strictObject({
      /** How many profiles had any. */
      profiles: z.int(),
    }),
  },
} as const;
