import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { askSecrets, changesOf, readSecrets, secretKindOf } from '../../cli/secret-options.ts';
import { testIo } from './support/test-io.ts';

const NONE = {
  'password-stdin': false,
  'password-file': undefined,
  'password-env': undefined,
  'secret-env': [],
  'secret-file': [],
} as const;

let directory = '';
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'relaysmith-secrets-'));
});
afterAll(() => rm(directory, { recursive: true, force: true }));

async function fileWith(text: string, mode = 0o600): Promise<string> {
  const path = join(directory, `${Math.random()}`);
  await writeFile(path, text);
  await chmod(path, mode);
  return path;
}

describe('secrets on their way in', () => {
  test('come from stdin, without the line break that echo adds and with all other spaces', async () => {
    const io = testIo({ stdin: ' canary word \n' });
    expect(await readSecrets(io, { ...NONE, 'password-stdin': true })).toEqual({
      ok: true,
      value: { password: ' canary word ' },
    });
  });

  test('come from a file that only its owner can read', async () => {
    const path = await fileWith('canary-file\r\n');
    expect(await readSecrets(testIo(), { ...NONE, 'password-file': path })).toEqual({
      ok: true,
      value: { password: 'canary-file' },
    });
  });

  test('are not taken from a file that others can change', async () => {
    for (const mode of [0o620, 0o602, 0o666]) {
      const path = await fileWith('canary-open', mode);
      const result = await readSecrets(testIo(), { ...NONE, 'password-file': path });
      expect(result).toMatchObject({ ok: false, error: { facts: { next: expect.stringContaining('chmod 600') } } });
      expect(JSON.stringify(result)).not.toContain('canary-open');
    }
  });

  test('come from a file that others can only read, as containers mount it, with a warning that names the mode', async () => {
    for (const [mode, shown] of [
      [0o644, '0644'],
      [0o444, '0444'],
      [0o640, '0640'],
    ] as const) {
      const io = testIo();
      const result = await readSecrets(io, { ...NONE, 'password-file': await fileWith('canary-mounted', mode) });
      expect(result).toEqual({ ok: true, value: { password: 'canary-mounted' } });
      expect(io.err()).toContain(shown);
      expect(io.err()).not.toContain('canary-mounted');
    }
    const quiet = testIo();
    await readSecrets(quiet, { ...NONE, 'password-file': await fileWith('canary-own', 0o400) });
    expect(quiet.err()).toBe('');
  });

  test('are refused when they are not UTF-8, since they would be sent altered; a byte order mark is dropped', async () => {
    const latin = join(directory, 'latin1');
    await writeFile(latin, Buffer.from('p\u00e4ss', 'latin1'), { mode: 0o600 });
    const refused = await readSecrets(testIo(), { ...NONE, 'password-file': latin });
    expect(refused).toMatchObject({ ok: false, error: { facts: { what: expect.stringContaining('UTF-8') } } });
    const marked = await readSecrets(testIo(), { ...NONE, 'password-file': await fileWith('\ufeffp\u00e4ss\n') });
    expect(marked).toEqual({ ok: true, value: { password: 'p\u00e4ss' } });
  });

  test('come from stdin under the name that the system gives it', async () => {
    const result = await readSecrets(testIo({ stdin: 'canary' }), { ...NONE, 'password-file': '/dev/stdin' });
    expect(result).toEqual({ ok: true, value: { password: 'canary' } });
  });

  test('come from variables, one for each kind', async () => {
    const io = testIo({ env: { MAIL_PASSWORD: 'canary-a', MAIL_TOKEN: 'canary-b' } });
    const values = { ...NONE, 'password-env': 'MAIL_PASSWORD', 'secret-env': ['access-token=MAIL_TOKEN'] };
    expect(await readSecrets(io, values)).toEqual({
      ok: true,
      value: { password: 'canary-a', accessToken: 'canary-b' },
    });
  });

  test('a variable that is not set is named by nobody: it could be the secret itself', async () => {
    const result = await readSecrets(testIo(), { ...NONE, 'password-env': 'canary-env' });
    expect(result).toMatchObject({ ok: false, error: { code: 'USAGE' } });
    expect(JSON.stringify(result)).not.toContain('canary-env');
  });

  test('are refused when empty, too long, or from two sources', async () => {
    expect((await readSecrets(testIo({ stdin: '\n' }), { ...NONE, 'password-stdin': true })).ok).toBe(false);
    const long = testIo({ stdin: 'x'.repeat(60_000) });
    expect(await readSecrets(long, { ...NONE, 'password-stdin': true })).toMatchObject({
      error: { code: 'SECRET_TOO_LONG' },
    });
    const both = { ...NONE, 'password-stdin': true, 'password-env': 'A' };
    expect((await readSecrets(testIo({ stdin: 'x' }), both)).ok).toBe(false);
  });

  test('are not read from a folder or a device', async () => {
    for (const path of [directory, '/dev/zero']) {
      expect((await readSecrets(testIo(), { ...NONE, 'password-file': path })).ok).toBe(false);
    }
  });

  test('are asked for only where there is a terminal', async () => {
    expect(await askSecrets(testIo(), ['password'])).toBeNull();
    const io = testIo({ terminal: true, answers: ['canary-t'] });
    expect(await askSecrets(io, ['password'])).toEqual({ password: 'canary-t' });
    expect(io.asked).toEqual(['Password: ']);
  });

  test('have kinds that can be written with hyphens, and a suggestion for the nearest', () => {
    expect(secretKindOf('client-secret')).toEqual({ ok: true, value: 'clientSecret' });
    expect(secretKindOf('passwrod')).toMatchObject({ error: { facts: { next: 'Did you mean password?' } } });
  });

  test('become changes: kept in the keychain unless told otherwise', () => {
    const notes: string[] = [];
    const note = (line: string) => notes.push(line);
    expect(changesOf({ note }, { password: 'x' }, undefined)).toEqual([
      { action: 'set', kind: 'password', value: 'x', storage: 'keychain' },
    ]);
    expect(changesOf({ note }, { password: 'x' }, 'ask')).toEqual([{ action: 'ask', kind: 'password' }]);
    expect(changesOf({ note }, {}, undefined)).toEqual([]);
    expect(notes).toEqual([]);
    changesOf({ note }, { password: 'x' }, 'session');
    expect(notes).toHaveLength(1);
  });
});
