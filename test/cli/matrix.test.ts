import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { PRACTICE_PASSWORD } from '../../shared/practice.ts';
import { type TestHome, testHome } from './support/home.ts';
import { type RunningPractice, runningPractice } from './support/practice.ts';
import { SHAPES } from './support/shapes.ts';

let home: TestHome;
let practice: RunningPractice;
let ca: string;
beforeEach(async () => {
  home = testHome();
  practice = await runningPractice();
  ca = join(home.directory, 'ca.pem');
  writeFileSync(ca, practice.caPem);
});
afterEach(async () => {
  await practice.stop();
  home.remove();
});

test('finds the way into a host, and gives the command that uses it', async () => {
  const argv = ['matrix', practice.host, '--ports', String(practice.port), '--ca', ca];
  const report = await home.json(SHAPES.matrix, argv);
  expect(report.cells.map(({ security, verdict }) => [security, verdict])).toEqual([
    ['tls', 'failed'],
    ['starttls', 'works'],
    ['none', 'plain'],
  ]);
  const { code, out } = await home.run(argv);
  expect(code).toBe(0);
  expect(out).toContain('+ Works');
  expect(out).toContain(`Use port ${practice.port}, STARTTLS.`);
  expect(out).toContain(`relaysmith test --host 127.0.0.1 --port ${practice.port} --security starttls`);
});

test('takes a stored profile, its CA and its port, and needs no password for it', async () => {
  const created = await home.json(
    SHAPES.profile,
    [
      'create',
      '--name',
      'acme',
      '--host',
      practice.host,
      '--port',
      String(practice.port),
      '--ca',
      ca,
      '--user',
      'x',
    ].concat(['--security', 'tls', '--keep', 'ask']),
  );
  const { code, out } = await home.run(['matrix', 'acme', '--ports', String(practice.port)]);
  expect(code).toBe(0);
  expect(out).toContain(`relaysmith edit ${created.id} --port ${practice.port} --security starttls`);
  expect(out).not.toContain(PRACTICE_PASSWORD);
});

test('takes the host from a product’s own file', async () => {
  const file = join(home.directory, 'grafana.ini');
  writeFileSync(file, `[smtp]\nenabled = true\nhost = ${practice.host}:25\nfrom_address = a@acme.example\n`);
  const { code, out } = await home.run(['matrix', '--from', file, '--ports', String(practice.port), '--ca', ca]);
  expect(code).toBe(0);
  expect(out).toContain(`relaysmith test --from ${file} --port ${practice.port} --security starttls`);
});

test('ends with 1 when nothing works', async () => {
  await practice.stop();
  const { code, out } = await home.run(['matrix', '127.0.0.1', '--ports', String(practice.port)]);
  expect(code).toBe(1);
  expect(out).toContain('None of them works.');
});

test.each([
  [['matrix'], 'There is nothing to try.'],
  [['matrix', 'localhost', '--from', 'x.ini'], 'not two of them'],
  [['matrix', 'localhost', '--ports', 'smtp'], '--ports needs'],
  [['matrix', 'localhost', '--ports', '0'], '--ports needs'],
  [['matrix', 'no such profile'], 'There is no profile'],
])('refuses %j', async (argv, words) => {
  const { code, err } = await home.run(argv);
  expect(code).toBeGreaterThan(1);
  expect(err).toContain(words);
});
