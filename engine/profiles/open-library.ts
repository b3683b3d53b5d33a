import type { SecretChange } from '../../shared/contract.ts';
import { appErrorOf } from '../../shared/errors.ts';
import type { ProfileSummary, StoredProfile } from '../../shared/library.ts';
import { LIMITS } from '../../shared/limits.ts';
import { type ProfileSettings, settingsOf } from '../../shared/profile.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { escapeControls } from '../../shared/text.ts';
import { tryMakeDirectory } from '../files/make-directory.ts';
import { secretsToCopy } from './copy-secrets.ts';
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
  withoutEntries,
} from './entries.ts';
import { createEntryChanges } from './entry-changes.ts';
import { LOCK_TIMING } from './library-lock.ts';
import { createLibraryStore } from './library-store.ts';
import { copyName } from './names.ts';
import type { LibraryOptions, NewProfile, ProfileLibrary } from './profile-library.ts';
import { LIBRARY_SCHEMA } from './read-library.ts';
import { planReplacement, type Replacement } from './replace-secret.ts';
import { readSecrets, storedProfileOf } from './secret-access.ts';
import { createSecretCommit } from './secret-commit.ts';
import { NO_SECRET_CHANGE, planSecrets, type SecretPlan } from './secret-plan.ts';
import { sweepLibrary } from './sweep.ts';

/** Opens the library of a data directory. Never fails: what is wrong shows in `state()` and in each result. */
export async function openLibrary(options: LibraryOptions): Promise<ProfileLibrary> {
  const { directory, vault, now, log, schema = LIBRARY_SCHEMA, lock = LOCK_TIMING, fs } = options;
  const user = escapeControls(options.user).slice(0, LIMITS.textLine).toWellFormed();
  const store = createLibraryStore({ directory, now, log, schema, lock, ...(fs && { fs }) });
  const { commit, removeUnused } = createSecretCommit(store, vault, now, log);

  tryMakeDirectory(directory);

  const stamp = (): Stamp => ({ at: now().toISOString(), by: user });
  const stored = (entry: Entry) => storedProfileOf(entry, vault);
  const { edit, move, moveMany } = createEntryChanges(commit, stored);
  const storedResult = async (entry: Result<Entry>) => (entry.ok ? ok(await stored(entry.value)) : entry);

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
    const { changes, boundTo } = await secretsToCopy(source.value, vault);
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
