import type { LibraryState } from '../../../shared/library.ts';
import { useAct, useRefresh, useRequest } from '../../state/requests.ts';
import { toast } from '../../state/toasts.ts';
import { openDialog } from '../../state/ui.ts';
import { recovery as text } from '../../text.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { moment } from '../../ui/format.ts';
import { Note } from '../../ui/note.tsx';
import { Pending } from '../states/pending.tsx';
import styles from './settings.module.css';

/** Says on top of the window when the library cannot be used in full; nothing when all is well. */
export function RecoveryBanner() {
  const state = useRequest('library.state', {}, { every: 30_000 });
  if (!state.data || isFine(state.data)) return null;
  const { mode, quarantined } = state.data;
  return (
    <div className={styles.banner} role="status">
      <Note
        tone={mode === 'ready' ? 'warning' : 'failed'}
        action={
          <Button small onPress={() => openDialog('recovery')}>
            {mode === 'recovery' ? text.restore : text.details}
          </Button>
        }
      >
        {[text.banner[mode], quarantined.length > 0 && text.quarantined(quarantined.length)].filter(Boolean).join(' ')}
      </Note>
    </div>
  );
}

const FINE: LibraryState = { mode: 'ready', detail: '', quarantined: [], backups: [] };

function isFine({ mode, quarantined }: LibraryState): boolean {
  return mode === 'ready' && quarantined.length === 0;
}

/** What is wrong with the library, and the backups that can take its place. */
export function RecoveryDialog({ onClose }: { onClose: () => void }) {
  const state = useRequest('library.state', {});
  const act = useAct();
  const refresh = useRefresh();
  const restore = async (backup: string) => {
    const restored = await act('library.restore', { backup });
    if (!restored) return;
    refresh('library.state', 'profiles.list', 'profiles.get', 'profiles.trash', 'app.info');
    toast.say(text.restored);
    onClose();
  };
  const { mode, detail, quarantined, backups } = state.data ?? FINE;
  return (
    <Dialog title={text.title} size="medium" onClose={onClose}>
      <div className={styles.stack}>
        <Pending query={state} />
        {mode !== 'ready' && (
          <Note tone="failed" boxed>
            {text.banner[mode]} {detail}
          </Note>
        )}
        {quarantined.length > 0 && (
          <section>
            <h3>{text.unreadable}</h3>
            <ul>
              {quarantined.map(({ label, problem }) => (
                <li key={label} className={styles.item}>
                  <code>{label}</code>
                  <span className={styles.soft}>{problem}</span>
                </li>
              ))}
            </ul>
          </section>
        )}
        {mode === 'recovery' && (
          <section>
            <h3>{text.backups}</h3>
            <p className={styles.soft}>{backups.length > 0 ? text.kept : text.noBackups}</p>
            <ul>
              {backups.map(({ name, at, profiles }) => (
                <li key={name} className={styles.item}>
                  <span>{moment(at)}</span>
                  <span className={styles.soft}>{text.profiles(profiles)}</span>
                  <Button small onPress={() => void restore(name)}>
                    {text.restoreOne(moment(at))}
                  </Button>
                </li>
              ))}
            </ul>
          </section>
        )}
      </div>
    </Dialog>
  );
}
