import { type ReactNode, useId } from 'react';
import { cx } from './cx.ts';
import styles from './field.module.css';

/** Ids that tie a control to its label and messages. */
export interface FieldIds {
  id: string;
  /** For aria-describedby; absent when there is nothing to say. */
  describedBy: { 'aria-describedby'?: string };
  invalid: { 'aria-invalid'?: true };
}

/** What stands around one control. */
export interface FieldProps {
  label: string;
  /** More beside the label: what others call the field. Read out after the help. */
  aside?: ReactNode;
  help?: ReactNode;
  error?: string | undefined;
  /** More below the control: advice, the value that it had. */
  notes?: ReactNode;
  /** Puts the label above instead of beside. */
  stacked?: boolean;
  /** Controls beside the label, such as "1 of 3". */
  children: (ids: FieldIds) => ReactNode;
}

/** One labelled control with its help, its error and its notes, tied together for assistive technology. */
export function Field({ label, aside, help, error, notes, stacked = false, children }: FieldProps) {
  const id = useId();
  const helpId = `${id}-help`;
  const errorId = `${id}-error`;
  const noteId = `${id}-notes`;
  const asideId = `${id}-aside`;
  const described = [error && errorId, help && helpId, aside && asideId, notes && noteId].filter(Boolean).join(' ');
  return (
    <div className={cx(styles.field, stacked && styles.stacked)}>
      <div className={styles.head}>
        <label className={styles.label} htmlFor={id}>
          {label}
        </label>
        {aside && (
          <div id={asideId} className={styles.aside}>
            {aside}
          </div>
        )}
      </div>
      <div className={styles.body}>
        {children({
          id,
          describedBy: described ? { 'aria-describedby': described } : {},
          invalid: error ? { 'aria-invalid': true } : {},
        })}
        {error && (
          <p id={errorId} className={styles.error}>
            {error}
          </p>
        )}
        {help && (
          <p id={helpId} className={styles.help}>
            {help}
          </p>
        )}
        {notes && (
          <div id={noteId} className={styles.notes}>
            {notes}
          </div>
        )}
      </div>
    </div>
  );
}

/** A group of controls under one label, for choices that are no single input. */
export function FieldGroup({
  label,
  aside,
  help,
  stacked = false,
  children,
}: {
  label: string;
  /** More beside the label: what others call the field. */
  aside?: ReactNode;
  help?: ReactNode;
  stacked?: boolean;
  children: ReactNode;
}) {
  const id = useId();
  return (
    <fieldset className={cx(styles.field, stacked && styles.stacked)} aria-labelledby={id}>
      <div className={styles.head}>
        <span id={id} className={styles.label}>
          {label}
        </span>
        {aside && <div className={styles.aside}>{aside}</div>}
      </div>
      <div className={styles.body}>
        {children}
        {help && <p className={styles.help}>{help}</p>}
      </div>
    </fieldset>
  );
}
