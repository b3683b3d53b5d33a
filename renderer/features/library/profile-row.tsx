import { Pin } from 'lucide-react';
import { memo } from 'react';
import { isDirty } from '../../state/draft-model.ts';
import { useDrafts } from '../../state/drafts.ts';
import { useRuns } from '../../state/runs.ts';
import { library as text } from '../../text.ts';
import { cx } from '../../ui/cx.ts';
import { moment } from '../../ui/format.ts';
import { Icon } from '../../ui/icon.tsx';
import { StateMark } from '../../ui/state-mark.tsx';
import { EnvironmentBadge } from '../profile/environment-badge.tsx';
import { lastResultOf } from './last-result.ts';
import { useLibraryView } from './library-view.ts';
import type { ListItem } from './list-items.ts';
import { RenameField } from './rename-field.tsx';
import styles from './rows.module.css';

/** What a row tells the list. */
export interface RowEvents {
  onPress: (id: string, event: React.MouseEvent) => void;
  onFocus: (key: string) => void;
  onRenamed: (id: string, name: string | null) => void;
}

/** One profile of the list: its name, what it is used for, and how its last test ended. */
export const ProfileRow = memo(function ProfileRow({
  item,
  isCurrent,
  isTabStop,
  isPinned,
  events,
}: {
  item: ListItem & { kind: 'profile' };
  isCurrent: boolean;
  isTabStop: boolean;
  isPinned: boolean;
  events: RowEvents;
}) {
  const { profile, level, position, of } = item;
  const { id, name, host, port, status, environment } = profile;
  // As text, so that the row is drawn again only when it would look different.
  const [state = 'untested', at = '0'] = useRuns(({ runs }) => {
    const last = lastResultOf(profile, runs[id]);
    return `${last.state} ${last.at}`;
  }).split(' ') as [keyof typeof text.shortStates, string];
  const dirty = useDrafts(({ drafts }) => {
    const draft = drafts[id];
    return draft ? isDirty(draft) : false;
  });
  const isChosen = useLibraryView(({ selection }) => selection.ids.has(id));
  const hasBox = useLibraryView(({ isSelecting, selection }) => isSelecting || selection.ids.size > 0);
  const isRenaming = useLibraryView(({ renaming }) => renaming === id);
  const when = at === '0' ? '' : `, ${moment(new Date(Number(at)).toISOString())}`;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the tree takes the keys of all its rows
    <div
      role="treeitem"
      className={cx(
        styles.row,
        level === 2 && styles.member,
        isCurrent && styles.current,
        isChosen && styles.chosen,
        status === 'inactive' && styles.inactive,
      )}
      aria-level={level}
      aria-selected={isChosen}
      aria-current={isCurrent ? 'page' : undefined}
      aria-posinset={position}
      aria-setsize={of}
      tabIndex={isTabStop ? 0 : -1}
      data-row={id}
      data-profile-row={id}
      onClick={(event) => events.onPress(id, event)}
      onFocus={() => events.onFocus(id)}
      title={`${name}\n${host}:${port}\n${text.states[state]}${when}`}
    >
      {hasBox && <span className={cx(styles.box, isChosen && styles.ticked)} aria-hidden="true" />}
      <StateMark state={state} />
      {isRenaming ? (
        <RenameField name={name} onDone={(next) => events.onRenamed(id, next)} />
      ) : (
        <span className={styles.rowName} dir="auto">
          {name}
        </span>
      )}
      {environment && <EnvironmentBadge environment={environment} />}
      {isPinned && <Icon of={Pin} size={12} className={styles.pin} />}
      {dirty && <span className={styles.dot} title={text.unsaved} />}
      <span className={styles.rowState}>
        {status === 'inactive' ? text.inactive : state === 'untested' ? '' : text.shortStates[state]}
      </span>
      <span className="unseen">
        {[
          (state === 'untested' || status === 'inactive') && text.states[state],
          dirty && text.unsaved,
          isPinned && text.pinned,
        ]
          .filter(Boolean)
          .join(', ')}
      </span>
    </div>
  );
});
