import type { ProfileSummary } from '../../../shared/library.ts';
import { isDirty } from '../../state/draft-model.ts';
import { useDrafts } from '../../state/drafts.ts';
import { useRuns } from '../../state/runs.ts';
import { stateOfRun } from '../../state/sessions.ts';
import { library as text } from '../../text.ts';
import { cx } from '../../ui/cx.ts';
import { StateMark } from '../../ui/state-mark.tsx';
import styles from './library.module.css';

/** One profile of the list: its name and host, and how its last test of this session ended. */
export function ProfileRow({
  profile,
  isCurrent,
  isTabStop,
  onOpen,
  onKey,
  onFocus,
}: {
  profile: ProfileSummary;
  isCurrent: boolean;
  isTabStop: boolean;
  onOpen: () => void;
  onKey: (event: React.KeyboardEvent) => void;
  onFocus: () => void;
}) {
  const state = useRuns(({ runs }) => stateOfRun(runs[profile.id]));
  const dirty = useDrafts(({ drafts }) => {
    const draft = drafts[profile.id];
    return draft ? isDirty(draft) : false;
  });
  return (
    <button
      type="button"
      className={cx(styles.row, isCurrent && styles.current, profile.status === 'inactive' && styles.inactive)}
      aria-current={isCurrent ? 'true' : undefined}
      tabIndex={isTabStop ? 0 : -1}
      data-profile-row={profile.id}
      onClick={onOpen}
      onKeyDown={onKey}
      onFocus={onFocus}
      title={`${profile.name}\n${profile.host}:${profile.port}`}
    >
      <StateMark state={state} />
      <span className={styles.rowName}>
        <bdi>{profile.name}</bdi>
      </span>
      {dirty && <span className={styles.dot} title={text.unsaved} />}
      <span className={styles.rowState}>
        {profile.status === 'inactive' ? text.inactive : state === 'untested' ? '' : text.states[state]}
      </span>
      <span className="unseen">
        {[state === 'untested' && text.states.untested, dirty && text.unsaved].filter(Boolean).join(', ')}
      </span>
    </button>
  );
}
