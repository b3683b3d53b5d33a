import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { Virtualizer, type VirtualizerHandle } from 'virtua';
import type { ProfileSummary } from '../../../shared/library.ts';
import { goTo, useUi } from '../../state/ui.ts';
import { library as text } from '../../text.ts';
import { useProfileActions } from './actions.ts';
import styles from './library.module.css';
import { listItems, neighbour } from './list-model.ts';
import { ProfileRow } from './profile-row.tsx';

/** The profiles by organisation. Only the rows in view are in the document; arrow keys walk through all of them. */
export function ProfileList({ profiles }: { profiles: readonly ProfileSummary[] }) {
  const place = useUi((state) => state.place);
  const currentId = place.kind === 'profile' ? place.id : null;
  const items = useMemo(() => listItems(profiles, text.noOrganization), [profiles]);
  const { remove, duplicate } = useProfileActions();
  const virtualizer = useRef<VirtualizerHandle>(null);
  const list = useRef<HTMLDivElement>(null);
  const [stop, setStop] = useState<string | null>(null);

  const stopAt = items.findIndex(({ key }) => key === (stop ?? currentId));
  const tabStop = stopAt === -1 ? items.findIndex(({ kind }) => kind === 'profile') : stopAt;

  const focusRow = useCallback(
    (index: number) => {
      const item = items[index];
      if (item?.kind !== 'profile') return;
      setStop(item.key);
      virtualizer.current?.scrollToIndex(index, { align: 'nearest' });
      focusWhenThere(list.current, `[data-profile-row="${CSS.escape(item.key)}"]`);
    },
    [items],
  );

  useEffect(() => {
    const index = items.findIndex(({ key }) => key === currentId);
    if (index >= 0) virtualizer.current?.scrollToIndex(index, { align: 'nearest' });
  }, [currentId, items]);

  const onKey = (event: React.KeyboardEvent, index: number, profile: ProfileSummary) => {
    if (event.key === 'Delete' || (event.key === 'Backspace' && event.metaKey)) {
      event.preventDefault();
      focusRow(neighbour(items, index, index === items.length - 1 ? 'ArrowUp' : 'ArrowDown'));
      void remove(profile.id, profile.name);
      return;
    }
    if (event.key.toLowerCase() === 'd' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      event.stopPropagation();
      void duplicate(profile.id);
      return;
    }
    const next = neighbour(items, index, event.key);
    if (next === index && !event.key.startsWith('Arrow')) return;
    event.preventDefault();
    if (next !== index) focusRow(next);
  };

  return (
    <div className={styles.scroll} ref={list}>
      <Virtualizer ref={virtualizer} as={NamedList} item="li" {...(tabStop >= 0 && { keepMounted: [tabStop] })}>
        {items.map((item, index) =>
          item.kind === 'group' ? (
            <h3 key={item.key} className={styles.group}>
              <bdi>{item.title}</bdi>
            </h3>
          ) : (
            <ProfileRow
              key={item.key}
              profile={item.profile}
              isCurrent={item.key === currentId}
              isTabStop={index === tabStop}
              onOpen={() => goTo({ kind: 'profile', id: item.profile.id })}
              onKey={(event) => onKey(event, index, item.profile)}
              onFocus={() => setStop(item.key)}
            />
          ),
        )}
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

// The style comes from virtua (CSSOM); the role is spelled out because a list without bullets loses it in WebKit.
function NamedList({ ref, ...props }: React.ComponentProps<'ul'>) {
  // biome-ignore lint/a11y/noRedundantRoles: WebKit drops the list role with list-style none
  return <ul ref={ref} role="list" aria-label={text.list} {...props} />;
}
