import type { ProfileSummary } from '../../../shared/library.ts';
import type { Indexed } from './profile-index.ts';

/** One line of the list: an organisation, or a profile. Positions count from 1 within the level. */
export type ListItem =
  | { kind: 'group'; key: string; title: string; count: number; isOpen: boolean; position: number; of: number }
  | { kind: 'profile'; key: string; profile: ProfileSummary; level: 1 | 2; position: number; of: number };

/** Which groups are folded: all but some, or none but some, so that either takes one step however many there are. */
export interface Folds {
  all: boolean;
  except: ReadonlySet<string>;
}

/** True when the members of a group are hidden. */
export function isFolded({ all, except }: Folds, title: string): boolean {
  return all !== except.has(title);
}

/** Folds or unfolds one group. */
export function withFold({ all, except }: Folds, title: string, folded: boolean): Folds {
  const next = new Set(except);
  if (all === folded) next.delete(title);
  else next.add(title);
  return { all, except: next };
}

/** Key of a group's line. */
export const groupKey = (title: string): string => `group ${title}`;

/**
 * The lines of the list. A profile stands once even when it is for several organisations, so that the number of rows is
 * the number of profiles. Without any organisation there are no headings. `index` must be in the order of the list.
 */
export function listItems(index: readonly Indexed[], isGrouped: boolean, folds: Folds): ListItem[] {
  const runs = isGrouped ? groupsOf(index) : [];
  if (runs.length === 0 || (runs.length === 1 && runs[0]?.title === '')) {
    return index.map(({ profile }, at) => row(profile, 1, at, index.length));
  }
  const items: ListItem[] = [];
  runs.forEach(({ title, start, end }, at) => {
    const count = end - start;
    const isOpen = !isFolded(folds, title);
    items.push({ kind: 'group', key: groupKey(title), title, count, isOpen, position: at + 1, of: runs.length });
    for (let member = start; isOpen && member < end; member += 1) {
      const found = index[member];
      if (found) items.push(row(found.profile, 2, member - start, count));
    }
  });
  return items;
}

function row(profile: ProfileSummary, level: 1 | 2, at: number, of: number): ListItem {
  return { kind: 'profile', key: profile.id, profile, level, position: at + 1, of };
}

function groupsOf(index: readonly Indexed[]): { title: string; start: number; end: number }[] {
  const runs: { title: string; start: number; end: number }[] = [];
  index.forEach(({ group }, at) => {
    const last = runs.at(-1);
    if (last?.title === group) last.end = at + 1;
    else runs.push({ title: group, start: at, end: at + 1 });
  });
  return runs;
}
