import { basename, dirname, join } from 'node:path';
import { appErrorOf } from '../../shared/errors.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { escapeControls } from '../../shared/text.ts';
import { writeError } from './file-errors.ts';
import { type FileStamp, type FileStat, type FileSystem, nodeFileSystem, orNull } from './file-system.ts';
import { forget, publish } from './publish.ts';
import { readBounded } from './read-bounded.ts';

/** Choices of one write. */
export interface WriteOptions {
  /** Permission bits of a new file. An existing file keeps its own, less what these do not allow. */
  mode: number;
  /** Replace the file that a symbolic link points to; default is to refuse a link. */
  followLink?: boolean;
  /** Keep the old file beside the new one as `name.<time>.bak`. */
  backup?: boolean;
  /** State that the file must still have just before it is replaced; null means that there must be none. */
  expected?: FileStamp | null;
  /** The file as the user knows it, for errors; default is its base name. */
  name?: string;
  /** For the backup's name. */
  now?: () => Date;
  fs?: FileSystem;
  platform?: NodeJS.Platform;
}

/** What came of a write. */
export interface Written {
  bytes: number;
  /** Name of the backup beside the file; '' when none was made. */
  backup: string;
  /** False when the file is complete and in place, but the system could not confirm that its name is on the disk yet. */
  flushed: boolean;
}

interface Target {
  path: string;
  existing: FileStat | null;
}

const MAX_BACKUP_BYTES = 256 * 1024 * 1024;

/**
 * Replaces or makes a file so that at every moment, also after a kill or a full disk, it holds either all of its old
 * content or all of the new. Errors: STORAGE_FULL, STORAGE_DENIED, STORAGE_FAILED, FILE_IS_LINK, FILE_NOT_REGULAR,
 * FILE_NOT_FOUND (a followed link that leads nowhere), FILE_CHANGED; after each of them the old file is as it was.
 */
export async function writeDurably(
  file: string,
  data: string | Uint8Array,
  options: WriteOptions,
): Promise<Result<Written>> {
  const fs = options.fs ?? nodeFileSystem;
  const name = options.name ?? basename(file);
  const bytes = typeof data === 'string' ? Buffer.from(data, 'utf8') : data;
  try {
    const target = await findTarget(fs, file, name, options.followLink ?? false);
    if (!target.ok) return target;
    const backup = await keepBackup(fs, target.value, name, options);
    if (!backup.ok) return backup;
    const replaced = await replace(fs, target.value, bytes, name, options);
    if (!replaced.ok && backup.value !== '') await forget(fs, join(dirname(target.value.path), backup.value));
    return replaced.ok ? ok({ bytes: bytes.length, backup: backup.value, flushed: replaced.value }) : replaced;
  } catch (cause) {
    return fail(writeError(cause, name));
  }
}

/** Publishes the new content; a failure is a value, so that the backup made for it can be taken back. */
async function replace(
  fs: FileSystem,
  { path, existing }: Target,
  bytes: Uint8Array,
  name: string,
  { mode, expected, platform = process.platform }: WriteOptions,
): Promise<Result<boolean>> {
  try {
    return await publish(fs, path, bytes, { mode, expected, platform, name, replaces: existing });
  } catch (cause) {
    return fail(writeError(cause, name));
  }
}

async function findTarget(fs: FileSystem, file: string, name: string, followLink: boolean): Promise<Result<Target>> {
  let path = file;
  let existing = await orNull(fs.lstat(file));
  if (existing?.isSymbolicLink()) {
    if (!followLink) {
      const pointsTo = escapeControls(await fs.readlink(file));
      return fail(appErrorOf('FILE_IS_LINK', { file: name, pointsTo }));
    }
    const resolved = await orNull(fs.realpath(file));
    if (resolved === null) return fail(appErrorOf('FILE_NOT_FOUND', { file: name }));
    path = resolved;
    existing = await fs.lstat(path);
  }
  if (existing && !existing.isFile()) return fail(appErrorOf('FILE_NOT_REGULAR', { file: name }));
  return ok({ path, existing });
}

/** Copies the old file beside itself. A copy and not a hard link: not every disk has links. */
async function keepBackup(
  fs: FileSystem,
  { path, existing }: Target,
  name: string,
  { backup = false, now = () => new Date(), mode, platform = process.platform }: WriteOptions,
): Promise<Result<string>> {
  if (!backup || !existing) return ok('');
  const old = await readBounded(path, MAX_BACKUP_BYTES, { fs, name });
  if (!old.ok) return old;
  // No colons: Windows does not take them.
  const stamp = now().toISOString().replace(/:/g, '-');
  for (let attempt = 0; ; attempt += 1) {
    const backupName = `${basename(path)}.${stamp}${attempt === 0 ? '' : `-${attempt}`}.bak`;
    const backupPath = join(dirname(path), backupName);
    if ((await orNull(fs.lstat(backupPath))) !== null) continue;
    const published = await publish(fs, backupPath, old.value.bytes, { mode, name, replaces: existing, platform });
    return published.ok ? ok(backupName) : published;
  }
}
