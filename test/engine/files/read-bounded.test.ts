import { execFileSync } from 'node:child_process';
import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type FileSystem, nodeFileSystem } from '../../../engine/files/file-system.ts';
import { readBounded } from '../../../engine/files/read-bounded.ts';
import { faultyFileSystem } from './faulty-file-system.ts';

let directory: string;
let file: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'relaysmith-files-'));
  file = join(directory, 'grafana.ini');
});
afterEach(() => rm(directory, { recursive: true, force: true }));

describe('a bounded read', () => {
  test('gives the bytes and the state of the file', async () => {
    await writeFile(file, 'abc', { mode: 0o640 });
    const result = await readBounded(file, 3);
    expect(result).toMatchObject({ ok: true, value: { size: 3, mode: 0o640, bytes: new TextEncoder().encode('abc') } });
    expect(result.ok && result.value.mtimeMs).toBeGreaterThan(0);
  });

  test('reads an empty file', async () => {
    await writeFile(file, '');
    expect(await readBounded(file, 10)).toMatchObject({ ok: true, value: { size: 0 } });
  });

  test('refuses a file that is one byte too large', async () => {
    await writeFile(file, 'abcd');
    expect(await readBounded(file, 3)).toEqual({
      ok: false,
      error: { code: 'INPUT_TOO_LARGE', facts: { what: 'grafana.ini', max: 3 } },
    });
  });

  test('reads to the end of a file that claims to be empty, as those under /proc do, and caps it', async () => {
    await writeFile(file, 'x'.repeat(200_000));
    const fs: FileSystem = {
      ...nodeFileSystem,
      open: async (path, flags) => {
        const handle = await nodeFileSystem.open(path, flags);
        const real = await handle.stat();
        handle.stat = async () => Object.assign(Object.create(Object.getPrototypeOf(real)), real, { size: 0 });
        return handle;
      },
    };
    const whole = await readBounded(file, 200_000, { fs });
    expect(whole.ok && Buffer.from(whole.value.bytes).toString()).toBe('x'.repeat(200_000));
    expect(await readBounded(file, 199_999, { fs })).toMatchObject({ ok: false, error: { code: 'INPUT_TOO_LARGE' } });
  });

  test('refuses a pipe that nobody writes to, a device and a directory, at once', async () => {
    const pipe = join(directory, 'pipe');
    execFileSync('mkfifo', [pipe]);
    for (const path of [pipe, '/dev/zero', directory]) {
      expect(await readBounded(path, 10)).toMatchObject({ ok: false, error: { code: 'FILE_NOT_REGULAR' } });
    }
  });

  test('does not wait when a pipe takes the place of the file at the last moment', async () => {
    const pipe = join(directory, 'pipe');
    execFileSync('mkfifo', [pipe]);
    await writeFile(file, 'abc');
    const { fs } = faultyFileSystem(-1, { code: 'EIO' });
    const swapped = { ...fs, open: (_path: string, flags: string | number) => fs.open(pipe, flags) };
    expect(await readBounded(file, 10, { fs: swapped })).toMatchObject({
      ok: false,
      error: { code: 'FILE_NOT_REGULAR' },
    });
  });

  test('follows a link unless told not to', async () => {
    await writeFile(join(directory, 'real.ini'), 'abc');
    await symlink('real.ini', file);
    expect((await readBounded(file, 10)).ok).toBe(true);
    expect(await readBounded(file, 10, { followLink: false })).toEqual({
      ok: false,
      error: { code: 'FILE_IS_LINK', facts: { file: 'grafana.ini', pointsTo: 'real.ini' } },
    });
  });

  test('does not follow a link that takes the place of the file at the last moment', async () => {
    const link = join(directory, 'link');
    await symlink('grafana.ini', link);
    await writeFile(file, 'abc');
    const { fs } = faultyFileSystem(-1, { code: 'EIO' });
    const swapped = { ...fs, open: (_path: string, flags: string | number) => fs.open(link, flags) };
    expect(await readBounded(file, 10, { fs: swapped, followLink: false })).toMatchObject({
      ok: false,
      error: { code: 'FILE_IS_LINK' },
    });
  });

  test('tells a missing file from an unreadable one, by the name the user gave', async () => {
    expect(await readBounded(file, 10, { name: './grafana.ini' })).toEqual({
      ok: false,
      error: { code: 'FILE_NOT_FOUND', facts: { file: './grafana.ini' } },
    });
    await writeFile(file, 'abc');
    const { fs } = faultyFileSystem(1, { code: 'EACCES' });
    expect(await readBounded(file, 10, { fs })).toEqual({
      ok: false,
      error: { code: 'FILE_UNREADABLE', facts: { file: 'grafana.ini', detail: 'permission denied' } },
    });
  });
});
