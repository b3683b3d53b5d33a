import type { Behaviour, Moment } from '../../engine/practice/scenario.ts';
import { runTest } from '../../engine/smtp/index.ts';
import type { Stage } from '../../shared/report.ts';
import { print, summary } from '../support/figures.ts';
import { startServer } from '../support/mail-server.ts';
import { checkOf, quietEnvironment, settingsFor } from '../support/settings.ts';

const ROUNDS = 20;

/** Stages that wait for the server, and the moment at which the server leaves them waiting. */
const WAITING: [Stage, Moment][] = [
  ['greeting', 'greeting'],
  ['ehlo', 'ehlo'],
  ['starttls', 'starttls'],
  ['auth', 'auth'],
  ['mail', 'mail'],
  ['rcpt', 'rcpt'],
  ['data', 'message'],
  ['quit', 'quit'],
];

/** From the cancel to the end of the run, with a server that answers no more. */
export async function cancel(): Promise<void> {
  for (const [stage, moment] of WAITING) {
    const behaviour: Behaviour = { at: { [moment]: [{ do: 'silence' }] } };
    const server = await startServer(behaviour);
    try {
      const times: number[] = [];
      for (let round = 0; round < ROUNDS; round += 1) {
        times.push(
          await cancelledAt(stage, { ...checkOf(settingsFor(server)), action: stage === 'data' ? 'send' : 'check' }),
        );
      }
      print(`cancel at ${stage} to the end of the run (worst)`, summary(times).max, 'ms', { below: 100 });
    } finally {
      await server.stop();
    }
  }
}

async function cancelledAt(stage: Stage, request: ReturnType<typeof checkOf>): Promise<number> {
  const controller = new AbortController();
  let began = 0;
  const report = await runTest(request, {
    ...quietEnvironment(controller.signal),
    onEvent(event) {
      if (event.type !== 'stage-started' || event.stage !== stage) return;
      // Let the stage come to its wait first.
      setTimeout(() => {
        began = performance.now();
        controller.abort();
      }, 30);
    },
  });
  if (!report.cancelled) throw new Error(`The run was not cancelled at ${stage}: ${report.diagnosis?.rule}`);
  return performance.now() - began;
}
