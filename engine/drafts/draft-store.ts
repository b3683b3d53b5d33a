import { readdir, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { type DraftToKeep, type KeptDraft, keptDraft } from '../../shared/draft.ts';
import { appErrorOf } from '../../shared/errors.ts';
import { LIMITS } from '../../shared/limits.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { tryMakeDirectory } from '../files/make-directory.ts';
import { readBounded } from '../files/read-bounded.ts';
import { sweepTemporaryFiles } from '../files/temporary-files.ts';
import { writeDurably } from '../files/write-durably.ts';

const VERSION = 1;
const KEEP_DAYS = 30;
const DAY_MS = 86_400_000;
const NAME = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\.json$/;

const draftFile = z.strictObject({ version: z.literal(VERSION), draft: keptDraft });

/** Unsaved edits on disk. */
export interface DraftStore {
  /** Keeps edits in place of those with the same id. Errors: INPUT_TOO_LARGE, STORAGE_FULL, _DENIED and _FAILED. */
  put(draft: DraftToKeep): Promise<Result<{ at: string }>>;
  /** All that can be read, newest first. */
  list(): Promise<KeptDraft[]>;
  /** Forgets edits. */
  drop(ids: readonly string[]): Promise<void>;
}

/**
 * Keeps unsaved edits as one file each (0600), so that the windows of several processes never write the same one. At most
 * LIMITS.drafts are kept, the oldest goes first; after 30 days they go as well.
 */
export function openDraftStore(directory: string, now: () => Date): DraftStore {
  // Calls of one window follow each other closely; in order, a drop never overtakes the put before it.
  let last: Promise<unknown> = Promise.resolve();
  const inOrder = <T>(work: () => Promise<T>): Promise<T> => {
    const next = last.then(work, work);
    last = next.catch(() => undefined);
    return next;
  };
  return {
    put: (draft) => inOrder(() => put(directory, draft, now())),
    list: () => inOrder(() => listFresh(directory, now())),
    drop: (ids) => inOrder(() => remove(directory, ids)),
  };
}

async function put(directory: string, draft: DraftToKeep, now: Date): Promise<Result<{ at: string }>> {
  const at = now.toISOString();
  const bytes = Buffer.from(JSON.stringify({ version: VERSION, draft: { ...draft, at } }));
  if (bytes.length > LIMITS.draftBytes) {
    return fail(appErrorOf('INPUT_TOO_LARGE', { what: 'The copy of the unsaved edits', max: LIMITS.draftBytes }));
  }
  tryMakeDirectory(directory);
  const name = 'the copy of the unsaved edits';
  const written = await writeDurably(join(directory, `${draft.id}.json`), bytes, { mode: 0o600, name });
  if (!written.ok) return written;
  await dropSurplus(directory);
  return ok({ at });
}

async function listFresh(directory: string, now: Date): Promise<KeptDraft[]> {
  await sweepTemporaryFiles(directory, DAY_MS, now);
  const all = await readAll(directory);
  const isOld = ({ at }: KeptDraft) => now.getTime() - Date.parse(at) > KEEP_DAYS * DAY_MS;
  await remove(directory, all.filter(isOld).map(idOf));
  return all.filter((draft) => !isOld(draft));
}

async function dropSurplus(directory: string): Promise<void> {
  const names = await draftNames(directory);
  if (names.length <= LIMITS.drafts) return;
  await remove(directory, (await readAll(directory)).slice(LIMITS.drafts).map(idOf));
}

async function remove(directory: string, ids: readonly string[]): Promise<void> {
  for (const id of ids) {
    // One that is gone already is as it should be; one that cannot be removed is offered again, and nothing is lost.
    await unlink(join(directory, `${id}.json`)).catch(() => undefined);
  }
}

/** All that can be read, newest first. A file that cannot, of a later version for instance, stays where it is. */
async function readAll(directory: string): Promise<KeptDraft[]> {
  const drafts: KeptDraft[] = [];
  for (const name of await draftNames(directory)) {
    const read = await readBounded(join(directory, name), LIMITS.draftBytes, { followLink: false });
    const draft = read.ok ? parse(Buffer.from(read.value.bytes).toString('utf8')) : null;
    if (draft && `${draft.id}.json` === name) drafts.push(draft);
  }
  return drafts.sort((a, b) => b.at.localeCompare(a.at));
}

async function draftNames(directory: string): Promise<string[]> {
  const names = await readdir(directory).catch(() => [] as string[]);
  return names.filter((name) => NAME.test(name));
}

function parse(text: string): KeptDraft | null {
  try {
    const parsed = draftFile.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data.draft : null;
  } catch {
    return null;
  }
}

function idOf({ id }: KeptDraft): string {
  return id;
}
