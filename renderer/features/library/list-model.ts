import type { ProfileSummary } from '../../../shared/library.ts';
import type { StatusFilter } from '../../state/ui.ts';

/** One line of the list: the heading of an organisation, or a profile. */
export type ListItem =
  | { kind: 'group'; key: string; title: string }
  | { kind: 'profile'; key: string; profile: ProfileSummary };

const byName = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

/** Profiles that match the search (name, host, organisation, provider; all words must be there) and the filter. */
export function matching(profiles: readonly ProfileSummary[], search: string, filter: StatusFilter): ProfileSummary[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  return profiles.filter((profile) => {
    if (filter !== 'all' && profile.status !== filter) return false;
    const text = [profile.name, profile.host, profile.provider, ...profile.organizations].join('\n').toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

/**
 * The list as it is shown: by first organisation, then by name. A profile stands once even when it is for several, so
 * that the number of rows is the number of profiles.
 */
export function listItems(profiles: readonly ProfileSummary[], withoutOrganization: string): ListItem[] {
  const groups = new Map<string, ProfileSummary[]>();
  for (const profile of profiles) {
    const title = profile.organizations[0] ?? '';
    const members = groups.get(title);
    if (members) members.push(profile);
    else groups.set(title, [profile]);
  }
  const titles = [...groups.keys()].sort((a, b) => Number(a === '') - Number(b === '') || byName.compare(a, b));
  return titles.flatMap((title) => {
    const members = (groups.get(title) ?? []).sort((a, b) => byName.compare(a.name, b.name));
    const rows = members.map((profile) => ({ kind: 'profile' as const, key: profile.id, profile }));
    if (titles.length === 1 && title === '') return rows;
    return [{ kind: 'group' as const, key: `group ${title}`, title: title || withoutOrganization }, ...rows];
  });
}

/** Index of the profile row that a key press leads to; the same index at either end. */
export function neighbour(items: readonly ListItem[], from: number, key: string): number {
  const rows = items.flatMap((item, index) => (item.kind === 'profile' ? [index] : []));
  const at = rows.indexOf(from);
  const target = {
    ArrowDown: at + 1,
    ArrowUp: at - 1,
    Home: 0,
    End: rows.length - 1,
    PageDown: at + 10,
    PageUp: at - 10,
  }[key];
  if (target === undefined) return from;
  return rows[Math.min(rows.length - 1, Math.max(0, target))] ?? from;
}
