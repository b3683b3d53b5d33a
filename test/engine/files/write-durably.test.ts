import { execFileSync } from 'node:child_process';
import { chmod, link, mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { nodeFileSystem, type OpenFile, stampOf } from '../../../engine/files/file-system.ts';
import { writeDurably } from '../../../engine/files/write-durably.ts';
import { faultyFileSystem } from './faulty-file-system.ts';

const OLD = 'the old content, rather long so that a short write shows';
const NEW = 'the new content: äöü 漢字 🚀';

let directory: string;
let file: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'relaysmith-files-'));
  file = join(directory, 'config.json');
});
afterEach(() => rm(directory, { recursive: true, force: true }));

const modeOf = async (path: string) => (await stat(path)).mode & 0o777;

describe('a durable write', () => {
  test('makes a new file with the mode it is given', async () => {
    const result = await writeDurably(file, NEW, { mode: 0o600 });
    expect(result).toEqual({ ok: true, value: { bytes: Buffer.byteLength(NEW), backup: '', flushed: true } });
    expect(await readFile(file, 'utf8')).toBe(NEW);
    expect(await modeOf(file)).toBe(0o600);
    expect(await readdir(directory)).toEqual(['config.json']);
  });

  test('writes no bytes as an empty file', async () => {
    expect((await writeDurably(file, new Uint8Array(), { mode: 0o600 })).ok).toBe(true);
    expect((await stat(file)).size).toBe(0);
  });

  test.each([
    { had: 0o644, given: 0o600, gets: 0o600 },
    { had: 0o600, given: 0o644, gets: 0o600 },
    { had: 0o640, given: 0o644, gets: 0o640 },
    { had: 0o664, given: 0o666, gets: 0o664 },
  ])('gives a file of mode $had the stricter of it and $given', async ({ had, given, gets }) => {
    await writeFile(file, OLD);
    await chmod(file, had);
    expect((await writeDurably(file, NEW, { mode: given })).ok).toBe(true);
    expect(await modeOf(file)).toBe(gets);
  });

  test('refuses rather than take a file away from its owner', async () => {
    await writeFile(file, OLD);
    const { uid } = await stat(file);
    const others = {
      ...nodeFileSystem,
      lstat: async (path: string) => {
        const real = await nodeFileSystem.lstat(path);
        return Object.assign(Object.create(Object.getPrototypeOf(real)), real, { uid: uid + 1 });
      },
      open: async (path: string, flags: string | number, mode?: number) => {
        const handle = await nodeFileSystem.open(path, flags, mode);
        handle.chown = () => Promise.reject(Object.assign(new Error('EPERM'), { code: 'EPERM' }));
        return handle;
      },
    };
    const result = await writeDurably(file, NEW, { mode: 0o600, fs: others });
    expect(result).toMatchObject({
      ok: false,
      error: { code: 'STORAGE_DENIED', facts: { file: 'config.json', detail: 'its owner or group could not be kept' } },
    });
    expect(await readFile(file, 'utf8')).toBe(OLD);
    expect(await readdir(directory)).toEqual(['config.json']);
  });

  test('keeps the old file beside the new one when asked, no more open than the new one', async () => {
    await writeFile(file, OLD);
    await chmod(file, 0o644);
    const now = () => new Date('2026-03-04T05:06:07.008Z');
    const first = await writeDurably(file, NEW, { mode: 0o600, backup: true, now });
    const second = await writeDurably(file, 'third', { mode: 0o600, backup: true, now });
    const names = ['config.json.2026-03-04T05-06-07.008Z.bak', 'config.json.2026-03-04T05-06-07.008Z-1.bak'];
    expect([first, second].map((result) => result.ok && result.value.backup)).toEqual(names);
    expect(await Promise.all(names.map((name) => readFile(join(directory, name), 'utf8')))).toEqual([OLD, NEW]);
    expect(await modeOf(join(directory, names[0] ?? ''))).toBe(0o600);
  });

  test('makes no backup where there is nothing to keep', async () => {
    const result = await writeDurably(file, NEW, { mode: 0o600, backup: true });
    expect(result).toMatchObject({ ok: true, value: { backup: '' } });
    expect(await readdir(directory)).toEqual(['config.json']);
  });

  test('refuses a symbolic link and says where it points', async () => {
    const real = join(directory, 'real.json');
    await writeFile(real, OLD);
    await symlink('real.json', file);
    expect(await writeDurably(file, NEW, { mode: 0o600 })).toEqual({
      ok: false,
      error: { code: 'FILE_IS_LINK', facts: { file: 'config.json', pointsTo: 'real.json' } },
    });
    expect(await readFile(real, 'utf8')).toBe(OLD);
  });

  test('replaces what a link points to when that was allowed, and keeps the link', async () => {
    await mkdir(join(directory, 'elsewhere'));
    const real = join(directory, 'elsewhere', 'real.json');
    await writeFile(real, OLD);
    await symlink(real, file);
    expect((await writeDurably(file, NEW, { mode: 0o600, followLink: true })).ok).toBe(true);
    expect(await readFile(real, 'utf8')).toBe(NEW);
    expect((await nodeFileSystem.lstat(file)).isSymbolicLink()).toBe(true);
  });

  test('refuses a link that leads nowhere', async () => {
    await symlink('missing.json', file);
    const result = await writeDurably(file, NEW, { mode: 0o600, followLink: true });
    expect(result).toMatchObject({ ok: false, error: { code: 'FILE_NOT_FOUND' } });
  });

  test('refuses a directory and a pipe', async () => {
    const pipe = join(directory, 'pipe');
    execFileSync('mkfifo', [pipe]);
    for (const path of [directory, pipe]) {
      expect(await writeDurably(path, NEW, { mode: 0o600 })).toMatchObject({
        ok: false,
        error: { code: 'FILE_NOT_REGULAR' },
      });
    }
    const link_ = join(directory, 'link');
    await symlink(pipe, link_);
    expect(await writeDurably(link_, NEW, { mode: 0o600, followLink: true })).toMatchObject({
      ok: false,
      error: { code: 'FILE_NOT_REGULAR' },
    });
  });

  test('leaves the other names of a hard-linked file alone', async () => {
    await writeFile(file, OLD);
    await link(file, join(directory, 'twin.json'));
    expect((await writeDurably(file, NEW, { mode: 0o600 })).ok).toBe(true);
    expect(await readFile(join(directory, 'twin.json'), 'utf8')).toBe(OLD);
  });

  test('does not replace a file that changed since it was looked at', async () => {
    await writeFile(file, OLD);
    const expected = stampOf(await stat(file));
    await writeFile(file, 'changed by someone else');
    expect(await writeDurably(file, NEW, { mode: 0o600, expected })).toMatchObject({
      ok: false,
      error: { code: 'FILE_CHANGED' },
    });
    expect(await writeDurably(file, NEW, { mode: 0o600, expected: null })).toMatchObject({
      ok: false,
      error: { code: 'FILE_CHANGED' },
    });
    expect(await readFile(file, 'utf8')).toBe('changed by someone else');
    expect(await readdir(directory)).toEqual(['config.json']);
  });

  test('tells of a missing folder without quoting the path', async () => {
    const result = await writeDurably(join(directory, 'none', 'config.json'), NEW, { mode: 0o600 });
    expect(result).toEqual({
      ok: false,
      error: { code: 'STORAGE_FAILED', facts: { file: 'config.json', detail: 'the folder does not exist' } },
    });
  });

  test.each([
    ['ENOSPC', 'STORAGE_FULL'],
    ['EDQUOT', 'STORAGE_FULL'],
    ['EACCES', 'STORAGE_DENIED'],
    ['EPERM', 'STORAGE_DENIED'],
    ['EROFS', 'STORAGE_DENIED'],
    ['EIO', 'STORAGE_FAILED'],
  ])('reports %s as %s', async (code, expected) => {
    const { fs } = faultyFileSystem(2, { code });
    expect(await writeDurably(file, NEW, { mode: 0o600, fs })).toMatchObject({ ok: false, error: { code: expected } });
  });

  test('goes on after a write that took only some of the bytes, and counts one that takes none as a full disk', async () => {
    const measured = faultyFileSystem(-1, { code: 'EIO' });
    await writeDurably(file, OLD, { mode: 0o600, fs: measured.fs });
    const at = measured.steps.indexOf('write');
    const short = faultyFileSystem(at, { write: 'short' });
    expect((await writeDurably(file, NEW, { mode: 0o600, fs: short.fs })).ok).toBe(true);
    expect(short.steps.filter((step) => step === 'write')).toHaveLength(2);
    expect(await readFile(file, 'utf8')).toBe(NEW);
    const none = faultyFileSystem(at, { write: 'none' });
    expect(await writeDurably(file, OLD, { mode: 0o600, fs: none.fs })).toMatchObject({
      ok: false,
      error: { code: 'STORAGE_FULL' },
    });
    expect(await readFile(file, 'utf8')).toBe(NEW);
  });

  test('does not believe a disk that says it took everything and stored less', async () => {
    await writeFile(file, OLD);
    const fs = {
      ...nodeFileSystem,
      open: async (path: string, flags: string | number, mode?: number) => {
        const handle = await nodeFileSystem.open(path, flags, mode);
        const write: OpenFile['write'] = async (bytes, offset, length, position) => {
          await nodeFileSystem.open(path, 'r+').then(async (other) => {
            await other.write(bytes, offset, length - 1, position);
            await other.close();
          });
          return { bytesWritten: length };
        };
        return Object.assign(handle, { write });
      },
    };
    expect(await writeDurably(file, NEW, { mode: 0o600, fs })).toMatchObject({
      ok: false,
      error: { code: 'STORAGE_FAILED', facts: { detail: 'the disk reported an error' } },
    });
    expect(await readFile(file, 'utf8')).toBe(OLD);
  });

  test('lets a bug through instead of calling it a full disk', async () => {
    const fs = { ...nodeFileSystem, rename: () => Promise.reject(new TypeError('a bug')) };
    await expect(writeDurably(file, NEW, { mode: 0o600, fs })).rejects.toThrow('a bug');
    expect(await readdir(directory)).toEqual([]);
  });

  test('waits on Windows while a virus scanner holds the file', async () => {
    let refusals = 3;
    const fs = {
      ...nodeFileSystem,
      rename: async (from: string, to: string) => {
        refusals -= 1;
        if (refusals >= 0) throw Object.assign(new Error('EPERM'), { code: 'EPERM' });
        await nodeFileSystem.rename(from, to);
      },
    };
    expect((await writeDurably(file, NEW, { mode: 0o600, fs, platform: 'win32' })).ok).toBe(true);
    expect(refusals).toBe(-1);
    refusals = 1;
    expect((await writeDurably(file, 'x', { mode: 0o600, fs, platform: 'linux' })).ok).toBe(false);
    expect(await readFile(file, 'utf8')).toBe(NEW);
  });

  test('ends with the old content or the new, whichever step fails in whatever way', async () => {
    const measured = faultyFileSystem(-1, { code: 'EIO' });
    await writeFile(file, OLD);
    await writeDurably(file, NEW, { mode: 0o600, backup: true, fs: measured.fs });
    const steps = measured.steps.length;
    expect(steps).toBeGreaterThan(12);

    const fault = fc.oneof(
      fc
        .constantFrom('ENOSPC', 'EDQUOT', 'EIO', 'EACCES', 'EROFS', 'EPERM', 'ENOENT', 'EMFILE')
        .map((code) => ({ code })),
      fc.constantFrom('short' as const, 'none' as const).map((write) => ({ write })),
    );
    await fc.assert(
      fc.asyncProperty(fc.nat(steps), fault, fc.boolean(), fc.boolean(), async (at, wrong, exists, backup) => {
        await Promise.all((await readdir(directory)).map((name) => rm(join(directory, name))));
        if (exists) await writeFile(file, OLD);
        const { fs } = faultyFileSystem(at, wrong);
        const result = await writeDurably(file, NEW, { mode: 0o600, backup, fs });
        const content = await readFile(file, 'utf8').catch(() => null);
        expect(content).toBe(result.ok ? NEW : exists ? OLD : null);
        const others = (await readdir(directory)).filter((name) => name !== 'config.json');
        expect(others).toEqual(result.ok && result.value.backup !== '' ? [result.value.backup] : []);
        expect(JSON.stringify(result)).not.toContain(directory);
      }),
      { numRuns: 400 },
    );
  });
});
