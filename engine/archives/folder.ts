import type { Dirent } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { appErrorOf } from '../../shared/errors.ts';
import { LIMITS } from '../../shared/limits.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { readError } from '../files/file-errors.ts';
import { readBounded } from '../files/read-bounded.ts';
import { Budget, nameProblem, refusedEntry, unread, type Visit } from './found.ts';

/** Folders that hold what programs need, not what people set; they are named and not read. */
const SKIPPED = new Set(['.git', '.hg', '.svn', 'node_modules']);

/**
 * Reads the files of a folder and of those in it, by name. Links are not followed. Errors: FILE_NOT_FOUND,
 * FILE_UNREADABLE (of the folder itself), ARCHIVE_REFUSED, and what `visit` gives.
 */
export async function walkFolder(folder: string, visit: Visit): Promise<Result<void>> {
  const budget = new Budget();
  const pending = [''];
  for (let inner = pending.pop(); inner !== undefined; inner = pending.pop()) {
    const entries = await sorted(join(folder, inner));
    if (!entries.ok && inner === '') return entries;
    if (!entries.ok) {
      const end = await visit(unread(inner, entries.error));
      if (end) return fail(end);
      continue;
    }
    const below: string[] = [];
    for (const entry of entries.value) {
      const path = inner === '' ? entry.name : `${inner}/${entry.name}`;
      const over = budget.file();
      if (over) return fail(over);
      if (entry.isDirectory() && !SKIPPED.has(entry.name) && nameProblem(path) === null) {
        below.push(path);
        continue;
      }
      const file = await readOne(folder, path, entry);
      const large = file.bytes ? budget.bytes(file.bytes.length) : null;
      const end = large ?? (await visit(file));
      if (end) return fail(end);
    }
    pending.push(...below.reverse());
  }
  return ok(undefined);
}

async function sorted(folder: string): Promise<Result<Dirent[]>> {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    return ok(entries.sort((a, b) => (a.name < b.name ? -1 : 1)));
  } catch (cause) {
    return fail(readError(cause, basename(folder)));
  }
}

async function readOne(folder: string, path: string, entry: Dirent) {
  const reason = nameProblem(path);
  if (reason) return refusedEntry(path, reason);
  if (entry.isDirectory()) return refusedEntry(path, 'this folder belongs to programs.');
  if (entry.isSymbolicLink()) return refusedEntry(path, 'it is a link.');
  if (!entry.isFile()) return unread(path, appErrorOf('FILE_NOT_REGULAR', { file: path }));
  const read = await readBounded(join(folder, path), LIMITS.importBytes, { followLink: false, name: path });
  return read.ok ? { path, bytes: read.value.bytes, error: null } : unread(path, read.error);
}
