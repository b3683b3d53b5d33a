import { createPracticeServer } from '../../../engine/practice/index.ts';
import type { PracticeScenario } from '../../../shared/practice.ts';

/** A practice server of a test. */
export interface RunningPractice {
  host: string;
  port: number;
  caPem: string;
  stop(): Promise<void>;
}

/** Starts a practice server on a free port of loopback. */
export async function runningPractice(scenario: PracticeScenario = 'all-well'): Promise<RunningPractice> {
  const server = createPracticeServer({ now: () => new Date() });
  const started = await server.start(scenario);
  if (!started.ok || !started.value.running) throw new Error('The practice server did not start');
  const { host, port, caPem } = started.value;
  return { host, port, caPem, stop: () => server.stop() };
}
