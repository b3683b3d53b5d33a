import type { RunSummary } from '../../../shared/history.ts';
import { STAGE_WORDS } from '../../../shared/report.ts';
import { history as text } from '../../text.ts';
import { duration } from '../../ui/format.ts';

/** A kept run in a few words beside its state: where it failed, what was special about it, how long it took. */
export function runWords({ stage, action, unsaved, ms }: RunSummary): string {
  return [stage && STAGE_WORDS[stage], action === 'send' && text.sent, unsaved && text.unsaved, duration(ms)]
    .filter(Boolean)
    .join(', ');
}

/** The choice after a press on one run: at most two are chosen, and the one chosen first gives way. */
export function toggled(chosen: readonly string[], runId: string): string[] {
  if (chosen.includes(runId)) return chosen.filter((each) => each !== runId);
  return [...chosen, runId].slice(-2);
}

/** The two chosen runs, the older one first; null while there are not two. */
export function pairOf(chosen: readonly string[], runs: readonly RunSummary[]): [RunSummary, RunSummary] | null {
  const [newer, older] = runs.filter(({ runId }) => chosen.includes(runId));
  return newer && older ? [older, newer] : null;
}

/** The run to compare one with: the newest older one of the stored settings that was not cancelled. */
export function runBefore(runs: readonly RunSummary[], runId: string): RunSummary | null {
  const at = runs.findIndex((run) => run.runId === runId);
  if (at === -1 || runs[at]?.outcome === 'cancelled') return null;
  return runs.slice(at + 1).find(({ outcome, unsaved }) => outcome !== 'cancelled' && !unsaved) ?? null;
}
