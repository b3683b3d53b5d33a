import { createHash } from 'node:crypto';
import { basename, resolve } from 'node:path';
import { appErrorOf } from '../../shared/errors.ts';
import { LIMITS } from '../../shared/limits.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { decodeText } from '../files/decode-text.ts';
import type { FileStamp } from '../files/file-system.ts';
import { readBounded } from '../files/read-bounded.ts';
import { writeDurably } from '../files/write-durably.ts';
import type { ComposedExport, ExistingText } from './export.ts';

/** A file that an export is merged into, as it was when it was read. */
export interface ExistingFile extends ExistingText {
  path: string;
  /** SHA-256 of its bytes. A preview and the write that follows must be about the same one. */
  hash: string;
  stamp: FileStamp;
}

/** Where an export goes. */
export interface ExportDestination {
  path: string;
  /** The user's word to replace the file that a symbolic link points to. */
  followLink: boolean;
  /** The file that was merged into, if any: when it is the destination too, it must still be as it was read. */
  into: ExistingFile | null;
}

/**
 * Reads a file to merge into.
 * @param seen Hash of it when the preview was made; null when there was none yet.
 * Errors: FILE_CHANGED when it is another one by now, FILE_NOT_TEXT, INPUT_TOO_LARGE, and those of reading.
 */
export async function readExisting(path: string, seen: string | null): Promise<Result<ExistingFile>> {
  const read = await readBounded(path, LIMITS.importBytes);
  if (!read.ok) return read;
  const { bytes, ino, size, mtimeMs } = read.value;
  const hash = createHash('sha256').update(bytes).digest('hex');
  if (seen !== null && seen !== hash) return fail(appErrorOf('FILE_CHANGED', { file: basename(path) }));
  const decoded = decodeText(bytes, basename(path));
  if (!decoded.ok) return decoded;
  return ok({ path, ...decoded.value, hash, stamp: { ino, size, mtimeMs } });
}

/**
 * Writes an export: all of it or nothing, the old file kept beside it, and readable by its owner alone when a secret is
 * inside. Errors: FILE_CHANGED, FILE_IS_LINK, and those of writing; the old file is then as it was.
 */
export async function writeExport(
  { text, holdsSecret }: ComposedExport,
  { path, followLink, into }: ExportDestination,
): Promise<Result<{ file: string; bytes: number; backup: string }>> {
  const inPlace = into !== null && resolve(into.path) === resolve(path);
  const written = await writeDurably(path, text, {
    mode: holdsSecret ? 0o600 : 0o644,
    followLink,
    backup: true,
    ...(inPlace && { expected: into.stamp }),
  });
  if (!written.ok) return written;
  const { bytes, backup } = written.value;
  return ok({ file: basename(path), bytes, backup });
}
