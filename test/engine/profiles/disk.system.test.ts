import { execFileSync } from 'node:child_process';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { errorOf, newDirectory, open, settingsNamed, unwrap } from './library-fixture.ts';
import { memoryVault } from './memory-vault.ts';

const root = process.platform === 'linux' && process.getuid?.() === 0;

// Mounting needs root on Linux. In CI that must be there; a developer without it runs the rest.
describe.runIf(root || process.env.CI === 'true')('a library on a real disk', () => {
  let directory: string;

  beforeEach(async () => {
    directory = await newDirectory();
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', directory]);
  });
  afterEach(async () => {
    execFileSync('umount', [directory]);
    await rm(directory, { recursive: true });
  });

  test('that fills up keeps everything that was saved, and goes on when there is room again', async () => {
    const ballast = join(directory, 'ballast');
    await writeFile(ballast, 'x'.repeat(20_000));
    const library = await open(directory);
    const saved: string[] = [];
    let error = '';
    for (let index = 0; error === '' && index < 100; index += 1) {
      const made = await library.create(settingsNamed(`p${index}`), []);
      if (made.ok) saved.push(`p${index}`);
      else error = made.error.code;
    }
    expect(error).toBe('STORAGE_FULL');
    expect(saved.length).toBeGreaterThan(2);
    const names = async () => unwrap(await (await open(directory)).list()).map(({ name }) => name);
    expect(await names()).toEqual(saved);
    expect((await readdir(directory, { recursive: true })).filter((name) => name.endsWith('.tmp'))).toEqual([]);

    await rm(ballast);
    unwrap(await library.create(settingsNamed('later'), []));
    expect(await names()).toEqual([...saved, 'later']);
  });

  test('that fills up between storing a secret and naming it leaves no secret behind', async () => {
    const vault = memoryVault();
    const library = await open(directory, { vault });
    const { profile } = unwrap(await library.create(settingsNamed('Acme'), []));
    const put = vault.put;
    vault.put = async (...args) => {
      const done = await put(...args);
      await writeFile(join(directory, 'ballast'), 'x'.repeat(65_536)).catch(() => undefined);
      return done;
    };
    const set = { action: 'set', kind: 'password', value: 'canary', storage: 'keychain' } as const;
    const failed = await library.save(profile.id, 1, settingsNamed('Renamed'), [set]);
    expect(errorOf(failed).code).toBe('STORAGE_FULL');
    expect(unwrap(await library.get(profile.id))).toMatchObject({
      revision: 1,
      profile: { name: 'Acme' },
      secrets: [],
    });
    await rm(join(directory, 'ballast'));
    const later = await open(directory, { vault, now: () => new Date(Date.now() + 7_200_000) });
    expect(unwrap(await later.sweep()).abandoned).toBe(1);
    expect(vault.keychain.size).toBe(0);
  });

  test('that is read-only shows its profiles and says so', async () => {
    unwrap(await (await open(directory)).create(settingsNamed('Acme'), []));
    const before = await readFile(join(directory, 'library.json'));
    execFileSync('mount', ['-o', 'remount,ro', directory]);
    const library = await open(directory);
    expect(await library.state()).toMatchObject({
      mode: 'read-only',
      detail: 'The data directory cannot be written: the disk is read-only.',
    });
    expect(unwrap(await library.list())).toHaveLength(1);
    expect(errorOf(await library.create(settingsNamed('x'), []))).toMatchObject({
      code: 'LIBRARY_READ_ONLY',
      facts: { mode: 'read-only' },
    });
    expect(await readFile(join(directory, 'library.json'))).toEqual(before);
  });
});
