import type { BatchItem, BatchRow } from '../../shared/batch.ts';
import type { AppError } from '../../shared/errors.ts';
import { failedStage, outcomeOf } from '../../shared/outcome.ts';
import type { TestReport } from '../../shared/report.ts';

/** A row without a run: cancelled before it began, without its secret, or stopped by an error. */
export function rowWithoutRun(item: BatchItem, error: AppError | null): BatchRow {
  const outcome = error === null ? 'cancelled' : error.code === 'SECRET_NEEDED' ? 'secret-needed' : 'not-tested';
  const nothing = { stage: null, rule: '', cause: '', remedy: '', startedAt: '', ms: 0, runId: null, stages: [] };
  return { ...item, outcome, ...nothing, error };
}

/** The row of a run. `kept` says whether its report is in the history. */
export function rowOf({ profileId, name }: BatchItem, report: TestReport, kept: boolean): BatchRow {
  const { diagnosis, stages } = report;
  return {
    profileId,
    name,
    destination: report.destination,
    outcome: outcomeOf(report),
    stage: failedStage(report)?.stage ?? null,
    rule: diagnosis?.rule ?? '',
    cause: diagnosis?.cause ?? '',
    remedy: diagnosis?.remedy ?? '',
    startedAt: report.startedAt,
    ms: report.ms,
    runId: kept ? report.id : null,
    stages: stages.map(({ stage, status, ms, note }) => ({ stage, status, ms, note })),
    error: null,
  };
}
