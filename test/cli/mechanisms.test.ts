import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { PRACTICE_PASSWORD, PRACTICE_USERNAME } from '../../shared/practice.ts';
import { type TestHome, testHome } from './support/home.ts';
import { type RunningPractice, runningPractice } from './support/practice.ts';
import { SHAPES } from './support/shapes.ts';

let home: TestHome;
let practice: RunningPractice;
beforeEach(async () => {
  home = testHome();
  practice = await runningPractice();
  writeFileSync(join(home.directory, 'ca.pem'), practice.caPem);
});
afterEach(async () => {
  await practice.stop();
  home.remove();
});

async function acme(...more: string[]) {
  const { host, port } = practice;
  const argv = [
    'create',
    '--name',
    'acme',
    '--host',
    host,
    '--port',
    String(port),
    '--ca',
    join(home.directory, 'ca.pem'),
    '--keep',
    'ask',
  ];
  return home.json(SHAPES.profile, [...argv, '--security', 'starttls', '--user', PRACTICE_USERNAME, ...more]);
}

const env = { PW: PRACTICE_PASSWORD };

test('tries what the server offers, and gives the command that sets the best', async () => {
  const { id } = await acme('--mechanism', 'LOGIN');
  const { code, out } = await home.run(['mechanisms', 'acme', '--yes', '--password-env', 'PW'], { env });
  expect(code).toBe(0);
  expect(out).toMatch(/PLAIN +Works/);
  expect(out).toContain(`relaysmith edit ${id} --mechanism PLAIN`);
  expect(out).not.toContain(PRACTICE_PASSWORD);
  const report = await home.json(
    SHAPES.mechanisms,
    ['mechanisms', 'acme', '--only', 'LOGIN', '--yes', '--password-env', 'PW'],
    { env },
  );
  expect(report.results.filter(({ verdict }) => verdict === 'works').map(({ mechanism }) => mechanism)).toEqual([
    'LOGIN',
  ]);
});

test('asks first, tells the risk, and signs in nowhere after a no', async () => {
  await acme();
  const refused = await home.run(['mechanisms', 'acme', '--password-env', 'PW'], { env });
  expect(refused.code).toBe(2);
  expect(refused.err).toContain('Add --yes');
  const { code, io } = await home.run(['mechanisms', 'acme', '--password-env', 'PW'], {
    env,
    terminal: true,
    answers: ['n'],
  });
  expect(code).toBe(130);
  expect(io.asked.join()).toContain('lock accounts');
});

test('a wrong password ends with 1 and says what the server said', async () => {
  await acme();
  const wrong = { PW: 'not-the-password' };
  const { code, out } = await home.run(['mechanisms', 'acme', '--yes', '--password-env', 'PW'], { env: wrong });
  expect(code).toBe(1);
  expect(out).toMatch(/PLAIN +Refused/);
  expect(out).toContain('The server said:');
});

test.each<[string[], string]>([
  [['mechanisms', 'acme', '--only', 'NTLM'], '--only'],
  [
    ['mechanisms', 'acme', '--yes', ...['PLAIN', 'LOGIN', 'CRAM-MD5', 'XOAUTH2'].flatMap((each) => ['--only', each])],
    'At most 3',
  ],
  [['mechanisms', 'nobody'], 'There is no profile'],
])('%j is refused with %s', async (argv, words) => {
  await acme();
  const { code, err } = await home.run(argv, { env });
  expect(code).toBeGreaterThan(1);
  expect(err).toContain(words);
});
