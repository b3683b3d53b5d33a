import type { ListItem } from './list-items.ts';

/** The chosen profiles, by id, and where the next range begins. */
export interface Selection {
  ids: ReadonlySet<string>;
  anchor: string | null;
}

/** Nothing is chosen. */
export const NOTHING: Selection = { ids: new Set(), anchor: null };

/** Chooses a profile, or takes it back. */
export function toggled({ ids }: Selection, id: string): Selection {
  const next = new Set(ids);
  if (!next.delete(id)) next.add(id);
  return { ids: next, anchor: id };
}

/** Chooses everything of a group, or takes all of it back when it was chosen already. */
export function toggledAll({ ids, anchor }: Selection, members: readonly string[]): Selection {
  const next = new Set(ids);
  const hasAll = members.every((id) => ids.has(id));
  for (const id of members) {
    if (hasAll) next.delete(id);
    else next.add(id);
  }
  return { ids: next, anchor };
}

/** Chooses everything from the anchor to this line, and nothing else; the anchor stays. */
export function rangeTo(selection: Selection, items: readonly ListItem[], key: string): Selection {
  const to = items.findIndex((item) => item.key === key);
  const anchored = items.findIndex((item) => item.key === selection.anchor);
  const from = anchored === -1 ? to : anchored;
  const range = items.slice(Math.min(from, to), Math.max(from, to) + 1);
  const ids = range.flatMap((item) => (item.kind === 'profile' ? [item.key] : []));
  return { ids: new Set(ids), anchor: anchored === -1 ? key : selection.anchor };
}

/** Chooses these and nothing else. */
export function chosen(ids: readonly string[], anchor: string | null): Selection {
  return { ids: new Set(ids), anchor };
}

/** What of a selection is still there; profiles can be deleted from elsewhere. */
export function stillThere(selection: Selection, has: (id: string) => boolean): Selection {
  const ids = [...selection.ids].filter(has);
  return ids.length === selection.ids.size ? selection : { ids: new Set(ids), anchor: selection.anchor };
}
