import { mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { sweepTemporaryFiles, temporaryName } from '../../../engine/files/temporary-files.ts';

const HOUR = 3_600_000;

test('the sweep removes only our own temporary files that are old', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'relaysmith-files-'));
  const [old, young] = [temporaryName(), temporaryName()];
  const foreign = '.relaysmith-notes.tmp';
  for (const name of [old, young, foreign]) await writeFile(join(directory, name), '');
  const past = new Date(Date.now() - 2 * HOUR);
  for (const name of [old, foreign]) await utimes(join(directory, name), past, past);
  expect(await sweepTemporaryFiles(directory, HOUR, new Date())).toBe(1);
  expect((await readdir(directory)).sort()).toEqual([young, foreign].sort());
  // A clock that was set back makes files look as if they came from the future: they stay.
  expect(await sweepTemporaryFiles(directory, HOUR, new Date(0))).toBe(0);
  expect(await sweepTemporaryFiles(join(directory, 'none'), HOUR, new Date())).toBe(0);
  await rm(directory, { recursive: true });
});
