import { readdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { bundleForNode } from '../../support/bundle-child.ts';
import { fileIn, newDirectory, open, settingsNamed, unwrap } from './library-fixture.ts';
import { killRound, startWriter, stoppedWithLock } from './processes.ts';

let bundle: string;
let directory: string;

beforeAll(async () => {
  bundle = await bundleForNode(fileURLToPath(new URL('./writer-child.ts', import.meta.url)));
}, 60_000);
afterAll(() => rm(dirname(bundle), { recursive: true, force: true }));
beforeEach(async () => {
  directory = await newDirectory();
});
afterEach(() => rm(directory, { recursive: true, force: true }));

describe('several processes', () => {
  test('that write at once lose nothing of each other', { timeout: 60_000 }, async () => {
    const writers = ['a', 'b', 'c', 'd'].map((name) => startWriter(bundle, directory, name, 25));
    expect(await Promise.all(writers.map(({ ended }) => ended))).toEqual([0, 0, 0, 0]);
    const saved = writers.flatMap((writer) => writer.saved).sort();
    expect(saved).toHaveLength(100);
    const library = await open(directory);
    expect(
      unwrap(await library.list())
        .map(({ name }) => name)
        .sort(),
    ).toEqual(saved);
    expect((await fileIn(directory)).rev).toBe(100);
    expect((await readdir(directory)).sort()).toEqual(['backups', 'library.json']);
  });

  test('killed in the middle leave a whole file with everything that was reported as saved', {
    timeout: 90_000,
  }, async () => {
    let profiles = 0;
    for (let round = 0; round < 20; round += 1) profiles = await killRound(bundle, directory, round);
    expect(profiles).toBeGreaterThanOrEqual(20);
    const later = await open(directory, { now: () => new Date(Date.now() + 7_200_000) });
    unwrap(await later.sweep());
    for (const path of [directory, join(directory, 'backups')]) {
      expect((await readdir(path)).filter((name) => name.endsWith('.tmp'))).toEqual([]);
    }
  });

  test('do not wait for ever for one that was killed while it held the lock', { timeout: 30_000 }, async () => {
    const { child, ended } = startWriter(bundle, directory, 'dead', 100_000);
    await stoppedWithLock(child, directory);
    child.kill('SIGKILL');
    await ended;
    expect(await readdir(directory)).toContain('library.json.lock');
    const next = await open(directory, { lock: { waitMs: 10_000, staleMs: 2_000 } });
    unwrap(await next.create(settingsNamed('Alive'), []));
    expect(await readdir(directory)).not.toContain('library.json.lock');
  });
});
