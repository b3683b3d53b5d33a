import { mkdir, readdir, readFile, rename, rm, stat, symlink, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { nodeFileSystem } from '../../../engine/files/file-system.ts';
import type { ProfileLibrary } from '../../../engine/profiles/profile-library.ts';
import { errorOf, fileIn, newDirectory, open, settingsNamed, unwrap } from './library-fixture.ts';

let directory: string;
let file: string;
let library: ProfileLibrary;

const names = async (from = library) => unwrap(await from.list()).map(({ name }) => name);
const create = async (name: string) => unwrap(await library.create(settingsNamed(name), []));
/** Edits the library file by hand. */
const rewrite = async (change: (json: Awaited<ReturnType<typeof fileIn>>) => void) => {
  const json = await fileIn(directory);
  change(json);
  await writeFile(file, JSON.stringify(json));
};

beforeEach(async () => {
  directory = await newDirectory();
  file = join(directory, 'library.json');
  library = await open(directory);
});
afterEach(() => rm(directory, { recursive: true, force: true }));

describe('a damaged library', () => {
  beforeEach(async () => {
    for (const name of ['One', 'Two', 'Three']) await create(name);
  });

  test.each([
    ['is empty', async () => Buffer.alloc(0)],
    ['holds only zero bytes', async () => Buffer.alloc(4_096)],
    ['was cut off', async () => (await readFile(file)).subarray(0, 700)],
    ['is another program’s JSON', async () => Buffer.from('{"profiles":[]}')],
    ['is an array', async () => Buffer.from('[]')],
    ['is null', async () => Buffer.from('null')],
    ['lost its list of profiles', async () => Buffer.from('{"format":"relaysmith-library","schemaVersion":1,"rev":3}')],
    ['is in UTF-16', async () => Buffer.from(await readFile(file, 'utf8'), 'utf16le')],
    ['holds a broken character', async () => Buffer.from([0x7b, 0xff, 0x7d])],
  ])('that %s opens read-only, is kept, and comes back from a backup', async (_what, damage) => {
    const bytes = await damage();
    await writeFile(file, bytes);
    const next = await open(directory);
    const state = await next.state();
    expect(state).toMatchObject({ mode: 'recovery', quarantined: [] });
    expect(state.detail).toMatch(/^The library file .+\.$/);
    expect(state.backups.map(({ profiles }) => profiles)).toEqual([2, 1]);
    expect(errorOf(await next.list())).toMatchObject({ code: 'LIBRARY_READ_ONLY', facts: { mode: 'recovery' } });
    expect(errorOf(await next.create(settingsNamed('x'), [])).code).toBe('LIBRARY_READ_ONLY');
    expect((await next.sweep()).ok).toBe(false);
    expect(await readFile(file)).toEqual(bytes);
    expect(await next.hasEverStored()).toBe(true);

    const [newest] = state.backups;
    expect(unwrap(await next.restoreBackup(newest?.name ?? ''))).toMatchObject({ mode: 'ready' });
    expect(await names(next)).toEqual(['One', 'Two']);
    expect(await names()).toEqual(['One', 'Two']);
    const kept = (await readdir(directory)).filter((name) => name.startsWith('library.corrupt-'));
    expect(kept).toHaveLength(1);
    expect(await readFile(join(directory, kept[0] ?? ''))).toEqual(bytes);
  });

  test('gives no revision out again after a restore, so a window opened before cannot overwrite', async () => {
    const [first] = unwrap(await library.list());
    const id = first?.id ?? '';
    unwrap(await library.save(id, 1, settingsNamed('Edited'), []));
    await writeFile(file, '');
    const [newest] = (await library.state()).backups;
    unwrap(await library.restoreBackup(newest?.name ?? ''));
    const { revision } = unwrap(await library.get(id));
    expect(revision).toBeGreaterThan(2);
    expect(unwrap(await library.save(id, 2, settingsNamed('Stale'), []))).toMatchObject({ outcome: 'conflict' });
  });

  test('can be put back to an older state while it is sound, and that too can be undone', async () => {
    const [backup] = (await readdir(join(directory, 'backups'))).sort();
    unwrap(await library.restoreBackup(backup ?? ''));
    expect(await names()).toEqual(['One']);
    const undo = (await readdir(join(directory, 'backups'))).find((name) => name.includes('before-restore'));
    unwrap(await library.restoreBackup(undo ?? ''));
    expect(await names()).toEqual(['One', 'Two', 'Three']);
  });

  test('takes no name that is not one of its backups', async () => {
    await writeFile(join(directory, 'other.json'), await readFile(file));
    for (const name of ['../other.json', '../library.json', 'none', 'library.9.2026-01-01T00-00-00.000Z.json']) {
      expect(errorOf(await library.restoreBackup(name)).code).toBe('NOT_FOUND');
    }
  });

  test('offers no backup that is damaged itself', async () => {
    const backups = join(directory, 'backups');
    const [oldest = ''] = (await readdir(backups)).sort();
    await writeFile(join(backups, oldest), '{');
    await writeFile(file, '');
    const state = await library.state();
    expect(state.backups).toHaveLength(1);
    expect(errorOf(await library.restoreBackup(oldest)).code).toBe('NOT_FOUND');
    expect(await readFile(file, 'utf8')).toBe('');
  });
});

describe('a library file that is unusual', () => {
  beforeEach(() => create('One'));

  test('is read with a byte order mark', async () => {
    await writeFile(file, `\ufeff${await readFile(file, 'utf8')}`);
    expect(await names()).toEqual(['One']);
    await create('Two');
    expect(await names()).toEqual(['One', 'Two']);
  });

  test('of a newer version shows its profiles and is never written', async () => {
    await rewrite((json) => {
      json.schemaVersion = 999;
    });
    const before = await readFile(file);
    expect(await library.state()).toMatchObject({ mode: 'newer-version', backups: [] });
    expect(await names()).toEqual(['One']);
    const refused = { code: 'LIBRARY_READ_ONLY', facts: { mode: 'newer-version' } };
    expect(errorOf(await library.create(settingsNamed('x'), []))).toMatchObject(refused);
    const [backup = ''] = await readdir(join(directory, 'backups')).catch(() => []);
    expect(errorOf(await library.restoreBackup(backup))).toMatchObject(refused);
    expect(await readFile(file)).toEqual(before);
  });

  test('of a newer version that cannot be understood is not called empty', async () => {
    await writeFile(file, '{"format":"relaysmith-library","schemaVersion":7,"vault":{}}');
    expect(await library.state()).toMatchObject({ mode: 'newer-version' });
    expect(errorOf(await library.list())).toMatchObject({ code: 'LIBRARY_READ_ONLY' });
  });

  test('keeps a profile that cannot be read exactly as it is, and goes on with the rest', async () => {
    await create('Two');
    let spoilt: unknown;
    await rewrite((json) => {
      const [first] = json.profiles;
      if (first) first.profile.server = { host: 7, smoke: ['signals'] };
      spoilt = structuredClone(first);
      json.profiles.push(null as never, { profile: { id: 'x' } } as never);
    });
    const { mode, quarantined } = await library.state();
    expect(mode).toBe('ready');
    expect(quarantined.map(({ label }) => label)).toEqual([
      (spoilt as { profile: { id: string } }).profile.id,
      'Number 3 in the file',
      'Number 4 in the file',
    ]);
    expect(quarantined[0]?.problem).toMatch(/^profile\.server\.host: /);
    expect(await names()).toEqual(['Two']);
    await create('Three');
    const { profiles } = await fileIn(directory);
    expect(profiles[0]).toEqual(spoilt);
    expect(profiles.slice(2, 4)).toEqual([null, { profile: { id: 'x' } }]);
  });

  test('does not let two profiles share an id', async () => {
    await rewrite((json) => json.profiles.push(structuredClone(json.profiles[0]) as never));
    expect((await library.state()).quarantined).toMatchObject([{ problem: 'Another profile has the same id.' }]);
    expect(await names()).toEqual(['One']);
    await create('Two');
    expect((await fileIn(directory)).profiles).toHaveLength(3);
  });

  test('keeps keys that it does not know, on every level, through a save', async () => {
    await rewrite((json) => {
      json.comment = 'by hand';
      const [first] = json.profiles;
      if (!first) return;
      first.colour = 'red';
      first.profile.ticket = { number: 7 };
      (first.profile.server as Record<string, unknown>).rack = 'B2';
    });
    const [row] = unwrap(await library.list());
    unwrap(await library.save(row?.id ?? '', 1, settingsNamed('Edited', 'new.example.com'), []));
    const json = await fileIn(directory);
    expect(json.comment).toBe('by hand');
    expect(json.profiles[0]).toMatchObject({
      colour: 'red',
      revision: 2,
      profile: { name: 'Edited', ticket: { number: 7 }, server: { host: 'new.example.com', rack: 'B2' } },
    });
    const copy = unwrap(await library.duplicate(row?.id ?? ''));
    expect(JSON.stringify(copy)).not.toContain('ticket');
  });

  test('does not fall for a key named __proto__', async () => {
    const text = (await readFile(file, 'utf8')).replace('"profile": {', '"profile": {"__proto__": {"polluted": true},');
    await writeFile(file, text);
    expect(await names()).toEqual(['One']);
    await create('Two');
    expect(await readFile(file, 'utf8')).toContain('"polluted": true');
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  test('is followed when it is a link, and the link stays', async () => {
    await mkdir(join(directory, 'synced'));
    const real = join(directory, 'synced', 'mail.json');
    await rename(file, real);
    await symlink(real, file);
    await create('Two');
    expect((await nodeFileSystem.lstat(file)).isSymbolicLink()).toBe(true);
    expect(JSON.parse(await readFile(real, 'utf8')).profiles).toHaveLength(2);
  });

  test('is not taken for empty when it is a link to a disk that is not there', async () => {
    await rm(file);
    await symlink(join(directory, 'unplugged', 'library.json'), file);
    expect(await library.state()).toMatchObject({ mode: 'read-only' });
    expect(errorOf(await library.list()).code).toBe('FILE_UNREADABLE');
    expect((await library.create(settingsNamed('x'), [])).ok).toBe(false);
  });
});

describe('a library that cannot be written', () => {
  test('shows its profiles and says why nothing can be changed', async () => {
    await create('One');
    const blocked = join(directory, 'blocked');
    await writeFile(blocked, 'a file where the directory should be');
    const next = await open(join(blocked, 'data'));
    expect(await next.state()).toMatchObject({ mode: 'read-only' });
    expect(errorOf(await next.create(settingsNamed('x'), [])).code).toBe('LIBRARY_READ_ONLY');
  });

  test.each([
    ['ENOSPC', 'STORAGE_FULL'],
    ['EROFS', 'STORAGE_DENIED'],
    ['EIO', 'STORAGE_FAILED'],
  ])('keeps what it had when the write fails with %s', async (code, expected) => {
    await create('One');
    const before = await readFile(file);
    const failing = { ...nodeFileSystem, rename: () => Promise.reject(Object.assign(new Error(code), { code })) };
    const next = await open(directory, { fs: failing });
    expect(errorOf(await next.create(settingsNamed('Two'), [])).code).toBe(expected);
    expect(await names(next)).toEqual(['One']);
    expect(await readFile(file)).toEqual(before);
  });

  test('reports a disk that stores something else than it was given', async () => {
    await create('One');
    const lying = {
      ...nodeFileSystem,
      rename: async (from: string, to: string) => {
        await writeFile(from, (await readFile(from, 'utf8')).replace('Two', 'Tw0'));
        await nodeFileSystem.rename(from, to);
      },
    };
    const next = await open(directory, { fs: lying });
    expect(errorOf(await next.create(settingsNamed('Two'), []))).toMatchObject({
      code: 'STORAGE_FAILED',
      facts: { detail: 'it did not read back as it was written' },
    });
  });

  test('does not overwrite what an editor saved in the middle of a change', async () => {
    await create('One');
    const byHand = (await readFile(file, 'utf8')).replace('"One"', '"Edited by hand"');
    const raced = {
      ...nodeFileSystem,
      open: async (path: string, flags: string | number, mode?: number) => {
        if (flags === 'wx') await writeFile(file, byHand);
        return nodeFileSystem.open(path, flags, mode);
      },
    };
    const next = await open(directory, { fs: raced });
    expect(errorOf(await next.create(settingsNamed('Two'), [])).code).toBe('LIBRARY_BUSY');
    expect(await names(next)).toEqual(['Edited by hand']);
  });

  test('is busy while another process holds the lock, and changes nothing', async () => {
    await create('One');
    const lock = `${file}.lock`;
    await mkdir(lock);
    const next = await open(directory, { lock: { waitMs: 100, staleMs: 60_000 } });
    expect(errorOf(await next.create(settingsNamed('Two'), [])).code).toBe('LIBRARY_BUSY');
    expect(await names(next)).toEqual(['One']);
  });

  test('goes on when the holder of the lock is dead, also when the clock was set back since', async () => {
    const lock = `${file}.lock`;
    const next = await open(directory, { lock: { waitMs: 100, staleMs: 2_000 } });
    for (const shift of [-60_000, 86_400_000]) {
      await mkdir(lock);
      const at = new Date(Date.now() + shift);
      await utimes(lock, at, at);
      expect((await next.create(settingsNamed('Two'), [])).ok).toBe(true);
      await expect(stat(lock)).rejects.toThrow('ENOENT');
    }
  });
});
