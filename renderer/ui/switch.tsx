import { type ReactNode, useId } from 'react';
import styles from './switch.module.css';

/** A choice that is on or off, with its words beside it. */
export function Switch({
  children,
  isOn,
  onChange,
  help,
}: {
  children: ReactNode;
  isOn: boolean;
  onChange: (isOn: boolean) => void;
  help?: ReactNode;
}) {
  const id = useId();
  return (
    <div className={styles.row}>
      <input
        id={id}
        className={styles.switch}
        type="checkbox"
        role="switch"
        checked={isOn}
        aria-checked={isOn}
        onChange={(event) => onChange(event.target.checked)}
        {...(help ? { 'aria-describedby': `${id}-help` } : {})}
      />
      <div>
        <label htmlFor={id} className={styles.label}>
          {children}
        </label>
        {help && (
          <p id={`${id}-help`} className={styles.help}>
            {help}
          </p>
        )}
      </div>
    </div>
  );
}

/** A tick box with its words beside it. */
export function Check({
  children,
  isOn,
  onChange,
}: {
  children: ReactNode;
  isOn: boolean;
  onChange: (isOn: boolean) => void;
}) {
  return (
    <label className={styles.checkRow}>
      <input
        type="checkbox"
        className={styles.check}
        checked={isOn}
        onChange={(event) => onChange(event.target.checked)}
      />
      <span>{children}</span>
    </label>
  );
}
