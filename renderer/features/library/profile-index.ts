import type { LIST_SORTS } from '../../../shared/contract.ts';
import type { ProfileSummary } from '../../../shared/library.ts';

/** A profile with what searching and sorting need of it, worked out once. */
export interface Indexed {
  profile: ProfileSummary;
  /** All that is searched, in lower case. */
  text: string;
  /** First organisation; '' for none; PINNED for one on top. */
  group: string;
}

/** What the list can be sorted by; the times with the latest first. */
export type Sort = (typeof LIST_SORTS)[number];

/** How the list is ordered. */
export interface Order {
  sort: Sort;
  isGrouped: boolean;
  /** Ids of the profiles on top. */
  pinned: ReadonlySet<string>;
}

/** Stands for the group of pinned profiles; no organisation can be called so. */
export const PINNED = '\0pinned';

const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

// Rows that did not change stay the same objects from one answer to the next.
const known = new WeakMap<ProfileSummary, Indexed>();

/**
 * The profiles in the order of the list: the pinned ones, then by first organisation when grouped (none comes last), then
 * by `sort`, then by name. `testedAt` gives the time of the last test; it is asked only when that is what counts.
 */
export function indexProfiles(
  profiles: readonly ProfileSummary[],
  { sort, isGrouped, pinned }: Order,
  testedAt: (profile: ProfileSummary) => number,
): Indexed[] {
  const compare = comparing(sort, testedAt);
  const groups = new Map<string, Indexed[]>();
  for (const profile of profiles) {
    const entry = indexed(profile);
    const title = pinned.has(profile.id) ? PINNED : isGrouped ? entry.group : '';
    const members = groups.get(title);
    if (members) members.push(entry);
    else groups.set(title, [entry]);
  }
  const titles = [...groups.keys()].sort((a, b) => rank(a) - rank(b) || collator.compare(a, b));
  return titles.flatMap((title) => {
    const members = (groups.get(title) ?? []).sort(compare);
    return title === PINNED ? members.map((each) => ({ ...each, group: PINNED })) : members;
  });
}

function comparing(sort: Sort, testedAt: (profile: ProfileSummary) => number): (a: Indexed, b: Indexed) => number {
  const byName = (a: Indexed, b: Indexed) => collator.compare(a.profile.name, b.profile.name);
  const byHost = (a: Indexed, b: Indexed) => collator.compare(a.profile.host, b.profile.host) || byName(a, b);
  // ISO 8601 in UTC sorts as text.
  const latestFirst = (a: string, b: string) => (a === b ? 0 : a < b ? 1 : -1);
  return {
    name: byName,
    host: byHost,
    changed: (a: Indexed, b: Indexed) => latestFirst(a.profile.updatedAt, b.profile.updatedAt) || byName(a, b),
    tested: (a: Indexed, b: Indexed) => testedAt(b.profile) - testedAt(a.profile) || byName(a, b),
  }[sort];
}

function rank(title: string): number {
  return title === PINNED ? 0 : title === '' ? 2 : 1;
}

function indexed(profile: ProfileSummary): Indexed {
  const found = known.get(profile);
  if (found) return found;
  const { name, host, from, provider, organizations } = profile;
  const text = [name, host, from, provider, ...organizations].join('\n').toLowerCase();
  const made = { profile, text, group: organizations[0] ?? '' };
  known.set(profile, made);
  return made;
}
