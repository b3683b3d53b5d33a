import type { Stage } from '../../../../shared/report.ts';
import type { FactValue } from '../observation.ts';

/** How one library words a fault, and what it means in the terms that rules are written in. */
export interface Wording {
  /** Runs over up to 64 KB of foreign text: only bounded repetition. */
  readonly pattern: RegExp;
  readonly code?: string;
  /** Where the run failed, when the wording tells it. */
  readonly stage?: Stage | 'oauth';
  readonly facts?: Readonly<Record<string, FactValue>>;
}
