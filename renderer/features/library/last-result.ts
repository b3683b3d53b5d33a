import type { ProfileSummary } from '../../../shared/library.ts';
import type { Run } from '../../state/runs.ts';
import { stateOfRun } from '../../state/sessions.ts';
import type { MarkState } from '../../ui/state-mark.tsx';

/** How the last test of a profile ended, and when it began (milliseconds since 1970; 0 for never). */
export interface LastResult {
  state: MarkState;
  at: number;
}

/**
 * The last result of a profile: that of this session's run when it is the later one, else what was kept. A run against
 * another server says nothing about this one.
 */
export function lastResultOf(profile: ProfileSummary, run: Run | undefined): LastResult {
  const kept = profile.lastResult;
  const keptAt = kept ? Date.parse(kept.at) : 0;
  const session = stateOfRun(run);
  if (run && session !== 'untested' && (run.running || run.startedAt > keptAt - CLOCK_SLACK_MS)) {
    return { state: session, at: run.startedAt };
  }
  if (!kept || !isAbout(profile, kept.destination)) return { state: 'untested', at: 0 };
  return { state: kept.outcome, at: keptAt };
}

// The window notes the start of a run a moment before the engine does.
const CLOCK_SLACK_MS = 5_000;

function isAbout(profile: ProfileSummary, tested: { host: string; port: number; security: string }): boolean {
  return profile.host === tested.host && profile.port === tested.port && profile.security === tested.security;
}
