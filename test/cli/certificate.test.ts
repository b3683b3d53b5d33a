import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { PracticeScenario } from '../../shared/practice.ts';
import { type TestHome, testHome } from './support/home.ts';
import { type RunningPractice, runningPractice } from './support/practice.ts';
import { SHAPES } from './support/shapes.ts';

let home: TestHome;
let practice: RunningPractice;
beforeEach(() => {
  home = testHome();
});
afterEach(async () => {
  await practice.stop();
  home.remove();
});

/** A profile for a practice server that shows its certificate in this way; it trusts nothing private. */
async function acmeAgainst(scenario: PracticeScenario) {
  practice = await runningPractice(scenario);
  const { host, port } = practice;
  return home.json(SHAPES.profile, [
    'create',
    '--name',
    'acme',
    '--host',
    host,
    '--port',
    String(port),
    '--security',
    'starttls',
  ]);
}

test('a self-signed certificate is shown, compared, trusted for the profile, and then fine', async () => {
  const { id } = await acmeAgainst('self-signed');
  const seen = await home.json(SHAPES.certificate, ['certificate', 'acme']);
  expect(seen.trusted).toBe(false);
  expect(seen.faults.map(({ fault }) => fault)).toContain('self-signed');
  const fingerprint = seen.trust?.fingerprint ?? '';
  expect(fingerprint).toMatch(/^([0-9A-F]{2}:){31}/);

  const shown = await home.run(['certificate', 'acme']);
  expect(shown.code).toBe(1);
  expect(shown.out).toContain(fingerprint);
  const command = `relaysmith certificate ${id} --trust ${fingerprint}`;
  expect(shown.out).toContain(command);
  expect((await home.run(['test', 'acme', '--until', 'certificate'])).out).toContain(command);

  const wrong = await home.run(['certificate', 'acme', '--trust', 'AA:BB']);
  expect(wrong.code).toBe(2);
  expect(wrong.err).toContain('another certificate');
  const trusted = await home.run(['certificate', 'acme', '--trust', fingerprint.toLowerCase()]);
  expect(trusted.code).toBe(0);
  expect((await home.run(['test', 'acme', '--until', 'certificate'])).code).toBe(0);
});

test('an expired certificate cannot be trusted away', async () => {
  await acmeAgainst('expired');
  const seen = await home.json(SHAPES.certificate, ['certificate', 'acme']);
  expect(seen.trust).toBeNull();
  const { code, err } = await home.run(['certificate', 'acme', '--trust', seen.chain[0]?.fingerprint ?? '']);
  expect(code).toBe(2);
  expect(err).toContain('nothing that --trust would mend');
});

test('--chain writes the certificates into a new file, never over another', async () => {
  practice = await runningPractice();
  const { host, port } = practice;
  const file = join(home.directory, 'chain.pem');
  const argv = ['certificate', host, '--port', String(port), '--chain', file];
  const seen = await home.json(SHAPES.certificate, argv);
  expect(readFileSync(file, 'utf8')).toBe(seen.chain.map(({ pem }) => pem).join(''));
  expect(seen.written).toBe(file);
  const other = await home.run([...argv.slice(0, -1), join(home.directory, 'data', 'library.json'), '--host', host]);
  expect(other.code).not.toBe(0);
});

test.each<[string[], string]>([
  [['certificate', '127.0.0.1', '--security', 'none'], 'there is no certificate'],
  [['certificate', '127.0.0.1', '--trust', 'AA'], 'Only a stored profile'],
  [['certificate', 'no such profile'], 'There is no profile'],
])('%j is refused with %s', async (argv, words) => {
  practice = await runningPractice();
  const { code, err } = await home.run(argv);
  expect(code).toBeGreaterThan(1);
  expect(err).toContain(words);
});
