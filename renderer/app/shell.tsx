import { KeptBanner } from '../features/drafts/kept-banner.tsx';
import { Library } from '../features/library/library.tsx';
import { PracticeScreen } from '../features/practice/practice-screen.tsx';
import { NewProfile, StoredProfileScreen } from '../features/profile/profile-screen.tsx';
import { RecoveryBanner } from '../features/settings/recovery.tsx';
import { HomeScreen } from '../features/start/home-screen.tsx';
import { TrashScreen } from '../features/trash/trash-screen.tsx';
import { type Pane, useUi } from '../state/ui.ts';
import { panes as text } from '../text.ts';
import { Segmented } from '../ui/segmented.tsx';
import styles from './shell.module.css';
import { useMedia } from './use-media.ts';

/** The three columns. Where the window is too narrow for all, a switch on top says which are in view. */
export function Shell() {
  const { place, pane, benchWidth } = useUi();
  const hasBench = place.kind === 'profile' || place.kind === 'new';
  const isOneColumn = useMedia('(max-width: 719px)');
  const choices: { value: Pane; label: string }[] = [
    ...(isOneColumn ? [{ value: 'library' as const, label: text.library }] : []),
    { value: 'main', label: text.main },
    ...(hasBench ? [{ value: 'bench' as const, label: text.bench }] : []),
  ];
  return (
    <div
      className={styles.shell}
      data-pane={pane}
      data-bench={hasBench}
      style={{ '--bench': `${benchWidth}px` } as React.CSSProperties}
    >
      <header className={styles.notice}>
        <RecoveryBanner />
        <KeptBanner />
        <div className={styles.switcher} data-bench={hasBench}>
          <Segmented
            fill
            label={text.label}
            choices={choices}
            value={(pane === 'bench' && !hasBench) || (pane === 'library' && !isOneColumn) ? 'main' : pane}
            onChange={(next) => useUi.setState({ pane: next })}
          />
        </div>
      </header>
      <div className={styles.library}>
        <Library />
      </div>
      <Screen />
    </div>
  );
}

function Screen() {
  const place = useUi((state) => state.place);
  switch (place.kind) {
    case 'home':
      return <HomeScreen />;
    case 'profile':
      return <StoredProfileScreen key={place.id} id={place.id} />;
    case 'new':
      return <NewProfile key={place.key} draftKey={place.key} seed={place.seed} />;
    case 'practice':
      return <PracticeScreen />;
    case 'trash':
      return <TrashScreen />;
  }
}
