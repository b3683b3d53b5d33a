import { randomUUID } from 'node:crypto';
import { readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { pruneHistory } from '../../../engine/handlers/history.ts';
import { openHistory } from '../../../engine/history/run-history.ts';
import { emptySettings } from '../../../shared/profile.ts';
import { fakeReport } from '../../support/fake-report.ts';
import { newDirectory, open, recordingLog, settingsNamed, unwrap } from '../profiles/library-fixture.ts';

let directory: string;
beforeEach(async () => {
  directory = await newDirectory();
});
afterEach(() => rm(directory, { recursive: true }));

/** A history with a run of two hours ago for each profile. */
async function historyOf(profileIds: readonly string[]) {
  const history = openHistory({ directory, log: recordingLog() });
  for (const profileId of profileIds) {
    history.add({ profileId, report: fakeReport(emptySettings(), 'check'), unsaved: false });
  }
  await history.settled();
  const longAgo = new Date(Date.now() - 2 * 3_600_000);
  for (const id of profileIds) await utimes(join(directory, 'history', `${id}.jsonl`), longAgo, longAgo);
  return history;
}

const kept = async () =>
  (await readdir(join(directory, 'history')))
    .flatMap((name) => (name.endsWith('.jsonl') ? [name.slice(0, -6)] : []))
    .sort();

test('the runs of profiles that are gone for good go; those of the trash stay', async () => {
  const library = await open(directory);
  const active = unwrap(await library.create(settingsNamed('Active'), [])).profile.id;
  const trashed = unwrap(await library.create(settingsNamed('Trashed'), [])).profile.id;
  unwrap(await library.delete(trashed));
  const history = await historyOf([active, trashed, randomUUID()]);
  await pruneHistory(library, history);
  expect(await kept()).toEqual([active, trashed].sort());
});

test('nothing goes while the library is damaged and cannot say which profiles there are', async () => {
  const id = randomUUID();
  const history = await historyOf([id]);
  await writeFile(join(directory, 'library.json'), '{"cut off');
  await pruneHistory(await open(directory), history);
  expect(await kept()).toEqual([id]);
});
