import * as z from 'zod/mini';
import { comparison } from '../compare.ts';
import { runSummary } from '../history.ts';
import { REPORT_FORMATS } from '../report-formats.ts';
import { uuid } from './parts.ts';

/** A report: one of a profile's history, or one of this session (a run just made, a file that was opened). */
export const reportRef = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('kept'), profileId: uuid, runId: uuid }),
  z.strictObject({ kind: z.literal('session'), runId: uuid }),
]);
/** See {@link reportRef}. */
export type ReportRef = z.infer<typeof reportRef>;

const choice = { report: reportRef, format: z.enum(REPORT_FORMATS), mask: z.boolean() };

/** Giving reports out, reading them back, and putting two beside each other. */
export const reportRequests = {
  /** The text as it would be saved, for a preview and for copying. */
  'reports.render': {
    input: z.strictObject(choice),
    output: z.strictObject({ fileName: z.string(), text: z.string() }),
  },
  'reports.save': {
    input: z.strictObject({
      ...choice,
      destination: uuid,
      /** The user's word to replace the file that a symbolic link points to. */
      followLink: z.boolean(),
    }),
    output: z.strictObject({ file: z.string(), bytes: z.int() }),
  },
  /** Writes the certificates that a report holds as PEM, the server's own first. Error: NOT_FOUND where it holds none. */
  'reports.saveChain': {
    input: z.strictObject({ report: reportRef, destination: uuid, followLink: z.boolean() }),
    output: z.strictObject({ file: z.string(), bytes: z.int() }),
  },
  /** Reads a report that was saved as JSON; it is of this session afterwards. */
  'reports.open': {
    input: z.strictObject({ token: uuid }),
    output: z.strictObject({ profileName: z.string(), summary: runSummary }),
  },
  'reports.compare': { input: z.strictObject({ before: reportRef, after: reportRef }), output: comparison },
} as const;
