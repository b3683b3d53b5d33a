import { type AppError, appErrorOf } from '../../shared/errors.ts';
import { LIMITS } from '../../shared/limits.ts';
import { escapeControls } from '../../shared/text.ts';

/** A file of a folder or an archive: its bytes, or why it is not read. */
export type FoundFile =
  | { path: string; bytes: Uint8Array; error: null }
  | { path: string; bytes: null; error: AppError };

/** Takes one file after another; the walk waits for it. An error that it gives ends the walk. */
export type Visit = (file: FoundFile) => Promise<AppError | null>;

/** Parts of a path that an entry may have. */
const MAX_DEPTH = 16;

/** A file that is not read, with the reason. */
export function unread(path: string, error: AppError): FoundFile {
  return { path: shownPath(path), bytes: null, error };
}

/** Refuses a whole folder or archive. */
export function refusedArchive(reason: string): AppError {
  return appErrorOf('ARCHIVE_REFUSED', { reason });
}

/**
 * Why an entry of an archive has a name that no honest program writes; null when it is sound. Nothing is unpacked to disk,
 * so such a name could do no harm here; it says that the archive was made to do some.
 */
export function nameProblem(path: string): string | null {
  if (/^[/\\]|^[a-z]:/i.test(path)) return 'its name is an absolute path.';
  const parts = path.split(/[/\\]/);
  if (parts.includes('..')) return 'its name points out of the archive.';
  return parts.length > MAX_DEPTH ? `it lies deeper than ${MAX_DEPTH} folders.` : null;
}

/** Refuses one entry. */
export function refusedEntry(path: string, reason: string): FoundFile {
  return unread(path, appErrorOf('ENTRY_REFUSED', { reason }));
}

/** A path as it may be shown: harmless, and not endless. */
export function shownPath(path: string): string {
  return escapeControls(path.toWellFormed()).slice(0, LIMITS.textLine);
}

/** What one walk may cost, whatever the archive says of itself. */
export class Budget {
  #files = 0;
  #bytes = 0;

  /** Counts an entry. Gives the error that ends the walk when there are too many. */
  file(): AppError | null {
    this.#files += 1;
    if (this.#files <= LIMITS.setFiles) return null;
    return refusedArchive(`It holds more than ${LIMITS.setFiles} files.`);
  }

  /** Counts bytes as they are unpacked. Gives the error that ends the walk when there are too many. */
  bytes(count: number): AppError | null {
    this.#bytes += count;
    if (this.#bytes <= LIMITS.setBytes) return null;
    return refusedArchive(`Unpacked it is larger than ${LIMITS.setBytes / 1024 / 1024} MB.`);
  }
}
