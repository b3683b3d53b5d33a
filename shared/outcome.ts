import type { StageResult, TestReport } from './report.ts';

/** How a run ended. `warned` passed, but something is wrong; a run that left asked stages untested is `failed`. */
export const RUN_OUTCOMES = ['passed', 'warned', 'failed', 'cancelled'] as const;
/** See {@link RUN_OUTCOMES}. */
export type RunOutcome = (typeof RUN_OUTCOMES)[number];

/** How a run ended. */
export function outcomeOf({ ok, cancelled, stages }: TestReport): RunOutcome {
  if (cancelled) return 'cancelled';
  if (!ok) return 'failed';
  return stages.some(({ status, warnings }) => status === 'warned' || warnings.length > 0) ? 'warned' : 'passed';
}

/** The stage that failed, or undefined. */
export function failedStage({ stages }: TestReport): StageResult | undefined {
  return stages.find(({ status }) => status === 'failed');
}

const HEADLINES: Record<RunOutcome, Record<TestReport['action'], string>> = {
  passed: { check: 'The connection works', send: 'The server took the message' },
  warned: { check: 'It works, with warnings', send: 'Sent, with warnings' },
  failed: { check: 'The check failed', send: 'The message was not sent' },
  cancelled: { check: 'Cancelled', send: 'Cancelled' },
};

/** How a run ended, in a few words. */
export function headline(report: TestReport): string {
  return HEADLINES[outcomeOf(report)][report.action];
}
