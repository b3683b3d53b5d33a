import { isPressed, type KeyPress, type Keys } from '../../app/keys.ts';
import { listKeys as text } from '../../text.ts';
import type { ListItem } from './list-items.ts';

/** What a key does in the list. */
export interface ListKey {
  id: Exclude<keyof typeof text, 'letters' | 'anyLetter'>;
  /** As the list of shortcuts calls it. */
  name: string;
  keys: readonly Keys[];
}

const row = (id: ListKey['id'], ...keys: Keys[]): ListKey => ({ id, name: text[id], keys });

/** Every key that works while the focus is in the list of profiles; besides them, letters go to the next such name. */
export const LIST_KEYS: readonly ListKey[] = [
  row('move', 'ArrowUp', 'ArrowDown', 'Home', 'End', 'PageUp', 'PageDown'),
  row('open', 'Enter'),
  row('fold', 'ArrowLeft', 'ArrowRight'),
  row('choose', 'Space'),
  row('extend', 'Shift+ArrowUp', 'Shift+ArrowDown', 'Shift+Home', 'Shift+End', 'Shift+PageUp', 'Shift+PageDown'),
  row('chooseAll', 'Mod+A'),
  row('leave', 'Escape'),
  row('rename', 'F2'),
  row('duplicate', 'Mod+D'),
  row('delete', 'Delete'),
];

/** What this key press does in the list; null for nothing. */
export function listKeyOf(event: KeyPress): ListKey['id'] | null {
  return LIST_KEYS.find(({ keys }) => keys.some((each) => isPressed(each, event)))?.id ?? null;
}

const PAGE = 10;

/** Index of the line that a key leads to from another one; the same at either end. Takes KeyboardEvent names. */
export function lineAfter(items: readonly ListItem[], from: number, key: string): number {
  const last = items.length - 1;
  const steps: Record<string, number> = {
    ArrowDown: from + 1,
    ArrowUp: from - 1,
    Home: 0,
    End: last,
    PageDown: from + PAGE,
    PageUp: from - PAGE,
  };
  return Math.min(last, Math.max(0, steps[key] ?? from));
}

/**
 * Index of the next line whose name begins with what was typed; -1 when there is none. A single letter goes on from the
 * line after this one, more letters look at this one as well.
 */
export function lineStartingWith(items: readonly ListItem[], from: number, typed: string): number {
  const wanted = typed.toLowerCase();
  const first = typed.length > 1 ? 0 : 1;
  for (let step = first; step < items.length + first; step += 1) {
    const at = (from + step) % items.length;
    if (nameOf(items[at]).toLowerCase().startsWith(wanted)) return at;
  }
  return -1;
}

/** Index of the heading that a line stands under; the same for a heading. */
export function headingOf(items: readonly ListItem[], from: number): number {
  for (let at = from; at >= 0; at -= 1) if (items[at]?.kind === 'group') return at;
  return from;
}

function nameOf(item: ListItem | undefined): string {
  if (!item) return '';
  return item.kind === 'group' ? item.title : item.profile.name;
}
