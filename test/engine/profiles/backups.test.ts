import { readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { keepBackup, pruneBackups } from '../../../engine/profiles/backups.ts';
import { emptyDocument, textOf } from '../../../engine/profiles/document.ts';
import { errorOf, newDirectory, open, settingsNamed, unwrap } from './library-fixture.ts';

const DAY = 86_400_000;
const bytes = Buffer.from(textOf(emptyDocument(0)));

let directory: string;
beforeEach(async () => {
  directory = await newDirectory();
});
afterEach(() => rm(directory, { recursive: true, force: true }));

const revs = async () => (await readdir(directory)).map((name) => Number(name.split('.')[1])).sort((a, b) => a - b);

test('pruning keeps the newest ten, one of each of fourteen days, and five special ones', async () => {
  // Three saves a day for thirty days; the last of each day is number 3, 6, 9 and so on.
  for (let rev = 1; rev <= 90; rev += 1) {
    const reason = rev <= 21 && rev % 3 === 1 ? 'migration' : 'save';
    const at = new Date(Date.parse('2026-01-01T08:00:00Z') + Math.floor((rev - 1) / 3) * DAY + (rev % 3));
    unwrap(await keepBackup(directory, bytes, rev, reason, at));
  }
  await pruneBackups(directory);
  const newest = [81, 82, 83, 84, 85, 86, 87, 88, 89, 90];
  const daily = [51, 54, 57, 60, 63, 66, 69, 72, 75, 78];
  expect(await revs()).toEqual([7, 10, 13, 16, 19, ...daily, ...newest]);
});

test('pruning keeps the newest by revision when the clock was set back', async () => {
  for (let rev = 1; rev <= 30; rev += 1) {
    const at = new Date(rev <= 15 ? '2026-06-01T00:00:00Z' : '2020-01-01T00:00:00Z');
    unwrap(await keepBackup(directory, bytes, rev, 'save', at));
  }
  await pruneBackups(directory);
  expect(await revs()).toEqual([15, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30]);
});

test('a backup is of the state before each save, and of no damaged file', async () => {
  const library = await open(directory);
  for (const name of ['One', 'Two', 'Three']) unwrap(await library.create(settingsNamed(name), []));
  const names = (await readdir(join(directory, 'backups'))).sort();
  expect(names.map((name) => name.split('.')[1])).toEqual(['1', '2']);
  await rm(join(directory, 'library.json'));
  // A library that begins anew counts on, so that the order of its backups stays right.
  unwrap(await library.create(settingsNamed('Anew'), []));
  unwrap(await library.create(settingsNamed('Again'), []));
  expect((await readdir(join(directory, 'backups'))).map((name) => name.split('.')[1]).sort()).toEqual(['1', '2', '3']);
});

test('a save fails rather than go on without a backup', async () => {
  const library = await open(directory);
  unwrap(await library.create(settingsNamed('One'), []));
  await writeFile(join(directory, 'backups'), 'in the way');
  expect(errorOf(await library.create(settingsNamed('Two'), [])).code).toBe('STORAGE_FAILED');
  expect(unwrap(await library.list())).toHaveLength(1);
});
