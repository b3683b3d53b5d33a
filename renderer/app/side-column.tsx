import { type LucideIcon, PanelLeftOpen, PanelRightOpen } from 'lucide-react';
import type { ReactNode } from 'react';
import { keysOf } from '../features/palette/commands.ts';
import {
  COLUMN_WIDTH,
  type SideColumn,
  setColumnWidth,
  toggleBench,
  toggleLibrary,
  useLayout,
} from '../state/layout.ts';
import { panes as text } from '../text.ts';
import { IconButton } from '../ui/button.tsx';
import { Splitter } from '../ui/splitter.tsx';
import { shownKeys } from './keys.ts';
import styles from './shell.module.css';

const SIDES: Record<SideColumn, { edge: 'left' | 'right'; icon: LucideIcon; toggle: () => void }> = {
  library: { edge: 'right', icon: PanelLeftOpen, toggle: toggleLibrary },
  bench: { edge: 'left', icon: PanelRightOpen, toggle: toggleBench },
};

/** The movable edge of a side column. */
export function ColumnEdge({ of }: { of: SideColumn }) {
  const width = useLayout((layout) => layout[of]);
  const { edge, toggle } = SIDES[of];
  const { min, max } = COLUMN_WIDTH[of];
  return (
    <Splitter
      label={text.resize[of]}
      side={edge}
      min={min}
      max={max}
      step={COLUMN_WIDTH.step}
      width={width}
      onResize={(next) => setColumnWidth(of, next)}
      onFold={toggle}
    />
  );
}

/** What stands in the place of a column that is folded away: the way back, and what must not be out of sight. */
export function ColumnRail({ of, children }: { of: SideColumn; children?: ReactNode }) {
  const { icon, toggle } = SIDES[of];
  const keys = shownKeys(keysOf(of === 'library' ? 'toggleLibrary' : 'toggleBench'));
  return (
    <div className={styles.rail}>
      <span data-fold="">
        <IconButton icon={icon} name={text.unfold[of]} tip={`${text.unfold[of]} (${keys})`} onPress={toggle} />
      </span>
      {children}
    </div>
  );
}

/** The button that folds a column away. */
export function FoldButton({ of, icon }: { of: SideColumn; icon: LucideIcon }) {
  const keys = shownKeys(keysOf(of === 'library' ? 'toggleLibrary' : 'toggleBench'));
  return (
    <span data-fold="" className={styles.fold}>
      <IconButton icon={icon} name={text.fold[of]} tip={`${text.fold[of]} (${keys})`} onPress={SIDES[of].toggle} />
    </span>
  );
}
