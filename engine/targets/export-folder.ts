import { createHash } from 'node:crypto';
import { mkdir, readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { type AppError, appErrorOf } from '../../shared/errors.ts';
import { type ExportManifest, MANIFEST_NAME, type ManifestFile } from '../../shared/export-set.ts';
import { describeError } from '../../shared/messages.ts';
import { settingsOf } from '../../shared/profile.ts';
import type { Progress } from '../../shared/progress.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { SecretPolicy } from '../../shared/target.ts';
import { readError, systemCode, writeError } from '../files/file-errors.ts';
import { foldedName } from '../files/unique-names.ts';
import { writeDurably } from '../files/write-durably.ts';
import type { ProfileLibrary } from '../profiles/profile-library.ts';
import type { SecretValues } from '../profiles/secret-access.ts';
import { secretsToInclude } from './export.ts';
import { composeFile, plannedFileOf, type SetFile, type SetPlan } from './export-set.ts';

/** Where a set is written, and how. */
export interface FolderExport {
  /** Absolute path; made when only its last part is missing. */
  folder: string;
  policy: SecretPolicy;
  /** The user's word to replace files of the same names; each is kept as a backup. */
  replace: boolean;
  library: Pick<ProfileLibrary, 'secretsFor'>;
  now: () => Date;
  signal: AbortSignal;
  onProgress: (progress: Progress) => void;
}

/** Names that an error lists. */
const LISTED = 10;

/**
 * Writes a set into a folder: the manifest first, with everything still planned, then file by file, each wholly or not at
 * all, then the manifest as it came out. So also after a kill it promises nothing that is not there. Errors: FILES_EXIST
 * before anything is written, and those of making the folder or writing the manifest.
 */
export async function writeSet(
  plan: SetPlan,
  options: FolderExport,
): Promise<Result<{ manifest: ExportManifest; cancelled: boolean }>> {
  const { folder, replace, signal, onProgress } = options;
  const ready = await openFolder(folder);
  if (!ready.ok) return ready;
  const taken = replace ? [] : takenNames(plan, ready.value);
  if (taken.length > 0) {
    const files = taken.slice(0, LISTED);
    return fail(appErrorOf('FILES_EXIST', { folder: basename(folder), files, count: taken.length }));
  }
  const announced = await writeManifest(
    folder,
    manifestOf(
      plan,
      plan.files.map((file) => unwritten(file, 'planned')),
      options,
    ),
    replace ? { backup: true } : { expected: null },
  );
  if (!announced.ok) return announced;
  const manifest = manifestOf(plan, await writeFiles(plan.files, options), options);
  const told = await writeManifest(folder, manifest, {});
  onProgress({ done: plan.files.length, total: plan.files.length, name: '' });
  return told.ok ? ok({ manifest, cancelled: signal.aborted && !manifest.complete }) : told;
}

/** Writes one file after another, until all are written, something ends it, or it is cancelled. */
async function writeFiles(files: readonly SetFile[], options: FolderExport): Promise<ManifestFile[]> {
  const { policy, signal, library, onProgress } = options;
  const entries = files.map((file) => unwritten(file, 'not-reached'));
  let secrets = new Map<string, SecretValues>();
  for (const [index, file] of files.entries()) {
    if (signal.aborted) break;
    onProgress({ done: index, total: files.length, name: file.file });
    const read = await secretsOf(file, policy, library, secrets);
    const written = read.ok ? await writeOne(file, read.value, options) : read;
    // Kept for the files of the same profile, which come one after another, and no longer.
    secrets = read.ok && file.members.length === 1 ? read.value : new Map();
    entries[index] = { ...unwritten(file, 'failed'), ...outcomeOf(written) };
    if (!written.ok && endsAll(written.error)) break;
  }
  return entries;
}

function unwritten(file: SetFile, state: ManifestFile['state']): ManifestFile {
  return { ...plannedFileOf(file), state, bytes: 0, sha256: '', backup: '', problem: '' };
}

/** The names in the folder, which is made when it is not there. */
async function openFolder(folder: string): Promise<Result<string[]>> {
  try {
    await mkdir(folder, { mode: 0o700 }).catch((cause) => {
      if (systemCode(cause) !== 'EEXIST') throw cause;
    });
  } catch (cause) {
    return fail(writeError(cause, basename(folder)));
  }
  try {
    return ok(await readdir(folder));
  } catch (cause) {
    if (systemCode(cause) === 'ENOTDIR') return fail(appErrorOf('NOT_A_FOLDER', { name: basename(folder) }));
    return fail(readError(cause, basename(folder)));
  }
}

/** Compared without case: a disk that folds it would put our file in the place of the other. */
function takenNames({ files }: SetPlan, existing: readonly string[]): string[] {
  const there = new Set(existing.map(foldedName));
  return [...files.map(({ file }) => file), MANIFEST_NAME].filter((name) => there.has(foldedName(name)));
}

async function secretsOf(
  { members }: SetFile,
  policy: SecretPolicy,
  library: FolderExport['library'],
  known: Map<string, SecretValues>,
): Promise<Result<Map<string, SecretValues>>> {
  const values = new Map<string, SecretValues>();
  if (policy !== 'include') return ok(values);
  for (const { profile } of members) {
    const settings = settingsOf(profile);
    const held = known.get(profile.id);
    const read = held ? ok(held) : await library.secretsFor(profile.id, settings, secretsToInclude(settings));
    if (!read.ok) return read;
    values.set(profile.id, read.value);
  }
  return ok(values);
}

async function writeOne(
  file: SetFile,
  secrets: ReadonlyMap<string, SecretValues>,
  { folder, policy, replace, now }: FolderExport,
): Promise<Result<{ bytes: number; sha256: string; backup: string }>> {
  const text = composeFile(file, policy, secrets);
  if (!text.ok) return text;
  const bytes = Buffer.from(text.value, 'utf8');
  const written = await writeDurably(join(folder, file.file), bytes, {
    mode: file.holdsSecret ? 0o600 : 0o644,
    now,
    ...(replace ? { backup: true } : { expected: null }),
  });
  if (!written.ok) return written;
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return ok({ bytes: bytes.length, sha256, backup: written.value.backup });
}

function outcomeOf(written: Awaited<ReturnType<typeof writeOne>>) {
  if (written.ok) return { state: 'written' as const, ...written.value };
  return { state: 'failed' as const, problem: describeError(written.error).what };
}

/** True for what would make every other file fail in the same way, or the system ask again for each. */
function endsAll({ code }: AppError): boolean {
  return code.startsWith('STORAGE_') || code.startsWith('KEYCHAIN_');
}

function manifestOf({ refused }: SetPlan, files: ManifestFile[], { policy, now }: FolderExport): ExportManifest {
  return {
    format: 'relaysmith-export',
    version: 1,
    createdAt: now().toISOString(),
    secrets: policy,
    complete: files.every(({ state }) => state === 'written'),
    files,
    refused: refused.map(({ target, profile, error }) => ({ target, profile, problem: describeError(error).what })),
  };
}

function writeManifest(
  folder: string,
  manifest: ExportManifest,
  options: { backup?: boolean; expected?: null },
): Promise<Result<unknown>> {
  const text = `${JSON.stringify(manifest, null, 2)}\n`;
  return writeDurably(join(folder, MANIFEST_NAME), text, { mode: 0o644, ...options });
}
