import { performance } from 'node:perf_hooks';
import { summary } from './figures.ts';

/** One thing to time. */
export type Timed = () => Promise<void> | void;

/**
 * Times several things in turn, round after round, so that a machine whose speed drifts is the same to all of them.
 * Returns the median of each, ms, and the median of each one's ratio to the first of its round.
 */
export async function inTurns(
  things: readonly Timed[],
  rounds: number,
  warmUp = 2,
): Promise<{ ms: number; ratio: number }[]> {
  const times: number[][] = things.map(() => []);
  for (let round = 0; round < rounds + warmUp; round += 1) {
    for (const [at, thing] of things.entries()) {
      const start = performance.now();
      await thing();
      if (round >= warmUp) times[at]?.push(performance.now() - start);
    }
  }
  const first = times[0] ?? [];
  return times.map((own) => ({
    ms: summary(own).median,
    ratio: summary(own.map((time, round) => time / (first[round] ?? Number.NaN))).median,
  }));
}
