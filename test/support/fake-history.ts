import { type RunSummary, summaryOf } from '../../shared/history.ts';
import type { TestReport } from '../../shared/report.ts';

/** Kept runs in memory, newest first, by profile. */
export function fakeHistory() {
  const runs = new Map<string, TestReport[]>();
  return {
    add: (profileId: string, report: TestReport) => runs.set(profileId, [report, ...(runs.get(profileId) ?? [])]),
    list: (profileId: string): RunSummary[] => (runs.get(profileId) ?? []).map((report) => summaryOf(report, false)),
    get: (profileId: string, runId: string) => runs.get(profileId)?.find(({ id }) => id === runId) ?? null,
    clear: (profileId: string | null) => {
      const going = profileId === null ? [...runs.keys()] : [profileId];
      return going.filter((id) => runs.delete(id)).length;
    },
  };
}
