import { Keyboard, Plus, Search, Settings2, Trash2, Upload, Waypoints, X } from 'lucide-react';
import { useMemo } from 'react';
import { useRequest } from '../../state/requests.ts';
import { goTo, openDialog, type StatusFilter, useUi } from '../../state/ui.ts';
import { common, library as text } from '../../text.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { startNewProfile } from './actions.ts';
import styles from './library.module.css';
import { matching } from './list-model.ts';
import { ProfileList } from './profile-list.tsx';

const FILTERS: readonly { value: StatusFilter; label: string }[] = [
  { value: 'all', label: text.filters.all },
  { value: 'active', label: text.filters.active },
  { value: 'inactive', label: text.filters.inactive },
];

/** The left column: search, filter, the profiles, and the ways to other screens. */
export function Library() {
  const { search, filter } = useUi();
  const profiles = useRequest('profiles.list', {});
  const shown = useMemo(() => matching(profiles.data ?? [], search, filter), [profiles.data, search, filter]);
  const all = profiles.data?.length ?? 0;

  return (
    <nav className={styles.library} aria-label={text.landmark}>
      <div className={styles.top}>
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
            onChange={(event) => useUi.setState({ search: event.target.value })}
            onKeyDown={(event) => {
              if (event.key === 'Escape') useUi.setState({ search: '' });
              if (event.key === 'ArrowDown') {
                event.preventDefault();
                document.querySelector<HTMLElement>('[data-profile-row][tabindex="0"]')?.focus();
              }
            }}
          />
          {search ? (
            <IconButton small icon={X} name={text.showAll} onPress={() => useUi.setState({ search: '' })} />
          ) : (
            <kbd>Ctrl K</kbd>
          )}
        </div>
        <div className={styles.filter}>
          <Segmented
            fill
            label={text.filter}
            choices={FILTERS}
            value={filter}
            onChange={(next) => useUi.setState({ filter: next })}
          />
        </div>
        <p className="unseen" role="status">
          {search || filter !== 'all' ? text.count(shown.length, all) : ''}
        </p>
      </div>

      {shown.length > 0 && <ProfileList profiles={shown} />}
      {shown.length === 0 && (
        <div className={styles.nothing}>
          <p>{profiles.isPending ? common.loading : all === 0 ? text.empty : text.nothingFound}</p>
          {all > 0 && (
            <Button small onPress={() => useUi.setState({ search: '', filter: 'all' })}>
              {text.showAll}
            </Button>
          )}
        </div>
      )}

      <div className={styles.bottom}>
        <div className={styles.bottomRow}>
          <Button icon={Plus} onPress={startNewProfile} keys="Control+N">
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
    </nav>
  );
}
