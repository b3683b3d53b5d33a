import { setImmediate as pause } from 'node:timers/promises';
import { type AppError, appErrorOf } from '../../shared/errors.ts';
import { MANIFEST_NAME } from '../../shared/export-set.ts';
import { LIMITS } from '../../shared/limits.ts';
import type { Progress } from '../../shared/progress.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { type FoundFile, refusedArchive, shownPath, type Visit } from '../archives/found.ts';
import { packedAs } from '../archives/walk.ts';
import { isBundle } from '../bundle/bundle-file.ts';
import { type ReadImport, readBytes } from './import.ts';

/** One file of a set: what was read of it, or why nothing was. */
export interface SetEntry {
  path: string;
  bytes: number;
  read: ReadImport | null;
  error: AppError | null;
}

/** How reading a set can be watched and stopped. */
export interface SetWatch {
  signal: AbortSignal;
  onProgress: (progress: Progress) => void;
}

/**
 * Reads every file that `walk` finds: recognises the product by content and takes what it understands. The bytes of a file
 * are let go before the next one comes. Errors: CANCELLED, ARCHIVE_REFUSED, and those of `walk`.
 */
export async function readSet(
  walk: (visit: Visit) => Promise<Result<void>>,
  { signal, onProgress }: SetWatch,
): Promise<Result<SetEntry[]>> {
  const entries: SetEntry[] = [];
  let profiles = 0;
  const visit: Visit = async (file) => {
    onProgress({ done: entries.length, total: 0, name: shownPath(file.path) });
    // Reading is one piece of work; between two files others get their turn, and a cancel is heard.
    await pause();
    if (signal.aborted) return appErrorOf('CANCELLED', {});
    if (isOwnManifest(file)) return null;
    const entry = entryOf(file);
    entries.push(entry);
    profiles += entry.read?.parsed.profiles.length ?? 0;
    return profiles > LIMITS.setProfiles ? refusedArchive(`It holds more than ${LIMITS.setProfiles} profiles.`) : null;
  };
  const walked = await walk(visit);
  onProgress({ done: entries.length, total: entries.length, name: '' });
  if (!walked.ok) return walked;
  if (entries.length === 0) return fail(refusedArchive('There is no file in it.'));
  return ok(entries);
}

function entryOf(file: FoundFile): SetEntry {
  const path = shownPath(file.path);
  if (file.bytes === null) return { path, bytes: 0, read: null, error: file.error };
  const bytes = file.bytes.length;
  const misplaced = misplacedIn(file.bytes);
  if (misplaced) return { path, bytes, read: null, error: misplaced };
  const read = readBytes(file.bytes, path.split('/').at(-1) ?? path, null);
  return read.ok ? { path, bytes, read: read.value, error: null } : { path, bytes, read: null, error: read.error };
}

/** What has a way of its own into Relaysmith. */
function misplacedIn(bytes: Uint8Array): AppError | null {
  if (isBundle(bytes))
    return appErrorOf('NOT_AVAILABLE', { what: 'A bundle among other files', instead: 'Open it by itself.' });
  if (packedAs(bytes) === null) return null;
  return appErrorOf('NOT_AVAILABLE', {
    what: 'An archive inside another',
    instead: 'Unpack it and import the folder.',
  });
}

/** The manifest of our own exports is no product's file and no fault either. */
function isOwnManifest({ path, bytes }: FoundFile): boolean {
  if (bytes === null || path.split('/').at(-1) !== MANIFEST_NAME) return false;
  return Buffer.from(bytes.subarray(0, 60)).toString('latin1').includes('"relaysmith-export"');
}
