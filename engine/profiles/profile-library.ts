import type { SecretChange } from '../../shared/contract.ts';
import { appErrorOf } from '../../shared/errors.ts';
import type { LibraryState, ProfileSummary, SaveOutcome, StoredProfile, TrashedProfile } from '../../shared/library.ts';
import { LIMITS } from '../../shared/limits.ts';
import { type ProfileSettings, settingsOf } from '../../shared/profile.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { Destination, SecretKind } from '../../shared/secrets.ts';
import { escapeControls } from '../../shared/text.ts';
import type { FileSystem } from '../files/file-system.ts';
import { tryMakeDirectory } from '../files/make-directory.ts';
import type { Logger } from '../ports.ts';
import type { SecretVault } from '../secrets/vault.ts';
import type { Entry, LibraryDocument } from './document.ts';
import {
  activeEntries,
  checkSettings,
  edited,
  entriesOf,
  findActive,
  findTrashed,
  newEntry,
  purgeTime,
  type Stamp,
  summaryOf,
  type TrashedEntry,
  trashed,
  trashRowOf,
  untrashed,
  withAdded,
  withEach,
  withoutEntries,
  withReplaced,
} from './entries.ts';
import { LOCK_TIMING, type LockTiming } from './library-lock.ts';
import { type Change, createLibraryStore } from './library-store.ts';
import { copyName } from './names.ts';
import { LIBRARY_SCHEMA, type LibrarySchema } from './read-library.ts';
import { planReplacement, type Replacement } from './replace-secret.ts';
import { readSecrets, type SecretValues, storedProfileOf } from './secret-access.ts';
import { createSecretCommit } from './secret-commit.ts';
import { NO_SECRET_CHANGE, planSecrets, type SecretPlan } from './secret-plan.ts';
import { type Swept, sweepLibrary } from './sweep.ts';

/** What a library is opened with. */
export interface LibraryOptions {
  /** Absolute path of the data directory; made with mode 0700 when it is not there. */
  directory: string;
  vault: SecretVault;
  now: () => Date;
  /** Login name, for who made and changed a profile. */
  user: string;
  log: Logger;
  /** Only tests pass these. */
  schema?: LibrarySchema;
  lock?: LockTiming;
  fs?: FileSystem;
}

/** Settings and secrets of a profile to make. */
export interface NewProfile {
  settings: ProfileSettings;
  secrets: readonly SecretChange[];
}

/**
 * The stored profiles. Every change is safe against other processes, a kill at any point and a full disk. Errors of all
 * changes: LIBRARY_READ_ONLY, LIBRARY_BUSY, STORAGE_*; with secrets also KEYCHAIN_*, SECRET_TOO_LONG. Errors of all
 * reads: LIBRARY_READ_ONLY (damaged, so there is nothing to show), FILE_UNREADABLE.
 */
export interface ProfileLibrary {
  state(): Promise<LibraryState>;
  /** Puts a backup in place of a damaged (or sound) library, which is kept. Error: NOT_FOUND. */
  restoreBackup(name: string): Promise<Result<LibraryState>>;
  /** All profiles outside the trash, oldest first. */
  list(): Promise<Result<ProfileSummary[]>>;
  /** Error: NOT_FOUND, also for one in the trash. */
  get(id: string): Promise<Result<StoredProfile>>;
  /** Several at once, in the order of their ids; null gives all outside the trash. Error: NOT_FOUND for the first lacking. */
  getMany(ids: readonly string[] | null): Promise<Result<StoredProfile[]>>;
  /** Errors: INVALID_INPUT, LIBRARY_FULL. */
  create(settings: ProfileSettings, secrets: readonly SecretChange[]): Promise<Result<StoredProfile>>;
  /** Makes all or none, in one write. Errors as {@link ProfileLibrary.create}. */
  createMany(profiles: readonly NewProfile[]): Promise<Result<StoredProfile[]>>;
  /** `revision` is the one that the edit began with; when it is not the latest, nothing is written. */
  save(
    id: string,
    revision: number,
    settings: ProfileSettings,
    secrets: readonly SecretChange[],
  ): Promise<Result<SaveOutcome>>;
  /** Changes one profile's secrets and nothing else, so its revision stays. */
  changeSecrets(id: string, secrets: readonly SecretChange[]): Promise<Result<StoredProfile>>;
  /**
   * Puts a value that a server issued in the place of the stored one, which stays bound to its destination. False when
   * none is stored, or another one by now: then nothing changes. Errors: as changes of secrets, SECRET_CORRUPT.
   */
  replaceSecret(id: string, replacement: Replacement): Promise<Result<boolean>>;
  /** Copies settings and, where they can be read, secrets. */
  duplicate(id: string): Promise<Result<StoredProfile>>;
  setStatus(id: string, revision: number, status: ProfileSettings['status']): Promise<Result<SaveOutcome>>;
  /** The same for many in one write, whatever their revisions; those that have it already or are gone stay out. */
  setStatusMany(ids: readonly string[], status: ProfileSettings['status']): Promise<Result<ProfileSummary[]>>;
  /** Moves to the trash, where it stays 30 days with its secrets. */
  delete(id: string): Promise<Result<TrashedProfile>>;
  /** The same for many in one write; those that are gone already stay out. */
  deleteMany(ids: readonly string[]): Promise<Result<TrashedProfile[]>>;
  /** The trash, latest first. */
  trash(): Promise<Result<TrashedProfile[]>>;
  restore(id: string): Promise<Result<StoredProfile>>;
  /** The same for many in one write; those that are not in the trash stay out. */
  restoreMany(ids: readonly string[]): Promise<Result<ProfileSummary[]>>;
  /** Removes from the trash for good, secrets too. */
  purge(id: string): Promise<Result<void>>;
  /** Clears away what has expired or was left behind by a kill. Touches the keychain only when it is known to be ready. */
  sweep(): Promise<Result<Swept>>;
  /** True when a profile was ever stored here. */
  hasEverStored(): Promise<boolean>;
  /**
   * The secrets of a stored profile for a run with `settings` (which may be an unsaved edit of it). A secret comes out
   * only when it was saved for the destination of these settings. `optional` kinds are left out when not stored.
   * Errors: NOT_FOUND, SECRET_NEEDED, SECRET_MISSING, SECRET_CORRUPT, KEYCHAIN_*.
   */
  secretsFor(
    id: string,
    settings: ProfileSettings,
    kinds: readonly SecretKind[],
    optional?: readonly SecretKind[],
  ): Promise<Result<SecretValues>>;
}

/** Opens the library of a data directory. Never fails: what is wrong shows in `state()` and in each result. */
export async function openLibrary(options: LibraryOptions): Promise<ProfileLibrary> {
  const { directory, vault, now, log, schema = LIBRARY_SCHEMA, lock = LOCK_TIMING, fs } = options;
  const user = escapeControls(options.user).slice(0, LIMITS.textLine).toWellFormed();
  const store = createLibraryStore({ directory, now, log, schema, lock, ...(fs && { fs }) });
  const { commit, removeUnused } = createSecretCommit(store, vault, now, log);

  tryMakeDirectory(directory);

  const stamp = (): Stamp => ({ at: now().toISOString(), by: user });
  const stored = (entry: Entry) => storedProfileOf(entry, vault);
  const storedResult = async (entry: Result<Entry>) => (entry.ok ? ok(await stored(entry.value)) : entry);

  /** Changes one profile, if it is still at the revision that the edit began with. */
  async function edit(id: string, revision: number, plan: SecretPlan, change: (entry: Entry) => Entry) {
    const outcome = await commit(plan.puts, (document): Result<Change<{ saved: boolean; entry: Entry }>> => {
      const found = findActive(document, id);
      if (!found.ok) return found;
      if (found.value.revision !== revision) return ok({ document: null, value: { saved: false, entry: found.value } });
      const entry = change(found.value);
      return ok({ document: withReplaced(document, entry), value: { saved: true, entry } });
    });
    if (!outcome.ok) return outcome;
    const { saved, entry } = outcome.value;
    const shown = await stored(entry);
    return ok<SaveOutcome>(saved ? { outcome: 'saved', stored: shown } : { outcome: 'conflict', theirs: shown });
  }

  /** Changes one profile whatever its revision. */
  async function move<E extends Entry>(
    find: (document: LibraryDocument) => Result<E>,
    change: (entry: E) => Entry,
    plan: SecretPlan = NO_SECRET_CHANGE,
  ): Promise<Result<Entry>> {
    return commit(plan.puts, (document) => {
      const found = find(document);
      if (!found.ok) return found;
      const entry = change(found.value);
      return ok({ document: withReplaced(document, entry), value: entry });
    });
  }

  /** Changes every one of these profiles that `applies` to, whatever their revisions, in one write. */
  function moveMany(
    ids: readonly string[],
    applies: (entry: Entry) => boolean,
    change: (entry: Entry) => Entry,
  ): Promise<Result<Entry[]>> {
    const wanted = new Set(ids);
    return commit([], (latest) => {
      const { document, changed } = withEach(latest, wanted, applies, change);
      return ok({ document: changed.length > 0 ? document : null, value: changed });
    });
  }

  async function addAll(profiles: readonly { settings: ProfileSettings; plan: SecretPlan }[]) {
    const entries = profiles.map(({ settings, plan }) => newEntry(settings, plan.apply({}), stamp()));
    const puts = profiles.flatMap(({ plan }) => plan.puts);
    const added = await commit(puts, (document) => {
      const next = withAdded(document, entries);
      return next.ok ? ok({ document: next.value, value: undefined }) : next;
    });
    return added.ok ? ok(await Promise.all(entries.map(stored))) : added;
  }

  async function createMany(profiles: readonly NewProfile[]): Promise<Result<StoredProfile[]>> {
    const planned: { settings: ProfileSettings; plan: SecretPlan }[] = [];
    for (const { settings, secrets } of profiles) {
      const plan = checkedPlan(settings, secrets);
      if (!plan.ok) return plan;
      planned.push({ settings, plan: plan.value });
    }
    return planned.length === 0 ? ok([]) : addAll(planned);
  }

  /** The readable secrets of an entry as changes that set them on a copy, each bound to what it was bound to. */
  async function secretsToCopy({ secrets }: Entry) {
    const changes: SecretChange[] = [];
    const boundTo: Partial<Record<SecretKind, Destination>> = {};
    for (const [kind, record] of Object.entries(secrets) as [SecretKind, Entry['secrets'][SecretKind]][]) {
      if (!record) continue;
      boundTo[kind] = record.destination;
      if (record.storage === 'ask') changes.push({ action: 'ask', kind });
      else {
        const read = await vault.get(record.ref, record.storage, kind);
        if (read.ok && read.value !== null) {
          changes.push({ action: 'set', kind, value: read.value, storage: record.storage });
        }
      }
    }
    return { changes, boundTo };
  }

  async function activeEntry(id: string): Promise<Result<Entry>> {
    const document = await store.document();
    return document.ok ? findActive(document.value, id) : document;
  }

  async function replaceSecret(id: string, replacement: Replacement): Promise<Result<boolean>> {
    const entry = await activeEntry(id);
    if (!entry.ok) return entry;
    const plan = await planReplacement(entry.value, replacement, vault);
    if (!plan.ok || plan.value === null) return plan.ok ? ok(false) : plan;
    const { apply, puts } = plan.value;
    const change = (latest: Entry) => ({ ...latest, secrets: apply(latest.secrets) });
    const moved = await move((latest) => findActive(latest, id), change, plan.value);
    return moved.ok ? ok(moved.value.secrets[replacement.kind]?.ref === puts[0]?.ref) : moved;
  }

  async function duplicate(id: string): Promise<Result<StoredProfile>> {
    const document = await store.document();
    if (!document.ok) return document;
    const source = findActive(document.value, id);
    if (!source.ok) return source;
    const taken = new Set(entriesOf(document.value).map(({ profile }) => profile.name));
    const original = settingsOf(source.value.profile);
    const settings = { ...original, name: copyName(original.name, taken) };
    const { changes, boundTo } = await secretsToCopy(source.value);
    const plan = planSecrets(settings, changes, boundTo);
    if (!plan.ok) return plan;
    const added = await addAll([{ settings, plan: plan.value }]);
    return added.ok ? first(added.value) : added;
  }

  return {
    state: store.state,
    restoreBackup: async (name) => {
      const restored = await store.restore(name);
      return restored.ok ? ok(await store.state()) : restored;
    },
    list: async () => {
      const document = await store.document();
      if (!document.ok) return document;
      return ok(listOf(document.value));
    },
    get: async (id) => storedResult(await activeEntry(id)),
    getMany: async (ids) => {
      const document = await store.document();
      if (!document.ok) return document;
      const active = new Map(activeEntries(document.value).map((entry) => [entry.profile.id, entry]));
      const lacking = ids?.find((id) => !active.has(id));
      if (lacking !== undefined) return fail(appErrorOf('NOT_FOUND', { what: 'profile', name: lacking }));
      const wanted = ids === null ? [...active.values()] : ids.flatMap((id) => active.get(id) ?? []);
      return ok(await Promise.all(wanted.map(stored)));
    },
    create: async (settings, secrets) => {
      const made = await createMany([{ settings, secrets }]);
      return made.ok ? first(made.value) : made;
    },
    createMany,
    save: async (id, revision, settings, secrets) => {
      const plan = checkedPlan(settings, secrets);
      if (!plan.ok) return plan;
      return edit(id, revision, plan.value, (entry) =>
        edited(entry, settings, plan.value.apply(entry.secrets), stamp()),
      );
    },
    changeSecrets: async (id, secrets) => {
      const entry = await activeEntry(id);
      if (!entry.ok) return entry;
      const settings = settingsOf(entry.value.profile);
      const plan = planSecrets(settings, secrets);
      if (!plan.ok) return plan;
      // What the user saw when typing the secret is what it is for, even if the profile changes in between.
      const change = (latest: Entry) => ({ ...latest, secrets: plan.value.apply(latest.secrets) });
      return storedResult(await move((latest) => findActive(latest, id), change, plan.value));
    },
    replaceSecret,
    duplicate,
    setStatus: (id, revision, status) =>
      edit(id, revision, NO_SECRET_CHANGE, (entry) =>
        edited(entry, { ...settingsOf(entry.profile), status }, entry.secrets, stamp()),
      ),
    setStatusMany: async (ids, status) => {
      const by = stamp();
      const moved = await moveMany(
        ids,
        ({ profile, deletedAt }) => deletedAt === undefined && profile.status !== status,
        (entry) => edited(entry, { ...settingsOf(entry.profile), status }, entry.secrets, by),
      );
      return moved.ok ? ok(moved.value.map(summaryOf)) : moved;
    },
    delete: async (id) => {
      const { at } = stamp();
      const moved = await move(
        (document) => findActive(document, id),
        (entry) => trashed(entry, at),
      );
      return moved.ok ? ok(trashRowOf(trashed(moved.value, at))) : moved;
    },
    deleteMany: async (ids) => {
      const { at } = stamp();
      const moved = await moveMany(
        ids,
        ({ deletedAt }) => deletedAt === undefined,
        (entry) => trashed(entry, at),
      );
      return moved.ok ? ok(moved.value.map((entry) => trashRowOf(trashed(entry, at)))) : moved;
    },
    trash: async () => {
      const document = await store.document();
      if (!document.ok) return document;
      const inTrash = entriesOf(document.value).flatMap((entry) =>
        entry.deletedAt === undefined ? [] : [trashed(entry, entry.deletedAt)],
      );
      return ok(inTrash.sort((a, b) => purgeTime(b).getTime() - purgeTime(a).getTime()).map(trashRowOf));
    },
    restore: async (id) => storedResult(await move((document) => findTrashed(document, id), untrashed)),
    restoreMany: async (ids) => {
      const moved = await moveMany(ids, isTrashed, (entry) => (isTrashed(entry) ? untrashed(entry) : entry));
      return moved.ok ? ok(moved.value.map(summaryOf)) : moved;
    },
    purge: (id) =>
      commit([], (document) => {
        const found = findTrashed(document, id);
        if (!found.ok) return found;
        return ok({ document: withoutEntries(document, new Set([id])), value: undefined });
      }),
    sweep: () => sweepLibrary({ directory, store, commit, removeUnused, vault, now }),
    hasEverStored: store.exists,
    secretsFor: async (id, settings, kinds, optional = []) => {
      const entry = await activeEntry(id);
      return entry.ok ? readSecrets(entry.value, settings, kinds, optional, vault) : entry;
    },
  };
}

const rowsOf = new WeakMap<LibraryDocument, ProfileSummary[]>();

/** The rows of a document, made once and frozen: a document never changes, and every window asks again and again. */
function listOf(document: LibraryDocument): ProfileSummary[] {
  const known = rowsOf.get(document);
  if (known) return known;
  const rows = Object.freeze(activeEntries(document).map(summaryOf)) as ProfileSummary[];
  rowsOf.set(document, rows);
  return rows;
}

function isTrashed(entry: Entry): entry is TrashedEntry {
  return entry.deletedAt !== undefined;
}

function checkedPlan(settings: ProfileSettings, secrets: readonly SecretChange[]): Result<SecretPlan> {
  const valid = checkSettings(settings);
  return valid.ok ? planSecrets(settings, secrets) : valid;
}

function first<T>(values: T[]): Result<T> {
  const [value] = values;
  if (value === undefined) throw new Error('One profile in must give one profile out');
  return ok(value);
}
