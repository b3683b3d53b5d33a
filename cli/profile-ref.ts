import type { Engine } from '../engine/index.ts';
import { appErrorOf } from '../shared/errors.ts';
import type { ProfileSummary, StoredProfile, TrashedProfile } from '../shared/library.ts';
import { type CliResult, usage } from './failure.ts';

/** Fewest characters of an id that name a profile. */
const MIN_PREFIX = 4;

interface Named {
  id: string;
  name: string;
}

/** Finds a profile by id, exact name, or unique beginning of an id (at least 4 characters). */
export async function findProfile(engine: Engine, reference: string): Promise<CliResult<ProfileSummary>> {
  const list = await engine.client('profiles.list', {});
  return list.ok ? pick(list.value, reference, 'profile') : list;
}

/** The same among the deleted profiles. */
export async function findTrashed(engine: Engine, reference: string): Promise<CliResult<TrashedProfile>> {
  const list = await engine.client('profiles.trash', {});
  return list.ok ? pick(list.value, reference, 'profile in the trash') : list;
}

/** Finds a profile and loads it whole. */
export async function loadProfile(engine: Engine, reference: string): Promise<CliResult<StoredProfile>> {
  const found = await findProfile(engine, reference);
  return found.ok ? engine.client('profiles.get', { id: found.value.id }) : found;
}

/** The profiles of several references, each once and in their order, or all of them. */
export async function chosenProfiles(
  engine: Engine,
  references: readonly string[],
  all: boolean,
): Promise<CliResult<ProfileSummary[]>> {
  if (all === references.length > 0) {
    return usage('This needs profiles, or --all.', 'Name one or more; relaysmith list shows them.');
  }
  const list = await engine.client('profiles.list', {});
  if (!list.ok) return list;
  if (all && list.value.length === 0) return usage('There are no profiles yet.', 'Make one with relaysmith create.');
  if (all) return list;
  const chosen = new Map<string, ProfileSummary>();
  for (const reference of references) {
    const found = pick(list.value, reference, 'profile');
    if (!found.ok) return found;
    chosen.set(found.value.id, found.value);
  }
  return { ok: true, value: [...chosen.values()] };
}

/** The entry that a reference names; see {@link findProfile}. */
export function pick<T extends Named>(entries: readonly T[], reference: string, what: string): CliResult<T> {
  // A mail URI holds a password; it must not come back in an error.
  if (/^\w+:\/\//.test(reference))
    return usage('This is an address, not the name of a profile.', 'relaysmith list shows the names.');
  const byId = entries.find(({ id }) => id === reference.toLowerCase());
  if (byId) return { ok: true, value: byId };
  const byName = entries.filter(({ name }) => name === reference);
  const matches = byName.length > 0 ? byName : byPrefix(entries, reference);
  const [only] = matches;
  if (!only) return { ok: false, error: appErrorOf('NOT_FOUND', { what, name: reference }) };
  if (matches.length === 1) return { ok: true, value: only };
  const ids = matches.map(({ id }) => id);
  return { ok: false, error: appErrorOf('AMBIGUOUS_NAME', { name: reference, ids }) };
}

function byPrefix<T extends Named>(entries: readonly T[], reference: string): T[] {
  const prefix = reference.toLowerCase();
  return prefix.length < MIN_PREFIX ? [] : entries.filter(({ id }) => id.startsWith(prefix));
}
