import { describe, expect, test } from 'vitest';
import {
  createPracticeServer,
  type PracticeServer,
  practiceSecrets,
  practiceSettings,
  scenarioInfos,
} from '../../../engine/practice/index.ts';
import { replayOf } from '../../../engine/practice/replay.ts';
import { runTest } from '../../../engine/smtp/index.ts';
import type { PracticeScenario, ScenarioInfo } from '../../../shared/practice.ts';
import { type TestReport, testReport } from '../../../shared/report.ts';
import { failedStage } from '../smtp/support.ts';
import { patience } from './cases.ts';

/** Runs the tester with the ready profile against whatever the server does now. */
async function runAgainst(practice: PracticeServer, action: 'check' | 'send'): Promise<TestReport> {
  const state = practice.state();
  if (!state.running) throw new Error('The practice server does not run');
  const settings = practiceSettings(state, undefined, practice.profile());
  const seconds = patience(state.outcome.expectedRule);
  settings.server.connectTimeoutSeconds = seconds;
  settings.server.commandTimeoutSeconds = seconds;
  const secrets = practiceSecrets(state, practice.profile());
  return runTest(
    { action, settings, secrets, until: null, recipient: null, profileName: 'Acme' },
    { now: () => new Date(), signal: new AbortController().signal, onEvent: () => undefined },
  );
}

/** What a report comes to. */
function endOf(report: TestReport) {
  const warned = report.stages.flatMap(({ warnings }) => warnings.map(({ rule }) => rule));
  return { ok: report.ok, stage: failedStage(report), rule: report.diagnosis?.rule ?? '', warned: warned.sort() };
}

/** The report of a run against a scenario, and that of a run against its replay. */
async function reportAndReplay({ id, action }: Pick<ScenarioInfo, 'id' | 'action'>) {
  const practice = createPracticeServer({ now: () => new Date() });
  try {
    await practice.start(id);
    const report = testReport.parse(JSON.parse(JSON.stringify(await runAgainst(practice, action))));
    const replayed = await practice.replay(report);
    if (!replayed.ok) return { report, replay: null };
    return { report, replay: await runAgainst(practice, action) };
  } finally {
    await practice.stop();
  }
}

/** Slow without need, or told by a warning whose cause a report does not hold. */
const LEFT_OUT: readonly PracticeScenario[] = ['tarpit', 'slow', 'dh-1024'];
const CASES = scenarioInfos().filter(({ id }) => !LEFT_OUT.includes(id));

describe('the replay of a report', () => {
  test.concurrent.each(CASES.map((info) => [info.id, info] as const))(
    'ends as the report did: %s',
    async (_id, info) => {
      const { report, replay } = await reportAndReplay(info);
      expect(replay && endOf(replay)).toEqual(endOf(report));
    },
    60_000,
  );
});

test('a run that met no server cannot be replayed', async () => {
  const { report } = await reportAndReplay({ id: 'all-well', action: 'check' });
  const stages = report.stages.map((result) =>
    result.stage === 'tcp' ? { ...result, status: 'failed' as const } : result,
  );
  expect(replayOf({ ...report, stages })).toBeNull();
});
