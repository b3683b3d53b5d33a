import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type { AppError } from '../../shared/errors.ts';
import { LIMITS } from '../../shared/limits.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { readError } from '../files/file-errors.ts';
import { readBounded } from '../files/read-bounded.ts';
import { walkFolder } from './folder.ts';
import type { Visit } from './found.ts';

/** What bytes are packed as; null for a plain file. Told by their beginning, never by a name. */
export function packedAs(bytes: Uint8Array): 'zip' | 'gzip' | 'tar' | null {
  const [a, b, c, d] = bytes;
  // "PK" with 3 4 (a file), or 5 6 (an empty archive).
  if (a === 0x50 && b === 0x4b && ((c === 3 && d === 4) || (c === 5 && d === 6))) return 'zip';
  if (a === 0x1f && b === 0x8b) return 'gzip';
  // POSIX and GNU write this behind the first name.
  const mark = Buffer.from(bytes.subarray(257, 262)).toString('latin1');
  return mark === 'ustar' ? 'tar' : null;
}

/** Reads a folder, an archive or a plain file; a folder's or archive's files one after another, nothing of it to disk. */
export async function walkPath(path: string, visit: Visit): Promise<Result<void>> {
  const isFolder = await stat(path).then(
    (found) => ok(found.isDirectory()),
    (cause: unknown) => fail(readError(cause, basename(path))),
  );
  if (!isFolder.ok) return isFolder;
  if (isFolder.value) return walkFolder(path, visit);
  const read = await readBounded(path, LIMITS.archiveBytes);
  return read.ok ? walkBytes(basename(path), read.value.bytes, visit) : read;
}

/** Reads an archive or a plain file that is in memory. */
export async function walkBytes(name: string, bytes: Uint8Array, visit: Visit): Promise<Result<void>> {
  switch (packedAs(bytes)) {
    case 'zip':
      return (await import('./zip.ts')).walkZip(bytes, visit);
    case 'tar':
      return (await import('./tar.ts')).walkTar(bytes, visit);
    case 'gzip':
      return walkGzip(name, bytes, visit);
    case null: {
      const end: AppError | null = await visit({ path: name, bytes, error: null });
      return end ? fail(end) : ok(undefined);
    }
  }
}

async function walkGzip(name: string, bytes: Uint8Array, visit: Visit): Promise<Result<void>> {
  const { unzipped, walkTar } = await import('./tar.ts');
  const inner = await unzipped(bytes);
  if (!inner.ok) return inner;
  if (packedAs(inner.value) === 'tar') return walkTar(inner.value, visit);
  const end = await visit({ path: name.replace(/\.gz$/i, ''), bytes: inner.value, error: null });
  return end ? fail(end) : ok(undefined);
}
