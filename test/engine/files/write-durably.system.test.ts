import { execFileSync } from 'node:child_process';
import { chown, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { writeDurably } from '../../../engine/files/write-durably.ts';

const root = process.platform === 'linux' && process.getuid?.() === 0;

// Mounting and changing owners need root on Linux. In CI that must be there; a developer without it runs the rest.
describe.runIf(root || process.env.CI === 'true')('a durable write as root', () => {
  let directory: string;
  let file: string;

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'relaysmith-disk-'));
    file = join(directory, 'config.json');
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', directory]);
  });
  afterEach(async () => {
    execFileSync('umount', [directory]);
    await rm(directory, { recursive: true });
  });

  test('leaves the old file as it was when a real disk is full', async () => {
    await writeFile(file, 'old');
    for (const bytes of [40_000, 65_537, 1_000_000]) {
      const result = await writeDurably(file, 'x'.repeat(bytes), { mode: 0o600, backup: bytes === 40_000 });
      if (bytes === 40_000) expect(result).toMatchObject({ ok: true });
      else expect(result).toEqual({ ok: false, error: { code: 'STORAGE_FULL', facts: { file: 'config.json' } } });
    }
    expect((await stat(file)).size).toBe(40_000);
    expect((await readdir(directory)).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });

  test('takes the backup back when the disk has room for it but not for the new file', async () => {
    await writeFile(file, 'a'.repeat(20_000));
    const result = await writeDurably(file, 'b'.repeat(40_000), { mode: 0o600, backup: true });
    expect(result).toMatchObject({ ok: false, error: { code: 'STORAGE_FULL' } });
    expect(await readdir(directory)).toEqual(['config.json']);
    expect(await readFile(file, 'utf8')).toBe('a'.repeat(20_000));
  });

  test('keeps the owner and group that a service reads the file as', async () => {
    await writeFile(file, 'old', { mode: 0o640 });
    await chown(file, 1234, 2345);
    expect((await writeDurably(file, 'new', { mode: 0o640 })).ok).toBe(true);
    expect(await stat(file)).toMatchObject({ uid: 1234, gid: 2345 });
    expect((await stat(file)).mode & 0o777).toBe(0o640);
  });
});
