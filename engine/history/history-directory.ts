import { readdir, rename, stat, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { type RunSummary, summaryOf } from '../../shared/history.ts';
import { LIMITS } from '../../shared/limits.ts';
import { ok, type Result } from '../../shared/result.ts';
import { type FileStamp, orNull, sameStamp, stampOf } from '../files/file-system.ts';
import { readBounded } from '../files/read-bounded.ts';
import { type Written, writeDurably } from '../files/write-durably.ts';
import type { Logger } from '../ports.ts';
import { readRuns, soundPart } from './history-file.ts';
import { type LastResults, lastResultsText, readLastResults } from './last-results.ts';

/** Name of the index; it also names the lock of the whole directory. */
export const INDEX_NAME = 'last.json';

const PROFILE_FILE = /^([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})\.jsonl$/;
// Far more than we write: what is larger is not ours.
const MOST_FILE_BYTES = 16 * LIMITS.historyBytes;
const MOST_INDEX_BYTES = 64 * 1024 * 1024;

/** The files of the history: one of runs for each profile, and an index of last results. */
export interface HistoryDirectory {
  /** The text of a profile's runs, '' when there are none. Errors: FILE_UNREADABLE, FILE_IS_LINK, FILE_NOT_REGULAR. */
  read(profileId: string): Promise<Result<string>>;
  /** The same before a change, under the lock: a damaged file is set aside first, and its sound lines come back. */
  readToChange(profileId: string): Promise<Result<string>>;
  write(profileId: string, text: string): Promise<Result<Written>>;
  remove(profileId: string): Promise<void>;
  /** Profiles that have a file, with the time of its last change (ms since 1970). */
  profiles(): Promise<{ id: string; changedAt: number }[]>;
  /** The index, made anew from the profiles' files where it is missing or damaged. */
  readIndex(): Promise<LastResults>;
  writeIndex(last: LastResults): Promise<Result<Written>>;
}

/** Gives access to a directory of histories; touches the disk only when asked something. */
export function historyDirectory(directory: string, log: Logger): HistoryDirectory {
  const fileOf = (profileId: string, ending = 'jsonl') => join(directory, `${profileId}.${ending}`);
  const indexFile = join(directory, INDEX_NAME);
  let cache: { stamp: FileStamp; last: LastResults } | null = null;

  async function read(profileId: string): Promise<Result<string>> {
    const found = await readBounded(fileOf(profileId), MOST_FILE_BYTES, { followLink: false });
    if (found.ok) return ok(Buffer.from(found.value.bytes).toString('utf8'));
    if (found.error.code === 'FILE_NOT_FOUND') return ok('');
    // As damaged as one that is no JSON.
    return found.error.code === 'INPUT_TOO_LARGE' ? ok('too large\n') : found;
  }

  async function readToChange(profileId: string): Promise<Result<string>> {
    const found = await read(profileId);
    if (!found.ok) return found;
    const { text, damaged } = soundPart(found.value);
    if (damaged) {
      await rename(fileOf(profileId), fileOf(profileId, 'damaged'));
      log.warn('history-damaged', { profile: profileId });
    }
    return ok(text);
  }

  async function profiles(): Promise<{ id: string; changedAt: number }[]> {
    const names = (await orNull(readdir(directory))) ?? [];
    const ids = names.flatMap((name) => PROFILE_FILE.exec(name)?.[1] ?? []);
    return Promise.all(
      ids.map(async (id) => ({ id, changedAt: (await orNull(stat(fileOf(id))))?.mtimeMs ?? Date.now() })),
    );
  }

  async function readIndex(): Promise<LastResults> {
    const now = await stat(indexFile).catch(() => null);
    if (now && cache && sameStamp(cache.stamp, stampOf(now))) return cache.last;
    const found = await readBounded(indexFile, MOST_INDEX_BYTES, { followLink: false });
    const last = found.ok ? readLastResults(Buffer.from(found.value.bytes).toString('utf8')) : null;
    if (!last || !found.ok) return rebuilt();
    cache = { stamp: stampOf(found.value), last };
    return last;
  }

  async function rebuilt(): Promise<LastResults> {
    const last = new Map<string, RunSummary>();
    for (const { id } of await profiles()) {
      const text = await read(id);
      const newest = text.ok ? readRuns(text.value)[0] : undefined;
      if (newest) last.set(id, summaryOf(newest.report, newest.unsaved));
    }
    return last;
  }

  return {
    read,
    readToChange,
    profiles,
    readIndex,
    write: (profileId, text) => writeDurably(fileOf(profileId), text, { mode: 0o600 }),
    remove: async (profileId) => {
      await orNull(unlink(fileOf(profileId)));
      await orNull(unlink(fileOf(profileId, 'damaged')));
    },
    writeIndex: (last) => writeDurably(indexFile, lastResultsText(last), { mode: 0o600 }),
  };
}
