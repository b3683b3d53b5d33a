import type { ProfileSummary } from '../../shared/library.ts';
import type { LastResults } from '../history/last-results.ts';

/**
 * Makes the function that puts last results into the rows of the library. While nothing has changed it gives the very
 * same frozen list again: a long one is then neither built nor checked anew for every window that asks.
 */
export function createRowsWithResults() {
  let known: { from: readonly ProfileSummary[]; rows: ProfileSummary[] } | null = null;
  return (from: readonly ProfileSummary[], last: LastResults): ProfileSummary[] => {
    if (known?.from === from && known.rows.every((row) => row.lastResult?.runId === last.get(row.id)?.runId)) {
      return known.rows;
    }
    const rows = Object.freeze(from.map((row) => ({ ...row, lastResult: last.get(row.id) ?? null })));
    known = { from, rows: rows as ProfileSummary[] };
    return known.rows;
  };
}
