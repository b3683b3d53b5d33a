import { dirname, join } from 'node:path';
import { appErrorOf } from '../../shared/errors.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { OWNER_NOT_KEPT, systemCode, systemError } from './file-errors.ts';
import {
  type FileStamp,
  type FileStat,
  type FileSystem,
  type OpenFile,
  orNull,
  sameStamp,
  stampOf,
} from './file-system.ts';
import { temporaryName } from './temporary-files.ts';

const RENAME_PATIENCE_MS = 2_000;

/** Owner, group and mode of the file that is being replaced. */
type Access = Pick<FileStat, 'mode' | 'uid' | 'gid'>;

/** How to publish; see WriteOptions. */
export interface PublishOptions {
  mode: number;
  name: string;
  replaces: Access | null;
  expected?: FileStamp | null | undefined;
  platform: NodeJS.Platform;
}

/**
 * Writes a temporary file beside `path` and gives it that name when it is complete. Returns whether the directory could
 * be flushed. Throws system errors, and fails with FILE_CHANGED; either way `path` is then as it was and the temporary
 * file is gone.
 */
export async function publish(
  fs: FileSystem,
  path: string,
  bytes: Uint8Array,
  { mode, name, replaces, expected, platform }: PublishOptions,
): Promise<Result<boolean>> {
  const temporary = join(dirname(path), temporaryName());
  try {
    await writeTemporary(fs, temporary, bytes, mode, replaces, platform);
    if (expected !== undefined && !sameStamp(await stampAt(fs, path), expected)) {
      await forget(fs, temporary);
      return fail(appErrorOf('FILE_CHANGED', { file: name }));
    }
    await renameOver(fs, temporary, path, platform);
  } catch (cause) {
    await forget(fs, temporary);
    throw cause;
  }
  return ok(await flushDirectory(fs, dirname(path), platform));
}

/** Removes one of our own files; what cannot be removed now is removed by the sweep. */
export async function forget(fs: FileSystem, path: string): Promise<void> {
  await fs.unlink(path).catch(() => undefined);
}

async function writeTemporary(
  fs: FileSystem,
  path: string,
  bytes: Uint8Array,
  mode: number,
  replaces: Access | null,
  platform: NodeJS.Platform,
): Promise<void> {
  const finalMode = replaces ? replaces.mode & mode & 0o777 : mode;
  // Ours alone until owner and mode are set; then opened up as far as the old file was.
  const handle = await fs.open(path, 'wx', replaces ? 0o600 : finalMode);
  try {
    await writeAll(handle, bytes);
    if (replaces && platform !== 'win32') await takeOver(handle, replaces, finalMode);
    await handle.sync();
    // Some file systems take a write in silence and store less of it.
    if ((await handle.stat()).size !== bytes.length) throw systemError('EIO');
  } catch (cause) {
    await handle.close().catch(() => undefined);
    throw cause;
  }
  await handle.close();
}

async function writeAll(handle: OpenFile, bytes: Uint8Array): Promise<void> {
  for (let offset = 0; offset < bytes.length; ) {
    const { bytesWritten } = await handle.write(bytes, offset, bytes.length - offset, offset);
    // A full disk answers a write with fewer bytes first, and some answer with none and no error.
    if (bytesWritten <= 0) throw systemError('ENOSPC');
    offset += bytesWritten;
  }
}

/** Gives the new file the owner, group and mode of the old one: the service that reads it must still be able to. */
async function takeOver(handle: OpenFile, replaces: Access, mode: number): Promise<void> {
  const { uid, gid } = await handle.stat();
  if (uid !== replaces.uid || gid !== replaces.gid) {
    await handle.chown(replaces.uid, replaces.gid).catch((cause) => {
      throw systemCode(cause) === 'EPERM' ? systemError(OWNER_NOT_KEPT) : cause;
    });
  }
  await handle.chmod(mode);
}

/** On Windows a virus scanner or an indexer holds a fresh file for a moment; elsewhere the first answer counts. */
async function renameOver(fs: FileSystem, from: string, to: string, platform: NodeJS.Platform): Promise<void> {
  const deadline = performance.now() + RENAME_PATIENCE_MS;
  for (let pause = 10; ; pause *= 2) {
    try {
      await fs.rename(from, to);
      return;
    } catch (cause) {
      const code = systemCode(cause);
      const held = platform === 'win32' && (code === 'EPERM' || code === 'EACCES' || code === 'EBUSY');
      if (!held || performance.now() + pause > deadline) throw cause;
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }
}

/** The rename itself is safe only when the directory is on the disk (POSIX; Windows has no such call). */
async function flushDirectory(fs: FileSystem, directory: string, platform: NodeJS.Platform): Promise<boolean> {
  if (platform === 'win32') return true;
  try {
    const handle = await fs.open(directory, 'r');
    await handle.sync().finally(() => handle.close());
    return true;
  } catch (cause) {
    if (systemCode(cause) === null) throw cause;
    return false;
  }
}

async function stampAt(fs: FileSystem, path: string): Promise<FileStamp | null> {
  const stat = await orNull(fs.lstat(path));
  return stat && stampOf(stat);
}
