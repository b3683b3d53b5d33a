import { copyFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type TestHome, testHome } from './support/home.ts';
import { SHAPES } from './support/shapes.ts';
import type { TestIoOptions } from './support/test-io.ts';

const PASSPHRASE = 'correct horse battery staple';
const vector = resolve(import.meta.dirname, '../fixtures/bundle/sealed.relaysmith');

let home: TestHome;
let file: string;
beforeEach(async () => {
  home = testHome();
  file = join(home.directory, 'out.relaysmith');
});
afterEach(() => home.remove());

const create = (name: string, host: string) => home.run(['create', '--name', name, '--host', host]);
const names = async () => (await home.json(SHAPES.list, ['list'])).profiles.map(({ name }) => name);
const env = { env: { PASS: PASSPHRASE } };

describe('bundles from the terminal', () => {
  test('save writes what was named, open adds it beside what is there', async () => {
    await create('Acme', 'mail.acme.example');
    await create('Globex', 'mail.globex.example');
    const saved = await home.json(SHAPES.bundleSaved, ['bundle', 'save', file, 'Acme']);
    expect(saved).toMatchObject({ file: 'out.relaysmith', path: file, profiles: 1, secrets: 0, lacking: [] });
    const opened = await home.json(SHAPES.bundleOpened, ['bundle', 'open', file]);
    expect(opened.added.map(({ profile }) => profile.name)).toEqual(['Acme (2)']);
    expect(await names()).toEqual(['Acme', 'Globex', 'Acme (2)']);
    expect((await home.run(['bundle', 'save', file, '--all'])).out).toContain('3 profiles, without secrets');
  });

  test('a dry run shows field by field how it differs, and stores nothing', async () => {
    await create('Acme', 'mail.acme.example');
    await home.run(['bundle', 'save', file, 'Acme']);
    await home.run(['edit', 'Acme', '--host', 'new.acme.example']);
    const { out } = await home.run(['bundle', 'open', file, '--dry-run']);
    expect(out).toMatch(/server\.host +stored: new\.acme\.example +bundle: mail\.acme\.example/);
    const preview = await home.json(SHAPES.bundlePreview, ['bundle', 'open', file, '--dry-run']);
    expect(preview.profiles[0]?.conflicts).toMatchObject([{ same: 'id' }]);
    expect(await names()).toEqual(['Acme']);
  });

  test('--conflict replaces or skips, and --only picks', async () => {
    await create('Acme', 'mail.acme.example');
    await create('Globex', 'mail.globex.example');
    await home.run(['bundle', 'save', file, '--all']);
    await home.run(['edit', 'Acme', '--host', 'new.acme.example']);
    expect(await home.json(SHAPES.bundleOpened, ['bundle', 'open', file, '--conflict', 'skip'])).toMatchObject({
      added: [],
      skipped: 2,
    });
    const open = ['bundle', 'open', file, '--conflict', 'replace', '--only', 'Acme'];
    expect((await home.json(SHAPES.bundleOpened, open)).replaced[0]?.profile.server.host).toBe('mail.acme.example');
    expect((await home.run(['bundle', 'open', file, '--only', 'Nobody'])).code).toBe(3);
    expect(await names()).toEqual(['Acme', 'Globex']);
  });

  test('the passphrase comes from a variable, a file or stdin, or is asked for', async () => {
    const secretFile = join(home.directory, 'passphrase');
    writeFileSync(secretFile, `${PASSPHRASE}\n`, { mode: 0o600 });
    const dry = ['bundle', 'open', vector, '--dry-run'];
    const ways: [string[], TestIoOptions][] = [
      [['--passphrase-env', 'PASS'], env],
      [['--passphrase-file', secretFile], {}],
      [['--passphrase-stdin'], { stdin: PASSPHRASE }],
      [[], { terminal: true, answers: [PASSPHRASE] }],
    ];
    for (const [options, io] of ways) {
      const { code, out, err } = await home.run([...dry, ...options], io);
      expect(err).toBe('');
      expect(code).toBe(0);
      expect(out).toContain('with password');
      expect(out).not.toContain('Vector password');
    }
    expect((await home.run(dry)).code).toBe(4);
    expect((await home.run([...dry, '--passphrase-env', 'PASS'], { env: { PASS: 'wrong' } })).err).toContain(
      'does not open',
    );
    const argv = await home.run([...dry, '--passphrase', 'canary-argv']);
    expect(argv.err).toContain('--passphrase-stdin');
    expect(argv.err).not.toContain('canary-argv');
  });

  test('a new passphrase is typed twice, and told when it is weak', async () => {
    await create('Acme', 'mail.acme.example');
    const save = ['bundle', 'save', file, 'Acme', '--with-secrets'];
    const terminal = (...answers: string[]) => ({ terminal: true, answers });
    const { code, io, err } = await home.run(save, terminal('one thing', 'other thing', PASSPHRASE, PASSPHRASE));
    expect(code).toBe(0);
    expect(io.asked).toHaveLength(4);
    expect(err).toContain('not the same');
    expect(err).toContain('strong, as far as can be told');
    expect((await home.run(['bundle', 'open', file, '--dry-run', '--passphrase-env', 'PASS'], env)).code).toBe(0);
    expect((await home.run(save, terminal('Password123', 'Password123'))).err).toContain('weak');
    expect((await home.run(save, terminal('short', 'short'))).err).toContain('too short');
    expect((await home.run(save, terminal('only once'))).code).toBe(130);
    expect((await home.run(save)).err).toContain('--passphrase-stdin');
    expect((await home.run(['bundle', 'save', file, 'Acme', '--passphrase-env', 'PASS'], env)).code).toBe(2);
  });

  test('without a keychain the secrets of a bundle go where they are told, or nothing is stored', async () => {
    const open = ['bundle', 'open', vector, '--passphrase-env', 'PASS'];
    expect((await home.run(open, env)).code).toBe(6);
    expect(await names()).toEqual([]);
    const asked = await home.json(SHAPES.bundleOpened, [...open, '--keep', 'ask'], env);
    expect(asked.added[0]?.secrets).toMatchObject([{ kind: 'password', storage: 'ask' }]);
    expect(home.contents()).not.toContain('Vector password');
  });

  test('a damaged bundle and wrong usage end with 2', async () => {
    copyFileSync(vector, file);
    writeFileSync(file, readFileSync(file).subarray(0, -9));
    const { code, err } = await home.run(['bundle', 'open', file]);
    expect(code).toBe(2);
    expect(err).toContain('Its end is missing.');
    for (const argv of [
      ['save', file],
      ['save', file, 'Acme', '--all'],
      ['close', file],
      ['open', file, 'Acme'],
      ['open', ''],
    ]) {
      expect((await home.run(['bundle', ...argv])).code).toBe(2);
    }
    expect((await home.run(['bundle', 'open', join(home.directory, 'none')])).code).toBe(5);
    expect(existsSync(join(home.directory, 'none'))).toBe(false);
  });
});
