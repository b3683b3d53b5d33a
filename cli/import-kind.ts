import { open, stat } from 'node:fs/promises';
import { packedAs } from '../engine/archives/walk.ts';
import { isBundle } from '../engine/bundle/bundle-file.ts';
import { isShellPipe, isStdin } from './bounded-file.ts';

/** What a path that is to be imported leads to; whatever cannot be looked at counts as a file, which then says why. */
export type ImportKind = 'file' | 'folder' | 'archive' | 'bundle';

/** Bytes that tell an archive: the mark of a tar stands behind the first name. */
const HEAD_BYTES = 512;

/** Looks at a path without reading more than its beginning. */
export async function importKindOf(path: string): Promise<ImportKind> {
  if (path === '' || isStdin(path) || (await isShellPipe(path))) return 'file';
  const found = await stat(path).catch(() => null);
  if (found?.isDirectory()) return 'folder';
  if (!found?.isFile()) return 'file';
  const head = await headOf(path).catch(() => new Uint8Array());
  if (isBundle(head)) return 'bundle';
  return packedAs(head) === null ? 'file' : 'archive';
}

async function headOf(path: string): Promise<Uint8Array> {
  const handle = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}
