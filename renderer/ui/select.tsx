import type { Ref, SelectHTMLAttributes } from 'react';
import { cx } from './cx.ts';
import styles from './select.module.css';

/** One choice of a select. */
export interface Choice<V extends string = string> {
  value: V;
  label: string;
}

/** A native select: every platform's keyboard and screen reader know it; browsers that can draw its list in our style. */
export function Select<V extends string>({
  choices,
  value,
  onChange,
  className,
  ref,
  ...rest
}: Omit<SelectHTMLAttributes<HTMLSelectElement>, 'onChange' | 'value'> & {
  choices: readonly Choice<V>[];
  value: V;
  onChange: (value: V) => void;
  ref?: Ref<HTMLSelectElement>;
}) {
  return (
    <select
      {...rest}
      ref={ref ?? null}
      className={cx(styles.select, className)}
      value={value}
      onChange={(event) => onChange(event.target.value as V)}
    >
      {choices.map((choice) => (
        <option key={choice.value} value={choice.value}>
          {choice.label}
        </option>
      ))}
    </select>
  );
}
