import { describe, expect, test } from 'vitest';
import { runCli } from '../../cli/run.ts';
import type { Engine } from '../../engine/index.ts';
import { appErrorOf } from '../../shared/errors.ts';
import { emptySettings, type ProfileSettings } from '../../shared/profile.ts';
import { type TestReport, testReport } from '../../shared/report.ts';
import { fail, ok } from '../../shared/result.ts';
import { fakeEngine } from './support/fake-engine.ts';
import { type TestIo, type TestIoOptions, testIo } from './support/test-io.ts';

const ID = '3f2a0000-0000-4000-8000-000000000001';
const STAMP = { at: '2026-01-01T00:00:00.000Z', by: 'someone' };

const PASSED: TestReport = {
  version: 1,
  id: ID,
  action: 'check',
  profileName: 'Acme',
  startedAt: STAMP.at,
  ms: 840,
  ok: true,
  cancelled: false,
  destination: { host: 'mail.acme.example', port: 587, security: 'starttls' },
  stages: [{ stage: 'dns', status: 'passed', ms: 12, facts: {}, note: '2 addresses', warnings: [] }],
  diagnosis: null,
  notTested: ['data'],
  transcript: [],
};

const FAILED: TestReport = {
  ...PASSED,
  ok: false,
  stages: [
    {
      stage: 'auth',
      status: 'failed',
      ms: 31,
      facts: { reply: { code: 535, enhanced: '5.7.8', text: 'no \u001b[31mway\u202e' } },
      note: 'refused',
      warnings: [],
    },
  ],
  diagnosis: {
    rule: 'AUTH_WRONG_PASSWORD',
    stage: 'auth',
    cause: 'The server refused the password.',
    remedy: 'Check the password.',
    reference: 'RFC 4954',
    transient: false,
    fix: { label: 'Switch to TLS', set: [{ field: 'server.security', value: 'tls' }] },
    alsoPossible: [],
  },
};

function engineWith(
  check: Parameters<typeof fakeEngine>[0]['tests.check'],
  more: Partial<ProfileSettings> = {},
): Engine {
  const profile = { ...emptySettings(), name: 'Acme', ...more, id: ID, created: STAMP, updated: STAMP };
  profile.server.host = 'mail.acme.example';
  profile.sender.from.address = 'a@acme.example';
  const summary = {
    id: ID,
    revision: 1,
    name: 'Acme',
    organizations: [],
    status: 'active' as const,
    environment: null,
    host: 'mail.acme.example',
    port: 587,
    security: 'starttls',
    provider: 'custom',
    from: '',
    products: [],
    updatedAt: STAMP.at,
    lastResult: null,
  };
  return fakeEngine({
    'profiles.list': async () => ok([summary]),
    'profiles.get': async () => ok({ profile, revision: 1, secrets: [] }),
    ...(check && { 'tests.check': check }),
    'tests.send': async () => ok({ ...PASSED, action: 'send' }),
  });
}

async function run(argv: string[], engine: Engine, options: TestIoOptions | TestIo = {}) {
  const io = 'stdout' in options ? options : testIo({ ...options, homeDirectory: '/nonexistent' });
  const code = await runCli(argv, io, async () => engine);
  return { code, io, out: io.out(), err: io.err() };
}

describe('relaysmith test', () => {
  test('prints the report as it is with --json, and ends with 0', async () => {
    const { code, io, err } = await run(
      ['test', 'Acme', '--json'],
      engineWith(async () => ok(PASSED)),
    );
    expect(code).toBe(0);
    expect(testReport.parse(io.json())).toEqual(PASSED);
    expect(err).toBe('');
  });

  test('ends with 1 when a stage failed; shows cause, the server’s words escaped, remedy, fix and what was not tested', async () => {
    const { code, out } = await run(
      ['test', 'Acme'],
      engineWith(async (_input, { onEvent }) => {
        for (const result of FAILED.stages) onEvent?.({ type: 'stage-finished', result });
        return ok(FAILED);
      }),
    );
    expect(code).toBe(1);
    expect(out).toContain('Sign-in');
    expect(out).toContain('failed');
    expect(out).toContain('The server refused the password.');
    expect(out).toContain('no \\x1b[31mway\\u202e');
    expect(out).toContain('Check the password.');
    expect(out).toContain(`relaysmith edit ${ID} --security tls`);
    expect(out).toContain('Not tested: Message.');
    expect(out).not.toContain('\u001b');
  });

  test('on a terminal, shows the running stage and replaces it when it ends', async () => {
    const { out } = await run(
      ['test', 'Acme'],
      engineWith(async (_input, { onEvent }) => {
        onEvent?.({ type: 'stage-started', stage: 'dns' });
        for (const result of PASSED.stages) onEvent?.({ type: 'stage-finished', result });
        return ok(PASSED);
      }),
      { terminal: true },
    );
    expect(out.indexOf('running')).toBeLessThan(out.indexOf('\r\u001b[2K'));
    expect(out).toContain('2 addresses');
  });

  test('asks for a missing secret without repeating it, and runs again', async () => {
    const io = testIo({ terminal: true, answers: ['canary-asked'] });
    const seen: unknown[] = [];
    const { code } = await run(
      ['test', 'Acme'],
      engineWith(async ({ secrets }) => {
        seen.push(secrets);
        if (secrets.password) return ok(PASSED);
        return fail(appErrorOf('SECRET_NEEDED', { kinds: ['password'], reason: 'ask-each-time' }));
      }),
      io,
    );
    expect(code).toBe(0);
    expect(seen).toEqual([{}, { password: 'canary-asked' }]);
    expect(io.out() + io.err()).not.toContain('canary-asked');
  });

  test('without a terminal, a missing secret ends with 4 and names the options', async () => {
    const needed = engineWith(async () =>
      fail(appErrorOf('SECRET_NEEDED', { kinds: ['password'], reason: 'not-stored' })),
    );
    const { code, err } = await run(['test', 'Acme'], needed);
    expect(code).toBe(4);
    expect(err).toContain('--password-stdin');
    const json = await run(['test', 'Acme', '--json'], needed);
    expect(json.code).toBe(4);
    expect(json.io.json()).toMatchObject({ error: { code: 'SECRET_NEEDED', facts: { kinds: ['password'] } } });
    expect(json.err).toBe('');
  });

  test('giving up at the question ends with 130', async () => {
    const needed = engineWith(async () =>
      fail(appErrorOf('SECRET_NEEDED', { kinds: ['password'], reason: 'not-stored' })),
    );
    expect((await run(['test', 'Acme'], needed, { terminal: true })).code).toBe(130);
  });

  test('Ctrl-C reaches the engine, and a cancelled run ends with 130', async () => {
    const io = testIo();
    const cancelled = engineWith(
      (_input, { signal }) =>
        new Promise((resolve) => {
          signal?.addEventListener('abort', () => resolve(ok({ ...PASSED, ok: false, cancelled: true })));
          io.abort();
        }),
    );
    expect((await run(['test', 'Acme'], cancelled, io)).code).toBe(130);
  });

  test('options beside a profile make settings of their own, with the profile’s secrets where the destination is the same', async () => {
    let subject: unknown;
    const engine = engineWith(async (input) => {
      subject = input.subject;
      return ok(PASSED);
    });
    await run(['test', 'Acme', '--port', '465', '--security', 'tls'], engine);
    expect(subject).toMatchObject({
      kind: 'settings',
      secretsOf: ID,
      settings: { server: { port: 465, security: 'tls', host: 'mail.acme.example' } },
    });
    await run(['test', 'Acme'], engine);
    expect(subject).toEqual({ kind: 'stored', profileId: ID });
  });

  test('tests a server without a profile; a user name means a password, which comes from stdin', async () => {
    let input: unknown;
    const engine = engineWith(async (given) => {
      input = given;
      return ok(PASSED);
    });
    const argv = [
      'test',
      '--host',
      'h.example',
      '--port',
      '25',
      '--security',
      'none',
      '--from-address',
      'a@b.example',
      '--to',
      'c@d.example',
      '--until',
      'rcpt',
    ];
    expect((await run(argv, engine)).code).toBe(0);
    expect(input).toMatchObject({
      subject: { settings: { signIn: { method: 'none' } } },
      recipient: 'c@d.example',
      until: 'rcpt',
    });
    await run([...argv, '--user', 'u', '--password-stdin'], engine, { stdin: 'canary-in\n' });
    expect(input).toMatchObject({
      subject: { settings: { signIn: { method: 'password', username: 'u' } } },
      secrets: { password: 'canary-in' },
    });
  });

  test.each([
    [['test'], 'There is nothing to test.'],
    [['test', 'Acme', '--from', 'x.json'], 'not both'],
    [['test', '--host', 'smtp://h.example'], 'smtp://'],
    [['test', '--host', 'h.example', '--set', 'server.port=0'], 'server.port'],
  ])('%j is wrong usage', async (argv, words) => {
    const { code, err } = await run(argv, engineWith(undefined));
    expect(code).toBe(2);
    expect(err).toContain(words);
  });
});

describe('relaysmith send', () => {
  test('asks first, and names the recipient', async () => {
    const io = testIo({ terminal: true, answers: ['y'] });
    expect((await run(['send', 'Acme', '--to', 'me@x.example'], engineWith(undefined), io)).code).toBe(0);
    expect(io.asked[0]).toContain('me@x.example');
    const no = testIo({ terminal: true, answers: ['n'] });
    expect((await run(['send', 'Acme'], engineWith(undefined), no)).code).toBe(130);
  });

  test('without a terminal it needs --yes', async () => {
    expect((await run(['send', 'Acme'], engineWith(undefined))).code).toBe(2);
    expect((await run(['send', 'Acme', '--yes'], engineWith(undefined))).code).toBe(0);
  });

  test('says when the profile is for production, in the question and in the refusal', async () => {
    const production = engineWith(undefined, { environment: 'production' });
    const io = testIo({ terminal: true, answers: ['n'] });
    expect((await run(['send', 'Acme'], production, io)).code).toBe(130);
    expect(io.asked[0]).toContain('"Acme" is a production profile. Send a test message');
    const { code, err } = await run(['send', 'Acme'], production);
    expect(code).toBe(2);
    expect(err).toContain('production');
    expect((await run(['send', 'Acme', '--yes'], production)).code).toBe(0);
    const staging = testIo({ terminal: true, answers: ['n'] });
    await run(['send', 'Acme'], engineWith(undefined, { environment: 'staging' }), staging);
    expect(staging.asked[0]).not.toContain('production');
  });
});

describe('the command line as a whole', () => {
  const engine = engineWith(undefined);
  test.each([
    [['--help'], 0],
    [['help'], 0],
    [['help', 'test'], 0],
    [['test', '--help'], 0],
    [['test', '-h'], 0],
    [['--version'], 0],
    [['version'], 0],
    [[], 2],
    [['tset'], 2],
    [['--nothing'], 2],
    [['--password=canary-front', 'list'], 2],
    [['show', 'nobody'], 3],
    [['list', '--json', '--bad'], 2],
  ] as [string[], number][])('%j ends with %i', async (argv, expected) => {
    const { code, out, err } = await run(argv, engine);
    expect(code).toBe(expected);
    expect(out + err).not.toContain('canary');
  });

  test('an unknown command gets the nearest one', async () => {
    expect((await run(['tset'], engine)).err).toContain('Did you mean relaysmith test?');
    const { io, code } = await run(['tset', '--json'], engine);
    expect(io.json()).toMatchObject({ error: { code: 'USAGE', next: 'Did you mean relaysmith test?' } });
    expect(code).toBe(2);
  });

  test('--json and --home may stand before the command', async () => {
    const { io, code } = await run(['--json', '--home', '/nonexistent/home', 'show', 'Acme'], engine);
    expect(code).toBe(0);
    expect(io.json()).toMatchObject({ id: ID });
  });

  test('with --json, help and a missing command are documents too', async () => {
    for (const argv of [['--help'], ['help'], ['help', 'test'], ['test', '--help'], ['practice', '--help']]) {
      const io = testIo();
      expect(await runCli([...argv, '--json'], io)).toBe(0);
      expect(io.json()).toBeTypeOf('object');
    }
    const options = testIo();
    await runCli(['test', '--help', '--json'], options);
    expect(options.json()).toMatchObject({
      name: 'test',
      options: expect.arrayContaining([{ name: 'port', kind: 'number', help: expect.any(String), choices: [] }]),
    });
    for (const argv of [['--json'], ['list', '--json=yes'], ['--json=yes', 'list'], ['nothing', '--json']]) {
      const io = testIo();
      expect(await runCli(argv, io)).toBe(2);
      expect(io.json()).toMatchObject({ error: { code: 'USAGE', facts: {} } });
    }
  });

  test('--json after -- is an argument', async () => {
    const io = testIo();
    await runCli(['list', 'a', '--', '--json'], io);
    expect(io.out()).toBe('');
    expect(io.err()).toContain('one argument');
  });

  test('without a home directory or a current folder it asks for one, and does not guess', async () => {
    const homeless = testIo({ homeDirectory: '' });
    expect(await runCli(['list'], homeless)).toBe(2);
    expect(homeless.err()).toContain('--home');
    const lost = testIo({ workingDirectory: '' });
    expect(await runCli(['list'], lost)).toBe(2);
    expect(lost.err()).toContain('current folder');
  });

  test('every command has help with its usage', async () => {
    const { COMMAND_NAMES } = await import('../../cli/registry.ts');
    for (const name of COMMAND_NAMES) {
      const { code, out } = await run([name, '--help'], engine);
      expect(code).toBe(0);
      expect(out).toContain(`Usage: relaysmith ${name}`);
    }
  });
});
