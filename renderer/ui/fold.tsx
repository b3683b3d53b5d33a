import { ChevronRight } from 'lucide-react';
import { type ReactNode, useEffect, useState } from 'react';
import { cx } from './cx.ts';
import styles from './fold.module.css';
import { Icon } from './icon.tsx';

/** A part that is folded until it is asked for. `isNeeded` unfolds it, for instance when it holds an error. */
export function Fold({
  title,
  hint,
  isNeeded = false,
  flush = false,
  children,
}: {
  title: ReactNode;
  /** A few words beside the title, such as what is set inside. */
  hint?: ReactNode;
  isNeeded?: boolean;
  /** No indentation of the content. */
  flush?: boolean;
  children: ReactNode;
}) {
  const [isOpen, setOpen] = useState(isNeeded);
  useEffect(() => {
    if (isNeeded) setOpen(true);
  }, [isNeeded]);
  return (
    <details className={styles.fold} open={isOpen} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary className={styles.summary}>
        <Icon of={ChevronRight} className={styles.chevron} />
        <span className={styles.title}>{title}</span>
        {hint && <span className={styles.hint}>{hint}</span>}
      </summary>
      {isOpen && <div className={cx(styles.content, flush && styles.flush)}>{children}</div>}
    </details>
  );
}
