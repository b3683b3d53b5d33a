import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'vite';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { PRACTICE_PASSWORD, PRACTICE_USERNAME } from '../../shared/practice.ts';
import { SHAPES } from './support/shapes.ts';

const ROOT = join(import.meta.dirname, '..', '..');
// Inside the package, since the build takes its libraries from node_modules.
const OUT = join(ROOT, '.cache', `cli-test-${process.pid}`);
const MAIN = join(OUT, 'main.js');

let directory = '';
let env: NodeJS.ProcessEnv = {};
beforeAll(async () => {
  await build({ root: ROOT, configFile: join(ROOT, 'vite.cli.config.ts'), logLevel: 'error', build: { outDir: OUT } });
  directory = mkdtempSync(join(tmpdir(), 'relaysmith-process-'));
  const { PATH, HOME } = process.env;
  env = { PATH, HOME, RELAYSMITH_HOME: join(directory, 'data'), DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nonexistent' };
}, 60_000);
afterAll(() => {
  rmSync(OUT, { recursive: true, force: true });
  rmSync(directory, { recursive: true, force: true });
});

function run(argv: string[], input = '', more: NodeJS.ProcessEnv = {}) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [MAIN, ...argv], {
    env: { ...env, ...more },
    input,
    encoding: 'utf8',
    timeout: 20_000,
  });
  return { code: status, out: stdout, err: stderr };
}

const started: ChildProcess[] = [];
afterEach(() => {
  for (const child of started.splice(0)) child.kill('SIGKILL');
});

/** Starts a command that stays; resolves with its first line of stdout. */
async function start(argv: string[]) {
  const child = spawn(process.execPath, [MAIN, ...argv], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  started.push(child);
  const text = { out: '', err: '' };
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    text.out += chunk;
  });
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    text.err += chunk;
  });
  const ended = new Promise<number | null>((resolve) => child.on('exit', (code) => resolve(code)));
  await new Promise<void>((resolve, reject) => {
    child.stdout.on('data', () => text.out.includes('\n') && resolve());
    child.on('exit', () => reject(new Error(text.err)));
  });
  return { child, ended, text };
}

describe('the built terminal as a process', () => {
  test('bin/relaysmith.js says what to run before anything was built', () => {
    const bare = join(directory, 'bare');
    const script = readFileSync(join(ROOT, 'bin', 'relaysmith.js'), 'utf8');
    spawnSync('mkdir', ['-p', join(bare, 'bin')]);
    writeFileSync(join(bare, 'package.json'), '{"type":"module"}');
    writeFileSync(join(bare, 'bin', 'relaysmith.js'), script);
    const { status, stderr } = spawnSync(process.execPath, [join(bare, 'bin', 'relaysmith.js')], { encoding: 'utf8' });
    expect(status).toBe(70);
    expect(stderr).toContain('npm run build');
  });

  test('help and --version search no package: the start is short', () => {
    for (const argv of [['--help'], ['--version'], ['test', '--help'], ['convert', '--help']]) {
      const { status, stderr } = spawnSync(process.execPath, [MAIN, ...argv], {
        env: { ...env, NODE_DEBUG: 'esm,module' },
        encoding: 'utf8',
      });
      expect(status).toBe(0);
      expect(stderr).not.toMatch(/node_modules/);
    }
  });

  test('exit codes reach the shell', () => {
    expect(run(['--help']).code).toBe(0);
    expect(run(['nothing-like-it']).code).toBe(2);
    expect(run(['show', 'nobody']).code).toBe(3);
    expect(run(['list', '--json']).code).toBe(0);
    expect(run(['test', '--host', 'localhost', '--port', '1', '--security', 'none', '--until', 'tcp']).code).toBe(1);
    expect(run(['test', '--host', 'h.invalid', '--user', 'u']).code).toBe(4);
    expect(run(['import', join(directory, 'none')]).code).toBe(5);
    expect(run(['list'], '', { RELAYSMITH_HOME: join(MAIN, 'below-a-file') }).code).toBe(5);
  });

  test('a password goes in by stdin, file or variable, and comes out nowhere', () => {
    const file = join(directory, 'password');
    writeFileSync(file, 'canary-file-77\n');
    chmodSync(file, 0o600);
    const base = ['test', '--host', '127.0.0.1', '--port', '1', '--security', 'none', '--user', 'u'];
    const results = [
      run([...base, '--password-stdin'], 'canary-stdin-77'),
      run([...base, '--password-file', file]),
      run([...base, '--password-env', 'CANARY'], '', { CANARY: 'canary-env-77' }),
      run([...base, '--password', 'canary-argv-77']),
      run([...base, '--password-stdin', '--json'], 'canary-stdin-77'),
    ];
    expect(results.map(({ code }) => code)).toEqual([1, 1, 1, 2, 1]);
    for (const { out, err } of results) expect(out + err).not.toContain('canary');
  });

  test('a product’s file comes from a pipe that the shell made', () => {
    const file = join(directory, 'piped.json');
    const settings = { SMTPServer: 'mail.acme.example', SMTPPort: '587', ConnectionSecurity: 'STARTTLS' };
    writeFileSync(file, JSON.stringify({ EmailSettings: settings }));
    const script = `"${process.execPath}" "${MAIN}" import <(cat "${file}") --dry-run --json`;
    const { status, stdout } = spawnSync('bash', ['-c', script], { env, encoding: 'utf8' });
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ target: 'mattermost' });
  });

  test('a user without a home and a removed folder get words, not a stack', () => {
    const gone = join(directory, 'gone');
    const script = `mkdir "${gone}" && cd "${gone}" && rmdir "${gone}" && "${process.execPath}" "${MAIN}" list --json`;
    const { status, stdout } = spawnSync('bash', ['-c', script], { env, encoding: 'utf8' });
    expect(status).toBe(2);
    expect(SHAPES.error.parse(JSON.parse(stdout)).error.code).toBe('USAGE');
  });

  test('without a keychain, --keep keychain ends with 6 and stores nothing; --keep ask works', () => {
    const argv = ['create', '--name', 'K', '--host', 'h.example', '--user', 'u', '--password-stdin', '--json'];
    const refused = run(argv, 'canary-keychain');
    expect(refused.code).toBe(6);
    expect(SHAPES.error.parse(JSON.parse(refused.out)).error.code).toMatch(/^KEYCHAIN_/);
    expect(SHAPES.list.parse(JSON.parse(run(['list', '--json']).out)).profiles).toEqual([]);
    expect(run([...argv, '--keep', 'ask'], 'canary-keychain').code).toBe(0);
    const { code, out } = run(['secret', 'set', 'K', '--password-stdin', '--json'], 'canary-keychain');
    expect(code).toBe(6);
    expect(out).not.toContain('canary');
    const status = SHAPES.secretStatus.parse(JSON.parse(run(['secret', 'status', 'K', '--json']).out));
    expect(status.keychain.state).not.toBe('ready');
    expect(status.secrets).toMatchObject([{ kind: 'password', storage: 'ask' }]);
    expect(SHAPES.secrets.parse(JSON.parse(run(['secret', 'clear', 'K', '--json']).out)).secrets).toEqual([]);
  });

  test('Ctrl-C ends practice with 0, a running test with 130', async () => {
    const practice = await start(['practice', '--scenario', 'slow', '--json']);
    const { port } = (JSON.parse(practice.text.out.split('\n')[0] ?? '') as { practice: { port: number } }).practice;
    const check = await start(['test', '--host', '127.0.0.1', '--port', String(port), '--security', 'none']);
    check.child.kill('SIGINT');
    expect(await check.ended).toBe(130);
    practice.child.kill('SIGINT');
    expect(await practice.ended).toBe(0);
  });

  test('practice in one terminal, test and inbox in another', async () => {
    const ca = join(directory, 'ca.pem');
    const practice = await start(['practice', '--ca-file', ca]);
    await expect.poll(() => practice.text.out).toContain('Ctrl-C');
    const command = /relaysmith (test .*)$/m.exec(practice.text.out)?.[1]?.split(' ') ?? [];
    const { code, out } = run(command, PRACTICE_PASSWORD);
    expect(out).toContain('Passed');
    expect(code).toBe(0);
    expect(command).toContain(PRACTICE_USERNAME);
    practice.child.kill('SIGINT');
    expect(await practice.ended).toBe(0);
  });

  test('a reader that goes away is no error', () => {
    const { status } = spawnSync(
      'sh',
      ['-c', `"${process.execPath}" "${MAIN}" test --help | head -n 1 >/dev/null; exit 0`],
      { env },
    );
    expect(status).toBe(0);
    const piped = spawnSync(
      'bash',
      ['-o', 'pipefail', '-c', `"${process.execPath}" "${MAIN}" practice --list | true`],
      { env, encoding: 'utf8' },
    );
    expect(piped.stderr).toBe('');
  });

  test('a person at a terminal is asked without echo', () => {
    const inner = `"${process.execPath}" "${MAIN}" test --host 127.0.0.1 --port 1 --security none --user u`;
    const typed = spawnSync('sh', ['-c', `(sleep 2; printf 'canary-typed\\r') | script -qec '${inner}' /dev/null`], {
      env: { ...env, TERM: 'xterm' },
      encoding: 'utf8',
    });
    expect(typed.stdout).toContain('Password:');
    expect(typed.stdout).toContain('ECONNREFUSED');
    expect(typed.stdout).not.toContain('canary-typed');
    expect(typed.status).toBe(1);
  });

  test('serve lets the holder of its link in, once, as the browser door; Ctrl-C ends it with 0', async () => {
    const host = await start(['serve', '--json']);
    await expect.poll(() => host.text.out).toContain('}');
    const { origin, hash } = new URL((JSON.parse(host.text.out) as { url: string }).url);
    const post = (path: string, body: unknown, token = '') =>
      fetch(`${origin}${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
        body: JSON.stringify(body),
      });
    const session = await post('/api/session', { exchange: hash.slice(1) });
    const { token } = (await session.json()) as { token: string };
    expect((await post('/api/session', { exchange: hash.slice(1) })).status).toBe(401);
    const info = await post('/api/call', { name: 'app.info', input: {}, callId: 'a' }, token);
    expect(await info.json()).toMatchObject({ ok: true, value: { door: 'browser', files: 'typed-path' } });
    expect(await (await fetch(origin)).text()).toContain('<title>Relaysmith</title>');
    host.child.kill('SIGINT');
    expect(await host.ended).toBe(0);
  });

  test('a port that is taken is said, and no other one is used', async () => {
    const host = await start(['serve', '--json']);
    await expect.poll(() => host.text.out).toContain('}');
    const { port } = new URL((JSON.parse(host.text.out) as { url: string }).url);
    const { code, err } = run(['serve', '--port', port]);
    expect(code).toBe(2);
    expect(err).toContain(`Port ${port}`);
    host.child.kill('SIGINT');
    expect(await host.ended).toBe(0);
  });

  test('demo ends with 0', () => {
    const { code, out } = run(['demo']);
    expect(out).toContain('All as expected.');
    expect(code).toBe(0);
  });
});
