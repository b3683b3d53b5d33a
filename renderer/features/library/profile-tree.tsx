import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { Virtualizer, type VirtualizerHandle } from 'virtua';
import { goTo, useUi } from '../../state/ui.ts';
import { library as text } from '../../text.ts';
import { GroupRow } from './group-row.tsx';
import { fold, select, stopSelecting, useLibraryView } from './library-view.ts';
import type { ListItem } from './list-items.ts';
import { ProfileRow, type RowEvents } from './profile-row.tsx';
import styles from './rows.module.css';
import { NOTHING, rangeTo, toggled } from './selection.ts';
import { useListOrder } from './use-profile-list.ts';
import { useRename } from './use-rename.ts';
import { useTreeKeys } from './use-tree-keys.ts';

/**
 * The profiles by organisation: a tree (WAI-ARIA) with one tab stop, whose arrow keys walk through all of it. Only the
 * rows in view are in the document.
 */
export function ProfileTree({ items }: { items: readonly ListItem[] }) {
  const place = useUi((state) => state.place);
  const currentId = place.kind === 'profile' ? place.id : null;
  const { order } = useListOrder();
  const rename = useRename();
  const virtualizer = useRef<VirtualizerHandle>(null);
  const list = useRef<HTMLDivElement>(null);
  const [stop, setStop] = useState<string | null>(null);

  const stopAt = useMemo(() => {
    const at = items.findIndex(({ key }) => key === (stop ?? currentId));
    return at === -1
      ? Math.max(
          0,
          items.findIndex(({ kind }) => kind === 'profile'),
        )
      : at;
  }, [items, stop, currentId]);

  const focusLine = useCallback(
    (index: number) => {
      const key = items[index]?.key;
      if (key === undefined) return;
      setStop(key);
      virtualizer.current?.scrollToIndex(index, { align: 'nearest' });
      focusWhenThere(list.current, `[data-row="${CSS.escape(key)}"]`);
    },
    [items],
  );

  // The open profile comes into view when it changes, not whenever the list does.
  const latest = useRef(items);
  latest.current = items;
  useEffect(() => {
    const index = latest.current.findIndex(({ key }) => key === currentId);
    if (index >= 0) virtualizer.current?.scrollToIndex(index, { align: 'nearest' });
  }, [currentId]);

  const onKeyDown = useTreeKeys({ items, at: stopAt, focusLine });

  const events = useMemo<RowEvents>(
    () => ({
      onFocus: setStop,
      onPress: (id, event) => {
        const { isSelecting } = useLibraryView.getState();
        if (event.shiftKey) select((selection) => rangeTo(selection, latest.current, id));
        else if (event.ctrlKey || event.metaKey || isSelecting) select((selection) => toggled(selection, id));
        else {
          stopSelecting();
          select(() => ({ ...NOTHING, anchor: id }));
          goTo({ kind: 'profile', id });
        }
      },
      onRenamed: (id, name) => {
        useLibraryView.setState({ renaming: null });
        focusWhenThere(list.current, `[data-row="${CSS.escape(id)}"]`);
        if (name !== null) void rename(id, name);
      },
    }),
    [rename],
  );

  return (
    // The virtualizer takes the element around it for the one that scrolls.
    <div
      className={styles.scroll}
      ref={list}
      role="tree"
      aria-label={text.list}
      aria-multiselectable="true"
      onKeyDown={onKeyDown}
    >
      <Virtualizer ref={virtualizer} data={items} keepMounted={[stopAt]}>
        {(item, index) =>
          item.kind === 'group' ? (
            <GroupRow
              key={item.key}
              item={item}
              isTabStop={index === stopAt}
              onToggle={fold}
              onFocus={events.onFocus}
            />
          ) : (
            <ProfileRow
              key={item.key}
              item={item}
              isCurrent={item.key === currentId}
              isTabStop={index === stopAt}
              isPinned={order.pinned.has(item.key)}
              events={events}
            />
          )
        }
      </Virtualizer>
    </div>
  );
}

// A far jump takes a few frames until the row is in the document and, once measured, visible enough to be focused.
function focusWhenThere(within: HTMLElement | null, selector: string, frames = 20): void {
  requestAnimationFrame(() => {
    const row = within?.querySelector<HTMLElement>(selector);
    row?.focus();
    if (document.activeElement !== row && frames > 0) focusWhenThere(within, selector, frames - 1);
  });
}
