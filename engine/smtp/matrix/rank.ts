import type { CellVerdict } from '../../../shared/matrix.ts';

/** Usable verdicts, the most trusted first. */
export const TRUST: readonly CellVerdict[] = ['works', 'untrusted', 'plain'];

/** Compares two lists of marks, the first that differs decides; fewer is better. For sorting. */
export function compareRanks(a: readonly number[], b: readonly number[]): number {
  const at = a.findIndex((value, index) => value !== b[index]);
  return at === -1 ? 0 : (a[at] ?? 0) - (b[at] ?? 0);
}
