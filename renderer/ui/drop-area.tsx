import { FileUp } from 'lucide-react';
import type { ReactNode } from 'react';
import styles from './drop-area.module.css';
import { Icon } from './icon.tsx';

/** Where a file can be dropped, and the buttons that choose one instead. The window itself takes the drop. */
export function DropArea({ words, children }: { words: string; children: ReactNode }) {
  return (
    <div className={styles.drop} data-drop="">
      <Icon of={FileUp} size={20} />
      <p>{words}</p>
      <div className={styles.ways}>{children}</div>
    </div>
  );
}
