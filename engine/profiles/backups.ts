import { readdir, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { appErrorOf } from '../../shared/errors.ts';
import type { LibraryBackup } from '../../shared/library.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { tryMakeDirectory } from '../files/make-directory.ts';
import { readBounded } from '../files/read-bounded.ts';
import { writeDurably } from '../files/write-durably.ts';
import type { LibraryDocument } from './document.ts';
import { type LibrarySchema, readLibrary } from './read-library.ts';

/** Why a backup was made: before an ordinary save, or before a step that changes everything. */
export type BackupReason = 'save' | 'migration' | 'restore';

/** Bytes of the largest library file that is read. */
export const MAX_LIBRARY_BYTES = 256 * 1024 * 1024;

const KEEP_NEWEST = 10;
const KEEP_DAYS = 14;
const KEEP_SPECIAL = 5;
const NAME =
  /^library\.(\d{1,15})\.(\d{4}-\d\d-\d\d)T(\d\d)-(\d\d)-(\d\d\.\d{3}Z)(\.before-(?:migration|restore))?\.json$/;

interface BackupName {
  name: string;
  rev: number;
  day: string;
  at: string;
  special: boolean;
}

/** Keeps a copy of a file that was just read and found valid. Returns its name. */
export async function keepBackup(
  directory: string,
  bytes: Uint8Array,
  rev: number,
  reason: BackupReason,
  now: Date,
): Promise<Result<string>> {
  const time = now.toISOString().replace(/:/g, '-');
  const name = `library.${rev}.${time}${reason === 'save' ? '' : `.before-${reason}`}.json`;
  tryMakeDirectory(directory);
  const written = await writeDurably(join(directory, name), bytes, { mode: 0o600, name: 'the backup' });
  return written.ok ? ok(name) : written;
}

/** Names of all backups, newest first. Ordered by revision, not by time: a clock can have been set back. */
async function backupNames(directory: string): Promise<BackupName[]> {
  const names = await readdir(directory).catch(() => [] as string[]);
  return names
    .flatMap((name): BackupName[] => {
      const [, rev, day, hour, minute, second, special] = NAME.exec(name) ?? [];
      if (!rev || !day) return [];
      return [
        { name, rev: Number(rev), day, at: `${day}T${hour}:${minute}:${second}`, special: special !== undefined },
      ];
    })
    .sort((a, b) => b.rev - a.rev || b.at.localeCompare(a.at));
}

/** The highest revision that any backup is of; 0 when there is none. */
export async function highestBackupRev(directory: string): Promise<number> {
  const [newest] = await backupNames(directory);
  return newest?.rev ?? 0;
}

/** All backups that can be restored, newest first; a damaged one is left out. Reads every one. */
export async function listBackups(directory: string, schema: LibrarySchema): Promise<LibraryBackup[]> {
  const backups: LibraryBackup[] = [];
  for (const { name, at } of await backupNames(directory)) {
    const read = await readBackup(directory, name, schema);
    if (!read.ok) continue;
    const profiles = read.value.document.slots.filter((slot) => slot.kind === 'entry' && !slot.entry.deletedAt).length;
    backups.push({ name, at, profiles });
  }
  return backups;
}

/** Reads one backup by the name that {@link listBackups} gave it. Error: NOT_FOUND, also for a damaged one. */
export async function readBackup(
  directory: string,
  name: string,
  schema: LibrarySchema,
): Promise<Result<{ document: LibraryDocument }>> {
  const missing = fail(appErrorOf('NOT_FOUND', { what: 'backup', name: name.slice(0, 200) }));
  if (!NAME.test(name)) return missing;
  const read = await readBounded(join(directory, name), MAX_LIBRARY_BYTES, { followLink: false });
  if (!read.ok) return missing;
  const reading = readLibrary(read.value.bytes, schema);
  return reading.kind === 'ready' ? ok({ document: reading.document }) : missing;
}

/**
 * Removes backups beyond the newest 10, the newest of each of the last 14 days that have one, and the newest 5 made
 * before a restore or a migration.
 */
export async function pruneBackups(directory: string): Promise<void> {
  const all = await backupNames(directory);
  const keep = new Set(all.slice(0, KEEP_NEWEST));
  for (const backup of all.filter(({ special }) => special).slice(0, KEEP_SPECIAL)) keep.add(backup);
  const days = new Map<string, BackupName>();
  for (const backup of all) if (!days.has(backup.day)) days.set(backup.day, backup);
  const recent = [...days.keys()].sort().reverse().slice(0, KEEP_DAYS);
  for (const day of recent) {
    const newest = days.get(day);
    if (newest) keep.add(newest);
  }
  for (const backup of all) {
    if (!keep.has(backup)) await unlink(join(directory, backup.name)).catch(() => undefined);
  }
}
