import { randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { access, lstat, realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { appErrorOf } from '../../shared/errors.ts';
import type { LibraryState } from '../../shared/library.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { reasonOf, systemCode } from '../files/file-errors.ts';
import { type FileStamp, type FileSystem, nodeFileSystem, orNull, sameStamp, stampOf } from '../files/file-system.ts';
import { makeDirectory } from '../files/make-directory.ts';
import { readBounded } from '../files/read-bounded.ts';
import { writeDurably } from '../files/write-durably.ts';
import type { Logger } from '../ports.ts';
import { highestBackupRev, keepBackup, listBackups, MAX_LIBRARY_BYTES, pruneBackups, readBackup } from './backups.ts';
import { keepDamaged, sameBytes } from './damaged-copy.ts';
import { emptyDocument, type LibraryDocument, textOf } from './document.ts';
import { type LockTiming, withLibraryLock } from './library-lock.ts';
import { quarantinedIn, readOnly, refusalOf, restored, sentenceOf } from './library-state.ts';
import { type LibrarySchema, type Reading, readLibrary } from './read-library.ts';

/** What the store needs; all but the directory have sensible values in `openLibrary`. */
export interface StoreOptions {
  directory: string;
  now: () => Date;
  log: Logger;
  schema: LibrarySchema;
  lock: LockTiming;
  fs?: FileSystem;
}

/** What a change makes of the library: a new document, or null to leave the file alone; and what to tell the caller. */
export interface Change<T> {
  document: LibraryDocument | null;
  value: T;
}

/** The library file: reads it, and lets one writer at a time change it. */
export interface LibraryStore {
  /** What is in the file now. Error: FILE_UNREADABLE. */
  read(): Promise<Result<Reading>>;
  /** The document, for showing. Errors: LIBRARY_READ_ONLY when it is damaged, FILE_UNREADABLE. */
  document(): Promise<Result<LibraryDocument>>;
  /**
   * Runs `change` on the latest document under the lock, then writes what it returns. With `backup: false` the old file
   * is not kept: for bookkeeping that no user would want back. Errors: those of `change`, LIBRARY_READ_ONLY,
   * LIBRARY_BUSY, STORAGE_*.
   */
  mutate<T>(
    change: (document: LibraryDocument) => Result<Change<T>>,
    options?: { backup: boolean },
  ): Promise<Result<T>>;
  state(): Promise<LibraryState>;
  /** Puts a backup in place of the library. Errors: NOT_FOUND and those of {@link LibraryStore.mutate}. */
  restore(backup: string): Promise<Result<void>>;
  /** True when a library or a backup of one is there. */
  exists(): Promise<boolean>;
  readonly backupDirectory: string;
}

interface Loaded {
  /** State of the file; null when there is none. */
  stamp: FileStamp | null;
  bytes: Uint8Array;
  reading: Reading;
}

const NAME = 'library.json';
// Revisions that were given out after the newest backup and are lost with the damaged file: a restored library must not
// give them out again, or a window that still holds one would overwrite what it has never seen.
const REVISION_GAP = 1_000;

/** Opens the store; touches the disk only when asked something. */
export function createLibraryStore(options: StoreOptions): LibraryStore {
  const { directory, now, log, schema, lock, fs = nodeFileSystem } = options;
  const file = join(directory, NAME);
  const backupDirectory = join(directory, 'backups');
  const writerId = randomUUID();
  let cache: Loaded | null = null;
  let queue: Promise<unknown> = Promise.resolve();

  async function load(): Promise<Result<Loaded>> {
    const current = await currentStamp();
    if (!current.ok) return current;
    if (cache && sameStamp(cache.stamp, current.value)) return ok(cache);
    return reload(current.value === null);
  }

  /** Reads the file even if it looks unchanged: a coarse clock can give two states the same stamp. */
  async function reload(missing = false): Promise<Result<Loaded>> {
    const read = missing ? null : await readBounded(file, MAX_LIBRARY_BYTES, { fs });
    if (read && !read.ok && read.error.code === 'INPUT_TOO_LARGE') {
      return fail(appErrorOf('FILE_UNREADABLE', { file: NAME, detail: 'it is too large' }));
    }
    if (read && !read.ok && read.error.code !== 'FILE_NOT_FOUND') return read;
    if (!read?.ok) return ok(remember(await missingLibrary()));
    const { bytes } = read.value;
    const known = cache && sameBytes(cache.bytes, bytes) ? cache.reading : null;
    const loaded = remember({ stamp: stampOf(read.value), bytes, reading: known ?? readLibrary(bytes, schema) });
    if (loaded.reading.kind === 'damaged' && !known) await keepDamaged(directory, bytes, now(), log);
    return ok(loaded);
  }

  function remember(loaded: Loaded): Loaded {
    cache = loaded;
    return loaded;
  }

  async function missingLibrary(): Promise<Loaded> {
    // Goes on counting where the backups end, so that their order stays right.
    const document = emptyDocument(await highestBackupRev(backupDirectory));
    return { stamp: null, bytes: new Uint8Array(), reading: { kind: 'ready', document, migrated: false } };
  }

  /** The file's state; null when there is none. A link that leads nowhere is not "none": its disk may be unplugged. */
  async function currentStamp(): Promise<Result<FileStamp | null>> {
    try {
      const found = await orNull(stat(file));
      if (found) return ok(stampOf(found));
      const link = await orNull(lstat(file));
      if (!link) return ok(null);
      return fail(appErrorOf('FILE_UNREADABLE', { file: NAME, detail: 'it is a link that leads nowhere' }));
    } catch (cause) {
      const code = systemCode(cause);
      if (code === null) throw cause;
      return fail(appErrorOf('FILE_UNREADABLE', { file: NAME, detail: reasonOf(code) }));
    }
  }

  async function writable(): Promise<Result<void>> {
    try {
      makeDirectory(directory);
      await access(directory, constants.W_OK);
      return ok(undefined);
    } catch (cause) {
      const code = systemCode(cause);
      if (code === null) throw cause;
      return fail(readOnly('read-only', `The data directory cannot be written: ${reasonOf(code)}.`));
    }
  }

  /** One at a time in this process, then one at a time of all processes. */
  function exclusively<T>(work: (stillHeld: () => boolean) => Promise<Result<T>>): Promise<Result<T>> {
    const turn = queue.then(async () => {
      const allowed = await writable();
      if (!allowed.ok) return allowed;
      // Two data directories can be linked to one file; the lock belongs to the file.
      const target = (await orNull(realpath(file)).catch(() => null)) ?? file;
      return withLibraryLock(target, lock, work);
    });
    queue = turn.catch(() => undefined);
    return turn;
  }

  async function replace(document: LibraryDocument, old: Loaded, stillHeld: () => boolean): Promise<Result<void>> {
    const bytes = Buffer.from(textOf({ ...document, writerId }, schema.version), 'utf8');
    if (!stillHeld()) return fail(appErrorOf('LIBRARY_BUSY', {}));
    const expected = old.stamp;
    const written = await writeDurably(file, bytes, { mode: 0o600, followLink: true, expected, fs });
    // Changed under our lock: by an editor, or after this machine slept and lost the lock.
    if (!written.ok) return written.error.code === 'FILE_CHANGED' ? fail(appErrorOf('LIBRARY_BUSY', {})) : written;
    if (!written.value.flushed) log.warn('library-not-flushed');
    const back = await readBounded(file, MAX_LIBRARY_BYTES, { fs });
    if (!back.ok || !sameBytes(back.value.bytes, bytes)) {
      cache = null;
      return fail(appErrorOf('STORAGE_FAILED', { file: NAME, detail: 'it did not read back as it was written' }));
    }
    const reading: Reading = { kind: 'ready', document: { ...document, writerId }, migrated: false };
    remember({ stamp: stampOf(back.value), bytes, reading });
    return ok(undefined);
  }

  async function mutate<T>(
    change: (document: LibraryDocument) => Result<Change<T>>,
    { backup }: { backup: boolean } = { backup: true },
  ): Promise<Result<T>> {
    return exclusively(async (stillHeld) => {
      const loaded = await currentUnderLock();
      if (!loaded.ok) return loaded;
      const { reading, bytes, stamp } = loaded.value;
      if (reading.kind !== 'ready') return fail(refusalOf(reading));
      const changed = change(reading.document);
      if (!changed.ok) return changed;
      const { document, value } = changed.value;
      if (document === null) return ok(value);
      if (stamp !== null && (backup || reading.migrated)) {
        const reason = reading.migrated ? 'migration' : 'save';
        const kept = await keepBackup(backupDirectory, bytes, reading.document.rev, reason, now());
        if (!kept.ok) return kept;
      }
      const written = await replace({ ...document, rev: reading.document.rev + 1 }, loaded.value, stillHeld);
      if (!written.ok) return written;
      if (backup) await pruneBackups(backupDirectory);
      return ok(value);
    });
  }

  async function currentUnderLock(): Promise<Result<Loaded>> {
    const current = await currentStamp();
    return current.ok ? reload(current.value === null) : current;
  }

  async function restore(name: string): Promise<Result<void>> {
    return exclusively(async (stillHeld) => {
      const loaded = await currentUnderLock();
      if (!loaded.ok) return loaded;
      const { reading, bytes, stamp } = loaded.value;
      if (reading.kind === 'newer') return fail(refusalOf(reading));
      const backup = await readBackup(backupDirectory, name, schema);
      if (!backup.ok) return backup;
      if (reading.kind === 'damaged' && !(await keepDamaged(directory, bytes, now(), log))) {
        return fail(
          appErrorOf('STORAGE_FAILED', { file: NAME, detail: 'the damaged file could not be kept beside it' }),
        );
      }
      if (reading.kind === 'ready' && stamp !== null) {
        const kept = await keepBackup(backupDirectory, bytes, reading.document.rev, 'restore', now());
        if (!kept.ok) return kept;
      }
      const known = reading.kind === 'ready' ? reading.document.rev : 0;
      const rev = Math.max(known, await highestBackupRev(backupDirectory)) + REVISION_GAP;
      const current = reading.kind === 'ready' ? reading.document : null;
      const written = await replace(restored(backup.value.document, rev, current), loaded.value, stillHeld);
      if (written.ok) log.info('library-restored', { rev });
      return written;
    });
  }

  async function state(): Promise<LibraryState> {
    const loaded = await load();
    const none = { quarantined: [], backups: [] };
    if (!loaded.ok) return { mode: 'read-only', detail: sentenceOf(loaded.error), ...none };
    const { reading } = loaded.value;
    if (reading.kind === 'damaged') {
      const backups = await listBackups(backupDirectory, schema);
      return { mode: 'recovery', detail: reading.detail, quarantined: [], backups };
    }
    const quarantined = quarantinedIn(reading.document);
    if (reading.kind === 'newer') return { mode: 'newer-version', detail: reading.detail, quarantined, backups: [] };
    const allowed = await writable();
    const detail = allowed.ok ? '' : sentenceOf(allowed.error);
    return { mode: allowed.ok ? 'ready' : 'read-only', detail, quarantined, backups: [] };
  }

  return {
    backupDirectory,
    mutate,
    restore,
    state,
    read: async () => {
      const loaded = await load();
      return loaded.ok ? ok(loaded.value.reading) : loaded;
    },
    document: async () => {
      const loaded = await load();
      if (!loaded.ok) return loaded;
      const { reading } = loaded.value;
      if (reading.kind === 'ready') return ok(reading.document);
      return reading.kind === 'newer' && reading.document ? ok(reading.document) : fail(refusalOf(reading));
    },
    exists: async () => {
      const current = await currentStamp();
      return !current.ok || current.value !== null || (await highestBackupRev(backupDirectory)) > 0;
    },
  };
}
