import { Ban, Check, Circle, LoaderCircle, type LucideIcon, TriangleAlert, X } from 'lucide-react';
import { cx } from './cx.ts';
import { Icon } from './icon.tsx';
import styles from './state-mark.module.css';

/** Every state that a stage or a run can be in. */
export type MarkState = 'passed' | 'warned' | 'failed' | 'running' | 'cancelled' | 'untested';

const ICONS: Record<MarkState, LucideIcon> = {
  passed: Check,
  warned: TriangleAlert,
  failed: X,
  running: LoaderCircle,
  cancelled: Ban,
  untested: Circle,
};

/** The icon of a state in its colour. A word always stands beside it. */
export function StateMark({ state, size = 14 }: { state: MarkState; size?: number }) {
  return (
    <span className={cx(styles.mark, styles[state])}>
      <Icon of={ICONS[state]} size={size} />
    </span>
  );
}
