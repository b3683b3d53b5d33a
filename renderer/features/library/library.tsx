import {
  Keyboard,
  ListChecks,
  PanelLeftClose,
  Plus,
  Search,
  Settings2,
  Trash2,
  Upload,
  Waypoints,
  X,
} from 'lucide-react';
import { Suspense, useMemo } from 'react';
import { ariaKeys, shownKeys } from '../../app/keys.ts';
import { FilterChips } from '../../app/lazy-parts.ts';
import { FoldButton } from '../../app/side-column.tsx';
import { goTo, openDialog } from '../../state/ui.ts';
import { library as text } from '../../text.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { keysOf } from '../palette/commands.ts';
import { Pending } from '../states/pending.tsx';
import { startNewProfile } from './actions.ts';
import { BatchBar } from './batch-bar.tsx';
import { FilterPopover } from './filter-popover.tsx';
import { countFilters } from './filters.ts';
import styles from './library.module.css';
import { setFilters, showAll, stopSelecting, useLibraryView } from './library-view.ts';
import { ProfileTree } from './profile-tree.tsx';
import { useProfileList } from './use-profile-list.ts';

const STATUSES = (['all', 'active', 'inactive'] as const).map((value) => ({ value, label: text.statuses[value] }));

/** The left column: search and filters, the profiles, and the ways to other screens. */
export function Library() {
  const status = useLibraryView((view) => view.filters.status);
  const hasFilters = useLibraryView((view) => countFilters(view.filters) > 0);
  const { all, matched, items, query } = useProfileList();
  const shown = useMemo(() => matched.map(({ profile }) => profile), [matched]);
  const isNarrowed = matched.length < all.length;

  return (
    <nav className={styles.library} aria-label={text.landmark}>
      <div className={styles.top}>
        <div className={styles.searchRow}>
          <SearchField onEnter={() => items.find(({ kind }) => kind === 'profile')?.key} />
          <FilterPopover all={all} />
        </div>
        <div className={styles.filterRow}>
          <Segmented
            fill
            label={text.status}
            choices={STATUSES}
            value={status}
            onChange={(next) => setFilters({ status: next })}
          />
          <SelectButton />
          <FoldButton of="library" icon={PanelLeftClose} />
        </div>
        {hasFilters && (
          <Suspense fallback={null}>
            <FilterChips />
          </Suspense>
        )}
        <p className="unseen" role="status">
          {isNarrowed ? text.count(matched.length, all.length) : ''}
        </p>
      </div>

      {items.length > 0 && <ProfileTree items={items} />}
      {items.length === 0 && (
        <div className={styles.nothing}>
          <Pending query={query} />
          {query.data !== undefined && <p>{all.length === 0 ? text.empty : text.nothingFound}</p>}
          {all.length > 0 && (
            <Button small onPress={showAll}>
              {text.showAll}
            </Button>
          )}
        </div>
      )}

      <BatchBar all={all} shown={shown} />
      <Bottom />
    </nav>
  );
}

function SearchField({ onEnter }: { onEnter: () => string | undefined }) {
  const search = useLibraryView((view) => view.search);
  const change = (next: string) => useLibraryView.setState({ search: next });
  const onKeyDown = (event: React.KeyboardEvent) => {
    if (event.key === 'Escape' && search) {
      event.stopPropagation();
      change('');
    }
    if (event.key === 'Enter') {
      const id = onEnter();
      if (id) goTo({ kind: 'profile', id });
    }
    if (event.key === 'ArrowDown') {
      event.preventDefault();
      document.querySelector<HTMLElement>('[data-row][tabindex="0"]')?.focus();
    }
  };
  return (
    <div className={styles.search}>
      <Icon of={Search} />
      <input
        type="search"
        aria-label={text.search}
        placeholder={text.search}
        value={search}
        spellCheck={false}
        autoComplete="off"
        data-search=""
        onChange={(event) => change(event.target.value)}
        onKeyDown={onKeyDown}
      />
      {search ? (
        <IconButton small icon={X} name={text.clearSearch} onPress={() => change('')} />
      ) : (
        <kbd>{shownKeys(keysOf('search'))}</kbd>
      )}
    </div>
  );
}

function SelectButton() {
  const isSelecting = useLibraryView((view) => view.isSelecting);
  return (
    <IconButton
      icon={ListChecks}
      name={isSelecting ? text.stopSelecting : text.select}
      onPress={() => (isSelecting ? stopSelecting() : useLibraryView.setState({ isSelecting: true }))}
    />
  );
}

function Bottom() {
  return (
    <div className={styles.bottom}>
      <div className={styles.bottomRow}>
        <Button icon={Plus} onPress={startNewProfile} keys={ariaKeys(keysOf('new'))}>
          {text.newProfile}
        </Button>
        <Button icon={Upload} kind="quiet" onPress={() => openDialog('import')}>
          {text.import}
        </Button>
      </div>
      <div className={styles.links}>
        <Button icon={Waypoints} kind="quiet" onPress={() => goTo({ kind: 'practice' })}>
          {text.practice}
        </Button>
        <span className={styles.spread} />
        <IconButton icon={Trash2} name={text.trash} onPress={() => goTo({ kind: 'trash' })} />
        <IconButton icon={Settings2} name={text.preferences} onPress={() => openDialog('preferences')} />
        <IconButton icon={Keyboard} name={text.shortcuts} onPress={() => openDialog('shortcuts')} />
      </div>
    </div>
  );
}
