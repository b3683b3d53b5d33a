import type { ReportRef } from '../../shared/contract.ts';
import type { TestReport } from '../../shared/report.ts';
import { ok, type Result } from '../../shared/result.ts';
import type { RunHistory } from '../history/run-history.ts';
import type { ReportShelf } from './report-shelf.ts';

/** Finds a report by what a door names it with. Errors: NOT_FOUND and those of reading the history. */
export type FindReport = (ref: ReportRef) => Promise<Result<TestReport>>;

/** Looks in the history of profiles and among the reports of this session. */
export function reportFinder(history: RunHistory, shelf: ReportShelf): FindReport {
  return async (ref) => {
    if (ref.kind === 'session') return shelf.get(ref.runId);
    const kept = await history.get(ref.profileId, ref.runId);
    return kept.ok ? ok(kept.value.report) : kept;
  };
}
