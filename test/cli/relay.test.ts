import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { PRACTICE_PASSWORD, PRACTICE_USERNAME } from '../../shared/practice.ts';
import { testReport } from '../../shared/report.ts';
import { type TestHome, testHome } from './support/home.ts';
import { type RunningPractice, runningPractice } from './support/practice.ts';

let home: TestHome;
let practice: RunningPractice;
beforeEach(() => {
  home = testHome();
});
afterEach(async () => {
  await practice.stop();
  home.remove();
});

async function relayArguments(scenario: 'all-well' | 'relay-denied'): Promise<string[]> {
  practice = await runningPractice(scenario);
  const ca = join(home.directory, 'ca.pem');
  writeFileSync(ca, practice.caPem);
  const server = ['--host', practice.host, '--port', String(practice.port), '--ca', ca];
  const people = ['--from-address', 'a@relaysmith.test', '--to', 'b@outside.example'];
  return ['test', ...server, '--user', PRACTICE_USERNAME, '--password-stdin', ...people, '--relay'];
}

test('--relay tells to where and as whom one may send', async () => {
  const argv = [...(await relayArguments('all-well')), '--set', 'sender.relayDomains=["acme.test"]'];
  const report = await home.json(testReport, argv, { stdin: PRACTICE_PASSWORD });
  const { transactions } = report.stages.find(({ stage }) => stage === 'relay')?.facts ?? {};
  expect(transactions?.filter(({ check }) => check === 'sender').map(({ from }) => from)).toEqual([
    'a@relaysmith.test',
    'a@acme.test',
  ]);
  const { code, out } = await home.run(argv, { stdin: PRACTICE_PASSWORD });
  expect(code).toBe(0);
  expect(out).toContain('Accepted: To another domain b@outside.example');
  expect(out).toContain('Accepted: Sending as a@acme.test');
});

test('a denied relay stands there with the server’s words', async () => {
  const argv = await relayArguments('relay-denied');
  const { out } = await home.run(argv, { stdin: PRACTICE_PASSWORD });
  expect(out).toContain('Refused: To another domain b@outside.example');
  expect(out).toMatch(/The server said: 55\d/);
});
