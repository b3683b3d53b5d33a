import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type TestHome, testHome } from './support/home.ts';
import { type RunningPractice, runningPractice } from './support/practice.ts';
import { SHAPES } from './support/shapes.ts';

let home: TestHome;
let practice: RunningPractice;
let argv: string[];
beforeEach(async () => {
  home = testHome();
  practice = await runningPractice();
  const ca = join(home.directory, 'ca.pem');
  writeFileSync(ca, practice.caPem);
  argv = ['detect', 'ada@localhost', '--ports', String(practice.port), '--ca', ca];
});
afterEach(async () => {
  await practice.stop();
  home.remove();
});

test('tells each step and proposes what works', async () => {
  const { code, out } = await home.run(['detect', 'localhost', ...argv.slice(2)]);
  expect(code).toBe(0);
  expect(out).toMatch(/o Service records \(SRV\) +An address, or this machine itself/);
  expect(out).toContain(`localhost:${practice.port}, STARTTLS`);
  expect(out).toContain('Store it: relaysmith detect localhost --create localhost');
});

test('--create stores it as a profile that sends and signs in as the address', async () => {
  const host = ['detect', '127.0.0.1', ...argv.slice(2), '--create', 'Found'];
  const { created } = await home.json(SHAPES.detected, host);
  expect(created.profile).toMatchObject({
    name: 'Found',
    server: { host: '127.0.0.1', port: practice.port, security: 'starttls' },
    signIn: { method: 'password' },
  });
  const shown = await home.json(SHAPES.profile, ['show', 'Found']);
  expect(shown.id).toBe(created.id);
});

test('ends with 1 where no server is found, and stores nothing', async () => {
  await practice.stop();
  const { code, out } = await home.run(['detect', 'localhost', ...argv.slice(2), '--create', 'Nothing']);
  expect(code).toBe(1);
  expect(out).toContain('No server for sending was found for localhost.');
  expect((await home.json(SHAPES.list, ['list'])).profiles).toEqual([]);
});

test.each([
  [['detect', 'no such thing'], 'Enter a mail address'],
  [['detect', 'localhost', '--create', ''], '--create needs'],
  [['detect', 'localhost', '--ports', 'x'], '--ports needs'],
])('refuses %j', async (bad, words) => {
  const { code, err } = await home.run(bad);
  expect(code).toBe(2);
  expect(err).toContain(words);
});
