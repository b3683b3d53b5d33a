import type { RunOutcome } from '../../shared/outcome.ts';

/** How a run ended, in words for the terminal. */
export const OUTCOME_WORDS: Record<RunOutcome, string> = {
  passed: 'passed',
  warned: 'passed with warnings',
  failed: 'failed',
  cancelled: 'cancelled',
};
