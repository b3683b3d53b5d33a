import { ChevronRight, FileInput, FilePlus2, type LucideIcon, Radar, Waypoints } from 'lucide-react';
import { useEffect } from 'react';
import { settingsOf } from '../../../shared/profile.ts';
import { useClient } from '../../state/client-context.ts';
import { useAct, useRefresh, useRequest } from '../../state/requests.ts';
import { startRun } from '../../state/runs.ts';
import { goTo, openDialog } from '../../state/ui.ts';
import { start as text } from '../../text.ts';
import { Icon } from '../../ui/icon.tsx';
import { Screen } from '../../ui/screen.tsx';
import { startNewProfile } from '../library/actions.ts';
import { Pending } from '../states/pending.tsx';
import styles from './home.module.css';

/** What shows while no profile is open: three ways in at first, later the same in short. */
export function HomeScreen() {
  const profiles = useRequest('profiles.list', {});
  const tryPractice = useTryPractice();
  useEffect(() => {
    document.title = 'Relaysmith';
  }, []);
  if (!profiles.data) {
    return (
      <Screen title={text.none}>
        <Pending query={profiles} />
      </Screen>
    );
  }
  const isEmpty = profiles.data.length === 0;
  return (
    <Screen title={isEmpty ? text.title : text.none} intro={isEmpty ? text.intro : text.choose}>
      <div className={styles.ways}>
        <Way icon={Waypoints} title={text.tryTitle} words={text.tryText} onPress={() => void tryPractice()} />
        <Way icon={Radar} title={text.detectTitle} words={text.detectText} onPress={() => openDialog('detect')} />
        <Way icon={FilePlus2} title={text.newTitle} words={text.newText} onPress={startNewProfile} />
        <Way icon={FileInput} title={text.importTitle} words={text.importText} onPress={() => openDialog('import')} />
      </div>
    </Screen>
  );
}

function Way({ icon, title, words, onPress }: { icon: LucideIcon; title: string; words: string; onPress: () => void }) {
  return (
    <button type="button" className={styles.way} onClick={onPress}>
      <span className={styles.badge}>
        <Icon of={icon} size={18} />
      </span>
      <span className={styles.words}>
        <span className={styles.title}>{title}</span>
        <span className={styles.soft}>{words}</span>
      </span>
      <Icon of={ChevronRight} className={styles.arrow} />
    </button>
  );
}

/** Starts the practice server, opens a profile that points at it and tests it: a first passed check in one click. */
function useTryPractice(): () => Promise<void> {
  const client = useClient();
  const act = useAct();
  const refresh = useRefresh();
  return async () => {
    const state = await act('practice.start', { scenario: 'all-well' });
    const stored = state && (await act('practice.adopt', {}));
    refresh('practice.state', 'profiles.list', 'profiles.get', 'app.info');
    if (!stored) return;
    const { id } = stored.profile;
    goTo({ kind: 'profile', id });
    const settings = settingsOf(stored.profile);
    await startRun(client, { key: id, action: 'check', settings, secretsOf: id, secrets: {}, recipient: null });
  };
}
