import { constants } from 'node:fs';
import { basename } from 'node:path';
import { appErrorOf } from '../../shared/errors.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { escapeControls } from '../../shared/text.ts';
import { readError, systemCode } from './file-errors.ts';
import { type FileStamp, type FileSystem, nodeFileSystem, type OpenFile, stampOf } from './file-system.ts';

/** Choices of one read. */
export interface ReadOptions {
  /** Read what a symbolic link points to (default); false refuses a link. */
  followLink?: boolean;
  /** The file as the user knows it, for errors; default is its base name. */
  name?: string;
  fs?: FileSystem;
}

/** A file's bytes, and its state at that moment (to notice a later change). */
export interface ReadFile extends FileStamp {
  bytes: Uint8Array;
  /** Permission bits. */
  mode: number;
}

const CHUNK_BYTES = 64 * 1024;

/**
 * Reads a regular file of at most `maxBytes`. A pipe, device or directory is refused without waiting on it. Errors:
 * FILE_NOT_FOUND, FILE_UNREADABLE, FILE_NOT_REGULAR, FILE_IS_LINK, INPUT_TOO_LARGE.
 */
export async function readBounded(
  file: string,
  maxBytes: number,
  { followLink = true, name = basename(file), fs = nodeFileSystem }: ReadOptions = {},
): Promise<Result<ReadFile>> {
  try {
    // Asked before opening, because opening some devices already has an effect.
    const before = await (followLink ? fs.stat(file) : fs.lstat(file));
    if (before.isSymbolicLink()) return linkRefused(fs, file, name);
    if (!before.isFile()) return fail(appErrorOf('FILE_NOT_REGULAR', { file: name }));
    const handle = await fs.open(file, readFlags(followLink));
    try {
      // Asked again of what was really opened: the name can have been given to something else in between.
      const stat = await handle.stat();
      if (!stat.isFile()) return fail(appErrorOf('FILE_NOT_REGULAR', { file: name }));
      const bytes = stat.size > maxBytes ? null : await readAll(handle, stat.size, maxBytes);
      if (bytes === null) return fail(appErrorOf('INPUT_TOO_LARGE', { what: name, max: maxBytes }));
      return ok({ bytes, mode: stat.mode & 0o777, ...stampOf(stat) });
    } finally {
      await handle.close();
    }
  } catch (cause) {
    if (!followLink && systemCode(cause) === 'ELOOP') return linkRefused(fs, file, name);
    return fail(readError(cause, name));
  }
}

async function linkRefused(fs: FileSystem, file: string, name: string): Promise<Result<never>> {
  const pointsTo = await fs.readlink(file).catch(() => '');
  return fail(appErrorOf('FILE_IS_LINK', { file: name, pointsTo: escapeControls(pointsTo) }));
}

/** O_NONBLOCK: opening a pipe that nobody writes to would wait for ever. Windows has neither flag. */
function readFlags(followLink: boolean): number {
  const { O_RDONLY, O_NONBLOCK = 0, O_NOFOLLOW = 0 } = constants as Partial<typeof constants>;
  return (O_RDONLY ?? 0) | O_NONBLOCK | (followLink ? 0 : O_NOFOLLOW);
}

/** Reads to the end, not to the size: files under /proc say 0, and a log grows. Null when it is over the limit. */
async function readAll(handle: OpenFile, size: number, maxBytes: number): Promise<Uint8Array | null> {
  let buffer = new Uint8Array(Math.min(size, maxBytes) + 1);
  let length = 0;
  for (;;) {
    if (length === buffer.length) buffer = grown(buffer);
    const { bytesRead } = await handle.read(buffer, length, buffer.length - length, length);
    if (bytesRead === 0) return buffer.subarray(0, length);
    length += bytesRead;
    if (length > maxBytes) return null;
  }
}

function grown(buffer: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const larger = new Uint8Array(buffer.length + CHUNK_BYTES);
  larger.set(buffer);
  return larger;
}
