import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { practiceCommands } from '../../cli/practice-commands.ts';
import { createPracticeServer, scenarioInfos, trustPem } from '../../engine/practice/index.ts';
import { PRACTICE_PASSWORD, type PracticeScenario } from '../../shared/practice.ts';
import { testReport } from '../../shared/report.ts';
import { type TestHome, testHome } from './support/home.ts';

let home: TestHome;
const practice = createPracticeServer({ now: () => new Date() });
beforeEach(() => {
  home = testHome();
});
afterEach(async () => {
  await practice.stop();
  home.remove();
});

/** The words after `relaysmith` of a line that is printed; none of them needs a shell's quotes but addresses. */
function argvOf(command: string): string[] {
  const words = command.replace(/^echo \S+ \| /, '').split(' ');
  return words.slice(1).map((word) => word.replace(/^'(.*)'$/, '$1'));
}

// Every kind of settings that a scenario can ask for.
test.each<PracticeScenario>([
  'all-well',
  'implicit-tls',
  'open-relay',
  'name-only-in-subject',
  'no-address',
  'challenge-empty',
  'token-refused',
  'revoked',
  'no-smtputf8',
  'small-size',
  'pipelining-lost',
])('the commands that practice prints show %s', async (id) => {
  const info = scenarioInfos().find((one) => one.id === id);
  const started = await practice.start(id);
  if (!info || !started.ok || !started.value.running) throw new Error('The practice server did not start');
  const ca = join(home.directory, 'ca.pem');
  writeFileSync(ca, trustPem(started.value));
  const commands = practiceCommands(started.value, info.action, ca).map(argvOf);
  const last = commands.pop() ?? [];
  for (const argv of commands) expect((await home.run(argv)).code).toBe(0);
  const report = await home.json(testReport, last, { stdin: PRACTICE_PASSWORD });
  const stage = report.stages.find(({ status }) => status === 'failed')?.stage ?? '';
  expect({ stage, rule: report.diagnosis?.rule ?? '' }).toEqual({ stage: info.expectedStage, rule: info.expectedRule });
  const warned = report.stages.flatMap(({ warnings }) => warnings.map(({ rule }) => rule));
  expect(info.expectedWarning === '' || warned.includes(info.expectedWarning)).toBe(true);
});
