import { useEffect, useRef } from 'react';
import { LIMITS } from '../../../shared/limits.ts';
import { library as text } from '../../text.ts';
import styles from './rows.module.css';

/** The name of a row while it is typed anew. Enter and leaving the field take it, Escape and an empty name do not. */
export function RenameField({ name, onDone }: { name: string; onDone: (name: string | null) => void }) {
  const field = useRef<HTMLInputElement>(null);
  const isOver = useRef(false);
  useEffect(() => field.current?.select(), []);
  const finish = (next: string | null) => {
    // Closing the field makes it lose the focus, which must not count a second time.
    if (isOver.current) return;
    isOver.current = true;
    onDone(next?.trim() ? next.trim() : null);
  };
  return (
    <input
      ref={field}
      className={styles.rename}
      aria-label={text.renameField(name)}
      defaultValue={name}
      maxLength={LIMITS.profileName}
      spellCheck={false}
      autoComplete="off"
      onClick={(event) => event.stopPropagation()}
      onBlur={(event) => finish(event.target.value)}
      onKeyDown={(event) => {
        // Keys of the list are text here.
        event.stopPropagation();
        if (event.key === 'Enter') finish(event.currentTarget.value);
        if (event.key === 'Escape') finish(null);
      }}
    />
  );
}
