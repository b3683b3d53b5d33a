import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { runCli } from '../../cli/run.ts';
import { PRACTICE_PASSWORD, PRACTICE_USERNAME } from '../../shared/practice.ts';
import { testReport } from '../../shared/report.ts';
import { type TestHome, testHome } from './support/home.ts';
import { SHAPES } from './support/shapes.ts';
import { type TestIo, testIo } from './support/test-io.ts';

let home: TestHome;
let practice: { io: TestIo; ended: Promise<number>; host: string; port: string; ca: string } | undefined;
beforeEach(() => {
  home = testHome();
});
afterEach(async () => {
  practice?.io.abort();
  await practice?.ended;
  practice = undefined;
  home.remove();
});

/** Runs `relaysmith practice` in this process until the test ends. */
async function startPractice(how: string | string[] = 'all-well') {
  const io = testIo({ env: { RELAYSMITH_HOME: home.data } });
  const words = typeof how === 'string' ? ['--scenario', how] : how;
  const ended = runCli(['practice', ...words, '--json'], io);
  await vi.waitFor(() => expect(io.out()).toContain('\n'), { timeout: 10_000 });
  const [first = ''] = io.out().split('\n');
  const state = (JSON.parse(first) as { practice: { host: string; port: number; caPem: string } }).practice;
  const ca = join(home.directory, 'ca.pem');
  writeFileSync(ca, state.caPem);
  practice = { io, ended, host: state.host, port: String(state.port), ca };
  return practice;
}

const signIn = [
  '--user',
  PRACTICE_USERNAME,
  '--password-stdin',
  '--from-address',
  'a@relaysmith.test',
  '--to',
  'b@relaysmith.test',
];

describe('testing from the terminal, against the practice server', () => {
  test('a good server passes with 0, and what was not tried is said', async () => {
    const { host, port, ca } = await startPractice();
    const argv = ['test', '--host', host, '--port', port, '--ca', ca, ...signIn];
    const report = await home.json(testReport, argv, { stdin: PRACTICE_PASSWORD });
    expect(report.ok).toBe(true);
    expect(report.notTested).toEqual(['data']);
    const human = await home.run(argv, { stdin: PRACTICE_PASSWORD });
    expect(human.code).toBe(0);
    expect(human.out).toMatch(/Certificate +passed/);
    expect(human.out).toContain('Not tested: Message.');
  });

  test('an expired certificate ends with 1 and its diagnosis', async () => {
    const { host, port, ca } = await startPractice('expired');
    const { code, out } = await home.run(['test', '--host', host, '--port', port, '--ca', ca, ...signIn], {
      stdin: PRACTICE_PASSWORD,
    });
    expect(code).toBe(1);
    expect(out).toContain('CERT_EXPIRED');
    expect(out).toContain('What to do');
    expect(out).toMatch(/Not tested: Sign-in/);
  });

  test('--until stops after a stage and needs no password', async () => {
    const { host, port, ca } = await startPractice();
    const report = await home.json(testReport, [
      'test',
      '--host',
      host,
      '--port',
      port,
      '--ca',
      ca,
      '--user',
      'u',
      '--until',
      'certificate',
    ]);
    expect(report.ok).toBe(true);
    expect(report.notTested).toContain('auth');
  });

  test('a wrong password fails and appears nowhere', async () => {
    const { host, port, ca } = await startPractice();
    for (const form of [[], ['--json']]) {
      const { code, out, err } = await home.run(
        ['test', '--host', host, '--port', port, '--ca', ca, ...signIn, ...form],
        { stdin: 'canary-wrong' },
      );
      expect(code).toBe(1);
      for (const secret of ['canary-wrong', Buffer.from('canary-wrong').toString('base64').replace(/=+$/, '')]) {
        expect(out + err).not.toContain(secret);
      }
    }
    expect(home.contents()).not.toContain('canary-wrong');
  });

  test('a product’s own file is tested where it stands, and the fix names the line', async () => {
    const { host, port } = await startPractice();
    const path = join(home.directory, 'config.json');
    const settings = {
      SMTPServer: host,
      SMTPPort: port,
      ConnectionSecurity: 'TLS',
      EnableSMTPAuth: false,
      FeedbackEmail: 'a@relaysmith.test',
    };
    writeFileSync(path, JSON.stringify({ EmailSettings: settings }, null, 2));
    const { code, out } = await home.run(['test', '--from', path]);
    expect(code).toBe(1);
    expect(out).toMatch(/EmailSettings\.ConnectionSecurity/);
    expect((await home.json(SHAPES.list, ['list'])).profiles).toEqual([]);
  });

  test('options beside a product’s file apply to the run, and its password goes only where it belongs', async () => {
    const { host, port, ca } = await startPractice();
    const path = join(home.directory, 'config.json');
    const settings = {
      SMTPServer: host,
      SMTPPort: port,
      ConnectionSecurity: 'STARTTLS',
      EnableSMTPAuth: true,
      SMTPUsername: PRACTICE_USERNAME,
      SMTPPassword: PRACTICE_PASSWORD,
      FeedbackEmail: 'a@relaysmith.test',
    };
    writeFileSync(path, JSON.stringify({ EmailSettings: settings }));
    const report = await home.json(testReport, ['test', '--from', path, '--ca', ca, '--until', 'auth']);
    expect(report.stages.find(({ stage }) => stage === 'auth')?.status).toBe('passed');
    const elsewhere = await home.run(['test', '--from', path, '--host', 'localhost', '--ca', ca, '--json']);
    expect(SHAPES.error.parse(elsewhere.io.json()).error.code).toBe('SECRET_NEEDED');
    expect(elsewhere.code).toBe(4);
  });

  test('a password without a user name is no test of the sign-in', async () => {
    const { code, err } = await home.run(['test', '--host', 'localhost', '--password-stdin'], { stdin: 'canary' });
    expect(code).toBe(2);
    expect(err).toContain('--user');
    expect(err).not.toContain('canary');
  });

  test('a file for the CA that holds something else stays as it is', async () => {
    const path = join(home.directory, 'own.pem');
    writeFileSync(path, 'mine');
    const { code, err } = await home.run(['practice', '--ca-file', path]);
    expect(code).toBe(2);
    expect(err).toContain('--ca-file');
    expect(readFileSync(path, 'utf8')).toBe('mine');
  });

  test('a test message arrives in the inbox that practice prints', async () => {
    const { host, port, ca, io } = await startPractice();
    await home.run([
      'create',
      '--name',
      'P',
      '--host',
      host,
      '--port',
      port,
      '--ca',
      ca,
      '--from',
      'a@relaysmith.test',
      '--user',
      PRACTICE_USERNAME,
      '--keep',
      'ask',
    ]);
    const report = await home.json(
      testReport,
      ['send', 'P', '--to', 'me@relaysmith.test', '--yes', '--password-stdin'],
      { stdin: PRACTICE_PASSWORD },
    );
    expect(report).toMatchObject({ ok: true, action: 'send' });
    await vi.waitFor(() => expect(io.out().trim().split('\n')).toHaveLength(2), { timeout: 5_000 });
    const { message } = SHAPES.practiceMessage.parse(JSON.parse(io.out().trim().split('\n')[1] ?? ''));
    expect(message.recipients).toEqual(['me@relaysmith.test']);
  });

  test('a report file becomes a server on which the same test ends the same', async () => {
    const first = await startPractice('relay-denied');
    const words = (server: typeof first) => ['test', '--host', server.host, '--port', server.port, '--ca', server.ca];
    const report = await home.json(testReport, [...words(first), ...signIn], { stdin: PRACTICE_PASSWORD });
    const file = join(home.directory, 'report.json');
    writeFileSync(file, JSON.stringify(report));
    first.io.abort();
    await first.ended;
    const second = await startPractice(['--from', file]);
    const again = await home.json(testReport, [...words(second), ...signIn], { stdin: PRACTICE_PASSWORD });
    expect(report.diagnosis?.rule).toBe('RELAY_DENIED_AUTHED');
    expect(again.diagnosis?.rule).toBe(report.diagnosis?.rule);
    expect((await home.run(['practice', '--from', file, '--scenario', 'slow'])).code).toBe(2);
  });

  test('Ctrl-C ends the practice server with 0', async () => {
    const { io, ended } = await startPractice();
    io.abort();
    expect(await ended).toBe(0);
  });

  test('the scenarios are listed with the rule that each one ends with', async () => {
    const { scenarios } = await home.json(SHAPES.scenarios, ['practice', '--list']);
    expect(scenarios.find(({ id }) => id === 'expired')?.expectedRule).toBe('CERT_EXPIRED');
    expect((await home.run(['practice', '--list'])).out).toContain('wrong-password');
  });
});

describe('explaining', () => {
  test('knows a reply, and says with 1 that it does not know a text', async () => {
    const known = await home.json(SHAPES.explain, ['explain', '--stage', 'auth'], {
      stdin: '535 5.7.8 Error: authentication failed',
    });
    expect(known.diagnosis?.stage).toBe('auth');
    const unknown = await home.run(['explain', '--json'], { stdin: 'zorp' });
    expect(unknown.code).toBe(1);
    expect(SHAPES.explain.parse(unknown.io.json()).diagnosis).toBeNull();
    expect((await home.run(['explain'], { stdin: '' })).code).toBe(2);
    expect((await home.run(['explain', '535 5.7.8 no'])).err).toContain('| relaysmith explain');
    expect((await home.run(['explain'], { stdin: 'x'.repeat(70_000) })).code).toBe(2);
  });

  test('reads a file, and escapes what stands in it', async () => {
    const path = join(home.directory, 'mail.log');
    writeFileSync(path, '535 5.7.8 \u001b[31mError: authentication failed\u202e');
    const { code, out } = await home.run(['explain', path]);
    expect(code).toBe(0);
    expect(out).not.toContain('\u001b');
    expect(out).not.toContain('\u202e');
  });
});

describe('doctor and demo', () => {
  test('doctor looks at local things and prints what it found', async () => {
    const report = await home.json(SHAPES.doctor, ['doctor']);
    expect(report.dataDirectory).toBe(home.data);
    expect(report.checks.map(({ name }) => name)).toEqual([
      'node',
      'clock',
      'resolver',
      'window',
      'data directory',
      'library',
      'keychain',
    ]);
    expect(report.library.mode).toBe('ready');
    expect((await home.run(['doctor'])).code).toBe(0);
  });

  test('demo does the whole job and leaves nothing behind', async () => {
    const { readdirSync } = await import('node:fs');
    const { tmpdir } = await import('node:os');
    const left = () => readdirSync(tmpdir()).filter((name) => name.startsWith('relaysmith-demo-'));
    const before = left();
    const { ok, steps } = await home.json(SHAPES.demo, ['demo']);
    expect(steps.filter((step) => !step.ok)).toEqual([]);
    expect(ok).toBe(true);
    expect(steps).toHaveLength(9);
    expect(left().filter((name) => !before.includes(name))).toEqual([]);
    expect(home.contents).toThrow();
  }, 30_000);
});
