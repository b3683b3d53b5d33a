import { describe, expect, test } from 'vitest';
import {
  createPracticeServer,
  practiceSecrets,
  practiceSettings,
  scenarioInfos,
} from '../../../engine/practice/index.ts';
import { runTest } from '../../../engine/smtp/index.ts';
import { PRACTICE_PASSWORD, type PracticeScenario, type ScenarioInfo } from '../../../shared/practice.ts';
import type { ProfileSettings } from '../../../shared/profile.ts';
import { STAGES, type TestReport } from '../../../shared/report.ts';
import { hasControlCharacter, hasInvisibleCharacter } from '../../../shared/text.ts';
import { failedStage, spellingsOf } from '../smtp/support.ts';
import { CASES, casesOf, patience } from './cases.ts';

/** Runs the tester with the ready profile, or with settings made from it, against a scenario. */
async function runAgainst(
  { id, action }: Pick<ScenarioInfo, 'id' | 'action'>,
  change: (ready: ProfileSettings) => ProfileSettings = (ready) => ready,
) {
  const received: Buffer[] = [];
  const practice = createPracticeServer({ now: () => new Date(), tap: (bytes) => received.push(bytes) });
  const started = await practice.start(id);
  if (!started.ok || !started.value.running) throw new Error('The practice server did not start');
  const settings = change(practiceSettings(started.value));
  const seconds = patience(started.value.outcome.expectedRule);
  settings.server.connectTimeoutSeconds = seconds;
  settings.server.commandTimeoutSeconds = seconds;
  const secrets = practiceSecrets(started.value);
  const report = await runTest(
    { action, settings, secrets, until: null, recipient: null, profileName: '' },
    { now: () => new Date(), signal: new AbortController().signal, onEvent: () => undefined },
  );
  await practice.stop();
  return { report, settings, received: Buffer.concat(received), inbox: practice.inbox() };
}

const warningsOf = ({ stages }: TestReport) => stages.flatMap(({ warnings }) => warnings.map(({ rule }) => rule));

/** Milliseconds that a whole run may take by the limits of its profile, as the README of the tester says. */
function longest({ server }: ProfileSettings): number {
  return (server.connectTimeoutSeconds * 5 + server.commandTimeoutSeconds * 12) * 1_000;
}

/** True when a run stops before the password has any reason to leave. */
function endsBeforeSignIn({ expectedStage }: ScenarioInfo): boolean {
  return expectedStage !== '' && STAGES.indexOf(expectedStage) < STAGES.indexOf('auth');
}

test('every case has a scenario, and every hostile scenario a case', () => {
  const shown = new Set<PracticeScenario>(Object.values(CASES).flat());
  const hostile = scenarioInfos().filter(({ group }) => group !== 'working');
  expect(hostile.filter(({ id }) => !shown.has(id)).map(({ id }) => id)).toEqual([]);
});

describe('the tester, with the ready profile,', () => {
  test.concurrent.each(scenarioInfos().map((info) => [`${casesOf(info.id).join(' ')} ${info.id}`, info] as const))(
    'ends as %s says, in time, with nothing leaked',
    async (_title, info) => {
      const { report, settings, received, inbox } = await runAgainst(info);
      expect({
        ok: report.ok,
        stage: failedStage(report),
        rule: report.diagnosis?.rule ?? '',
        warned: info.expectedWarning === '' ? warningsOf(report) : warningsOf(report).includes(info.expectedWarning),
      }).toEqual({
        ok: info.expectedStage === '',
        stage: info.expectedStage,
        rule: info.expectedRule,
        warned: info.expectedWarning === '' ? expect.any(Array) : true,
      });
      expect(report.ms).toBeLessThan(longest(settings));
      expectNoPassword(JSON.stringify(report));
      if (endsBeforeSignIn(info)) expectNoPassword(received.toString('latin1'));
      if (info.action === 'send' && info.expectedStage === '') expect(inbox).toHaveLength(1);
      if (info.action === 'check') expect(inbox).toEqual([]);
    },
    60_000,
  );

  test('has nothing to warn of in a healthy server', async () => {
    const { report } = await runAgainst({ id: 'all-well', action: 'check' });
    expect(warningsOf(report)).toEqual([]);
  });
});

function expectNoPassword(text: string): void {
  for (const spelling of spellingsOf(PRACTICE_PASSWORD)) {
    expect(text.toLowerCase().includes(spelling.toLowerCase()), 'the password is in the text').toBe(false);
  }
}

test('the search for the password finds it where it was sent', async () => {
  const { received } = await runAgainst({ id: 'wrong-password', action: 'check' });
  expect(() => expectNoPassword(received.toString('latin1'))).toThrow('the password is in the text');
});

test('starttls-required fails without encryption and sign-in, as its description says', async () => {
  const { report } = await runAgainst({ id: 'starttls-required', action: 'check' }, (ready) => ({
    ...ready,
    server: { ...ready.server, security: 'none' },
    signIn: { ...ready.signIn, method: 'none' },
  }));
  expect({ ok: report.ok, rule: report.diagnosis?.rule }).toEqual({ ok: false, rule: 'STARTTLS_REQUIRED' });
});

test('no-starttls does not get the password where encryption is used only if offered either', async () => {
  const { report, received } = await runAgainst({ id: 'no-starttls', action: 'check' }, (ready) => ({
    ...ready,
    server: { ...ready.server, security: 'starttls-if-offered' },
  }));
  expect({ stage: failedStage(report), rule: report.diagnosis?.rule }).toEqual({
    stage: 'auth',
    rule: 'AUTH_WITHHELD',
  });
  expect(received.toString('latin1')).not.toContain('AUTH');
});

test('control-characters are shown, and act on nothing', async () => {
  const { report } = await runAgainst({ id: 'control-characters', action: 'check' });
  const text = JSON.stringify(report);
  expect(hasControlCharacter(text) || hasInvisibleCharacter(text)).toBe(false);
  expect(report.stages.find(({ stage }) => stage === 'greeting')?.facts.banner).toContain('\\x00\\x1b[31mred');
});

test('silent-after-dot says that the message may have been accepted, and it was', async () => {
  const { report, inbox } = await runAgainst({ id: 'silent-after-dot', action: 'send' });
  expect(report.stages.find(({ stage }) => stage === 'data')?.note).toContain('may have been accepted');
  expect(inbox).toHaveLength(1);
});

test('tarpit names the delay among what is also possible', async () => {
  const { report } = await runAgainst({ id: 'tarpit', action: 'check' });
  expect(report.diagnosis?.alsoPossible.map(({ rule }) => rule)).toContain('EXCH_TARPIT');
});

test('token-refused tells the status and the scope that the server gave', async () => {
  const { report } = await runAgainst({ id: 'token-refused', action: 'check' });
  expect(report.diagnosis?.rule).toBe('OAUTH_XOAUTH2_ERROR');
  expect(report.transcript.some(({ text }) => text.startsWith('334 '))).toBe(true);
});
