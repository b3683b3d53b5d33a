import { Plus } from 'lucide-react';
import { Suspense } from 'react';
import { KeptBanner } from '../features/drafts/kept-banner.tsx';
import { startNewProfile } from '../features/library/actions.ts';
import { Library } from '../features/library/library.tsx';
import { RecoveryBanner } from '../features/settings/recovery.tsx';
import { HomeScreen } from '../features/start/home-screen.tsx';
import { Loading } from '../features/states/pending.tsx';
import { type Layout, ONE_COLUMN, useLayout } from '../state/layout.ts';
import { type Pane, useUi } from '../state/ui.ts';
import { library, panes as text } from '../text.ts';
import { IconButton } from '../ui/button.tsx';
import { Segmented } from '../ui/segmented.tsx';
import { BatchScreen, NewProfile, PracticeScreen, StoredProfileScreen, TrashScreen } from './lazy-parts.ts';
import styles from './shell.module.css';
import { ColumnEdge, ColumnRail } from './side-column.tsx';
import { useKeptLayout } from './use-kept-layout.ts';
import { useMedia } from './use-media.ts';

/** The three columns. Where the window is too narrow for all, a switch on top says which are in view. */
export function Shell() {
  const place = useUi((state) => state.place);
  const pane = useUi((state) => state.pane);
  const layout = useLayout();
  const isLayoutKnown = useKeptLayout();
  const hasBench = place.kind === 'profile' || place.kind === 'new';
  const isOneColumn = useMedia(ONE_COLUMN);
  const choices: { value: Pane; label: string }[] = [
    ...(isOneColumn ? [{ value: 'library' as const, label: text.library }] : []),
    { value: 'main', label: text.main },
    ...(hasBench ? [{ value: 'bench' as const, label: text.bench }] : []),
  ];
  if (!isLayoutKnown) return null;
  return (
    <div
      className={styles.shell}
      data-pane={pane}
      data-bench={hasBench}
      data-library-open={layout.isLibraryOpen}
      data-bench-open={layout.isBenchOpen}
      style={widthsOf(layout)}
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
      <div className={styles.library} data-column="library">
        <ColumnEdge of="library" />
        <ColumnRail of="library">
          <IconButton icon={Plus} name={library.newProfile} onPress={startNewProfile} />
        </ColumnRail>
        <Library />
      </div>
      <Screen />
    </div>
  );
}

/** Widths that were set; the others are the style sheet's. */
function widthsOf({ library, bench }: Layout): React.CSSProperties {
  return {
    ...(library !== null && { '--library': `${library}px` }),
    ...(bench !== null && { '--bench': `${bench}px` }),
  } as React.CSSProperties;
}

function Screen() {
  return (
    <Suspense
      fallback={
        <main className={styles.coming}>
          <Loading />
        </main>
      }
    >
      <Place />
    </Suspense>
  );
}

function Place() {
  const place = useUi((state) => state.place);
  switch (place.kind) {
    case 'home':
      return <HomeScreen />;
    case 'profile':
      return <StoredProfileScreen key={place.id} id={place.id} />;
    case 'new':
      return <NewProfile key={place.key} draftKey={place.key} seed={place.seed} />;
    case 'batch':
      return <BatchScreen ids={place.ids} />;
    case 'practice':
      return <PracticeScreen />;
    case 'trash':
      return <TrashScreen />;
  }
}
