import { CircleX, Info, type LucideIcon, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { cx } from './cx.ts';
import { Icon } from './icon.tsx';
import styles from './note.module.css';

const ICONS: Record<'info' | 'warning' | 'failed', LucideIcon> = {
  info: Info,
  warning: TriangleAlert,
  failed: CircleX,
};

/** A remark with its icon, and what can be done about it. */
export function Note({
  tone = 'info',
  children,
  action,
  boxed = false,
}: {
  tone?: 'info' | 'warning' | 'failed';
  children: ReactNode;
  action?: ReactNode;
  /** With a tinted ground, for remarks that stand alone. */
  boxed?: boolean;
}) {
  return (
    <div className={cx(styles.note, styles[tone], boxed && styles.boxed)}>
      <Icon of={ICONS[tone]} className={styles.icon} />
      <div className={styles.words}>
        <div>{children}</div>
        {action && <div className={styles.actions}>{action}</div>}
      </div>
    </div>
  );
}
