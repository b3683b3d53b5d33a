import * as z from 'zod/mini';
import { type RunSummary, runSummary } from '../../shared/history.ts';

/** The newest run of each profile, by profile id. */
export type LastResults = ReadonlyMap<string, RunSummary>;

const SCHEMA_VERSION = 1;
const outline = z.object({ schemaVersion: z.literal(SCHEMA_VERSION), last: z.record(z.string(), z.unknown()) });

/**
 * Reads the index of last results. Null when it is damaged or another version's: it holds nothing that is not in the
 * profiles' own files, so it is then made anew from them.
 */
export function readLastResults(text: string): Map<string, RunSummary> | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  const parsed = outline.safeParse(value);
  if (!parsed.success) return null;
  const last = new Map<string, RunSummary>();
  for (const [id, raw] of Object.entries(parsed.data.last)) {
    const summary = runSummary.safeParse(raw);
    if (summary.success) last.set(id, summary.data);
  }
  return last;
}

/** The text of the index. */
export function lastResultsText(last: LastResults): string {
  return `${JSON.stringify({ schemaVersion: SCHEMA_VERSION, last: Object.fromEntries(last) })}\n`;
}
