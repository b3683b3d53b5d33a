import { randomUUID } from 'node:crypto';
import { appErrorOf } from '../../shared/errors.ts';
import type { ProfileSummary, TrashedProfile } from '../../shared/library.ts';
import { LIMITS } from '../../shared/limits.ts';
import { type ProfileSettings, problemsOf } from '../../shared/profile.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { type Entry, type LibraryDocument, type SecretRecord, storable } from './document.ts';

/** Who did something, and when. */
export interface Stamp {
  at: string;
  by: string;
}

/** The records of a profile's secrets, by kind. */
export type SecretRecords = Entry['secrets'];

/** A document entry in the trash. */
export type TrashedEntry = Entry & { deletedAt: string };

const TRASH_DAYS = 30;
const DAY_MS = 86_400_000;

/** All readable profiles, those in the trash too. */
export function entriesOf({ slots }: LibraryDocument): Entry[] {
  return slots.flatMap((slot) => (slot.kind === 'entry' ? [slot.entry] : []));
}

/** The profiles outside the trash. */
export function activeEntries(document: LibraryDocument): Entry[] {
  return entriesOf(document).filter(({ deletedAt }) => deletedAt === undefined);
}

/** The profile of that id outside the trash. Error: NOT_FOUND. */
export function findActive(document: LibraryDocument, id: string): Result<Entry> {
  const entry = entriesOf(document).find(({ profile, deletedAt }) => profile.id === id && deletedAt === undefined);
  return entry ? ok(entry) : fail(appErrorOf('NOT_FOUND', { what: 'profile', name: id }));
}

/** The profile of that id in the trash. Error: NOT_FOUND. */
export function findTrashed(document: LibraryDocument, id: string): Result<TrashedEntry> {
  const entry = entriesOf(document).find(
    (each): each is TrashedEntry => each.profile.id === id && each.deletedAt !== undefined,
  );
  return entry ? ok(entry) : fail(appErrorOf('NOT_FOUND', { what: 'deleted profile', name: id }));
}

/** Checks settings that no schema has seen yet. Error: INVALID_INPUT. */
export function checkSettings(settings: ProfileSettings): Result<void> {
  const problems = problemsOf(settings);
  return problems.length === 0 ? ok(undefined) : fail(appErrorOf('INVALID_INPUT', { problems }));
}

/** A new entry with an id of its own. */
export function newEntry(settings: ProfileSettings, secrets: SecretRecords, stamp: Stamp): Entry {
  return storable({ profile: { ...settings, id: randomUUID(), created: stamp, updated: stamp }, revision: 1, secrets });
}

/** Appends entries. Error: LIBRARY_FULL. */
export function withAdded(document: LibraryDocument, entries: Entry[]): Result<LibraryDocument> {
  if (document.slots.length + entries.length > LIMITS.profiles) {
    return fail(appErrorOf('LIBRARY_FULL', { max: LIMITS.profiles }));
  }
  const added = entries.map((entry) => ({ kind: 'entry' as const, entry, unknown: [] }));
  return ok({ ...document, slots: [...document.slots, ...added] });
}

/** Puts an entry in the place of the one with its id. */
export function withReplaced(document: LibraryDocument, entry: Entry): LibraryDocument {
  const slots = document.slots.map((slot) =>
    slot.kind === 'entry' && slot.entry.profile.id === entry.profile.id ? { ...slot, entry } : slot,
  );
  return { ...document, slots };
}

/** Changes every entry of these ids that `applies` to, in one pass; returns the changed ones in the order of the file. */
export function withEach(
  document: LibraryDocument,
  ids: ReadonlySet<string>,
  applies: (entry: Entry) => boolean,
  change: (entry: Entry) => Entry,
): { document: LibraryDocument; changed: Entry[] } {
  const changed: Entry[] = [];
  const slots = document.slots.map((slot) => {
    if (slot.kind !== 'entry' || !ids.has(slot.entry.profile.id) || !applies(slot.entry)) return slot;
    const entry = change(slot.entry);
    changed.push(entry);
    return { ...slot, entry };
  });
  return { document: { ...document, slots }, changed };
}

/** Takes entries out for good. */
export function withoutEntries(document: LibraryDocument, ids: ReadonlySet<string>): LibraryDocument {
  const slots = document.slots.filter((slot) => slot.kind !== 'entry' || !ids.has(slot.entry.profile.id));
  return { ...document, slots };
}

/** An entry with new settings, one revision further. */
export function edited(entry: Entry, settings: ProfileSettings, secrets: SecretRecords, stamp: Stamp): Entry {
  const { id, created } = entry.profile;
  return storable({ profile: { ...settings, id, created, updated: stamp }, revision: entry.revision + 1, secrets });
}

/** An entry in the trash. */
export function trashed(entry: Entry, deletedAt: string): TrashedEntry {
  return { ...entry, deletedAt };
}

/** An entry out of the trash. */
export function untrashed({ deletedAt: _deletedAt, ...entry }: TrashedEntry): Entry {
  return entry;
}

/** When a deleted profile goes for good. */
export function purgeTime({ deletedAt }: TrashedEntry): Date {
  return new Date(Date.parse(deletedAt) + TRASH_DAYS * DAY_MS);
}

/** A row of the list. The last result is not the library's to know. */
export function summaryOf({ profile, revision }: Entry): ProfileSummary {
  const { id, name, organizations, status, environment = null, provider, server, sender, updated } = profile;
  const { host, port, security } = server;
  const products = Object.keys(profile.products);
  const from = sender.from.address;
  const row = { id, revision, name, organizations, status, host, port, security, provider, from, products };
  return { ...row, environment, updatedAt: updated.at, lastResult: null };
}

/** A row of the trash. */
export function trashRowOf(entry: TrashedEntry): TrashedProfile {
  const { id, name, server } = entry.profile;
  return { id, name, host: server.host, deletedAt: entry.deletedAt, purgeAt: purgeTime(entry).toISOString() };
}

/** Every vault ref that a document's readable profiles use, with where it is kept. */
export function refsOf(document: LibraryDocument): Map<string, SecretRecord['storage']> {
  const refs = new Map<string, SecretRecord['storage']>();
  for (const { secrets } of entriesOf(document)) {
    for (const record of Object.values(secrets)) if (record.ref !== '') refs.set(record.ref, record.storage);
  }
  return refs;
}

/** True when a profile uses the ref, also one that cannot be read: its secret must outlive the repair. */
export function isReferenced(document: LibraryDocument, ref: string): boolean {
  if (refsOf(document).has(ref)) return true;
  return document.slots.some((slot) => slot.kind === 'quarantined' && JSON.stringify(slot.raw).includes(ref));
}
