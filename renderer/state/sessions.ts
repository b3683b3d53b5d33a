import type { MarkState } from '../ui/state-mark.tsx';
import type { Run } from './runs.ts';

/** The state of a run in one word, for marks. */
export function stateOfRun(run: Run | undefined): MarkState {
  if (!run) return 'untested';
  if (run.running) return 'running';
  if (run.report?.cancelled || run.error?.code === 'CANCELLED') return 'cancelled';
  if (!run.report) return run.error?.code === 'SECRET_NEEDED' ? 'untested' : 'failed';
  if (!run.report.ok) return 'failed';
  return run.report.stages.some(({ status, warnings }) => status === 'warned' || warnings.length > 0)
    ? 'warned'
    : 'passed';
}
