import { useRef } from 'react';
import { goTo } from '../../state/ui.ts';
import { useProfileActions } from './actions.ts';
import { fold, select, stopSelecting, useLibraryView } from './library-view.ts';
import type { ListItem } from './list-items.ts';
import { headingOf, type ListKey, lineAfter, lineStartingWith, listKeyOf } from './list-keys.ts';
import { chosen, rangeTo, toggled, toggledAll } from './selection.ts';
import { useMany } from './use-many.ts';

/** Milliseconds after which a letter begins a new word. */
const TYPING_PAUSE_MS = 700;

/** What the keys act on: the lines, the one that has the focus, and the way to another one. */
export interface TreeKeysOptions {
  items: readonly ListItem[];
  at: number;
  focusLine: (index: number) => void;
}

/** The key handler of the list of profiles: the keys of LIST_KEYS, and letters that go to the next such name. */
export function useTreeKeys({ items, at, focusLine }: TreeKeysOptions): (event: React.KeyboardEvent) => void {
  const { remove, duplicate } = useProfileActions();
  const { removeMany } = useMany();
  const typed = useRef({ text: '', at: 0 });

  const actions: Record<ListKey['id'], (item: ListItem, key: string) => boolean> = {
    move: (_item, key) => go(lineAfter(items, at, key)),
    extend: (item, key) => {
      const to = lineAfter(items, at, key);
      const target = items[to];
      if (!target) return true;
      select((selection) =>
        rangeTo(selection.anchor ? selection : { ...selection, anchor: item.key }, items, target.key),
      );
      return go(to);
    },
    open: (item) => {
      if (item.kind === 'group') fold(item.title, item.isOpen);
      else goTo({ kind: 'profile', id: item.key });
      return true;
    },
    fold: (item, key) => {
      if (item.kind === 'profile') return key === 'ArrowLeft' && go(headingOf(items, at));
      if (key === 'ArrowRight' && item.isOpen) return go(Math.min(items.length - 1, at + 1));
      fold(item.title, key === 'ArrowLeft');
      return true;
    },
    choose: (item) => {
      if (item.kind === 'group') select((selection) => toggledAll(selection, membersAfter(items, at)));
      else select((selection) => toggled(selection, item.key));
      return true;
    },
    chooseAll: () => {
      const ids = items.flatMap(({ kind, key }) => (kind === 'profile' ? [key] : []));
      select(({ anchor }) => chosen(ids, anchor));
      return true;
    },
    leave: () => {
      const { isSelecting, selection } = useLibraryView.getState();
      // Nothing is chosen: Escape then cancels a running test.
      if (!isSelecting && selection.ids.size === 0) return false;
      stopSelecting();
      return true;
    },
    rename: (item) => {
      if (item.kind === 'profile') useLibraryView.setState({ renaming: item.key });
      return true;
    },
    duplicate: (item) => {
      if (item.kind === 'profile') void duplicate(item.key);
      return true;
    },
    delete: (item) => {
      if (item.kind !== 'profile') return true;
      const { ids } = useLibraryView.getState().selection;
      const going = ids.has(item.key) ? ids : new Set([item.key]);
      if (going.size > 1) void removeMany([...going]);
      else void remove(item.key, item.profile.name);
      stopSelecting();
      return go(lineThatStays(items, at, going));
    },
  };

  function go(index: number): boolean {
    if (index !== at) focusLine(index);
    return true;
  }

  function typeAhead(letter: string): void {
    const now = performance.now();
    const isGoingOn = now - typed.current.at < TYPING_PAUSE_MS;
    const text = isGoingOn ? typed.current.text + letter : letter;
    typed.current = { text, at: now };
    const found = lineStartingWith(items, at, text);
    if (found >= 0) go(found);
  }

  return (event) => {
    const item = items[at];
    if (!item) return;
    const id = listKeyOf(event.nativeEvent);
    if (id) {
      if (!actions[id](item, event.key)) return;
      event.preventDefault();
      event.stopPropagation();
    } else if (isLetter(event)) typeAhead(event.key);
  };
}

/** The next line that is still there when these are gone, else the last one before. */
function lineThatStays(items: readonly ListItem[], at: number, going: ReadonlySet<string>): number {
  const next = items.findIndex(({ key }, index) => index > at && !going.has(key));
  return next === -1 ? items.findLastIndex(({ key }, index) => index < at && !going.has(key)) : next;
}

/** Ids of the profiles that stand under a heading. */
function membersAfter(items: readonly ListItem[], at: number): string[] {
  const next = items.findIndex((item, index) => index > at && item.kind === 'group');
  return items.slice(at + 1, next === -1 ? undefined : next).map(({ key }) => key);
}

function isLetter({ key, ctrlKey, metaKey, altKey }: React.KeyboardEvent): boolean {
  return key.length === 1 && key !== '?' && !ctrlKey && !metaKey && !altKey;
}
