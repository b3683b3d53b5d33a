import type { ReactNode } from 'react';
import styles from './screen.module.css';

/** A screen that is no profile: its title, what it is for, its actions, and its content. */
export function Screen({
  title,
  intro,
  actions,
  children,
}: {
  title: string;
  intro?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
}) {
  return (
    <main className={styles.screen}>
      <header className={styles.header}>
        <div className={styles.words}>
          <h1>{title}</h1>
          {intro && <p>{intro}</p>}
        </div>
        {actions && <div className={styles.actions}>{actions}</div>}
      </header>
      {children}
    </main>
  );
}
