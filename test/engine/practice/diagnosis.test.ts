import { describe, expect, test } from 'vitest';
import { practiceSettings, scenarioInfos } from '../../../engine/practice/index.ts';
import { runTest } from '../../../engine/smtp/index.ts';
import { PRACTICE_PASSWORD, type PracticeScenario } from '../../../shared/practice.ts';
import type { ProfileSettings } from '../../../shared/profile.ts';
import { startPractice } from './client.ts';

/** Runs the tester with the ready profile, or with settings made from it, against a scenario. */
async function reportOn(scenario: PracticeScenario, change = (ready: ProfileSettings) => ready) {
  const { state } = await startPractice(scenario);
  const settings = change(practiceSettings(state));
  return runTest(
    {
      action: 'check',
      settings,
      secrets: { password: PRACTICE_PASSWORD },
      until: null,
      recipient: null,
      profileName: '',
    },
    { now: () => new Date(), signal: new AbortController().signal, onEvent: () => undefined },
  );
}

describe('the tester, with the ready profile,', () => {
  test.each(scenarioInfos())(
    'ends as $id says',
    async ({ id, expectedRule }) => {
      const report = await reportOn(id);
      expect({ rule: report.diagnosis?.rule ?? '', ok: report.ok }).toEqual({
        rule: expectedRule,
        ok: expectedRule === '',
      });
    },
    20_000,
  );

  test('has nothing to warn of in a healthy server', async () => {
    const { stages } = await reportOn('all-well');
    expect(stages.flatMap(({ warnings }) => warnings)).toEqual([]);
  });
});

test('starttls-required fails without encryption and sign-in, as its description says', async () => {
  const { ok, diagnosis } = await reportOn('starttls-required', (ready) => ({
    ...ready,
    server: { ...ready.server, security: 'none' },
    signIn: { ...ready.signIn, method: 'none' },
  }));
  expect({ ok, rule: diagnosis?.rule }).toEqual({ ok: false, rule: 'STARTTLS_REQUIRED' });
});
