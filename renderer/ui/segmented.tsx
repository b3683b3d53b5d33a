import { ToggleButton } from 'react-aria-components/ToggleButton';
import { ToggleButtonGroup } from 'react-aria-components/ToggleButtonGroup';
import { cx } from './cx.ts';
import styles from './segmented.module.css';
import type { Choice } from './select.tsx';

/** A few choices side by side, one of them chosen; arrow keys move between them. */
export function Segmented<V extends string>({
  label,
  choices,
  value,
  onChange,
  fill = false,
}: {
  /** Accessible name of the group. */
  label: string;
  choices: readonly Choice<V>[];
  value: V;
  onChange: (value: V) => void;
  /** Takes the whole width. */
  fill?: boolean;
}) {
  return (
    <ToggleButtonGroup
      aria-label={label}
      className={cx(styles.group, fill && styles.fill)}
      selectionMode="single"
      disallowEmptySelection
      selectedKeys={[value]}
      onSelectionChange={(keys) => {
        for (const key of keys) onChange(key as V);
      }}
    >
      {choices.map((choice) => (
        <ToggleButton key={choice.value} id={choice.value} className={cx(styles.item)}>
          {choice.label}
        </ToggleButton>
      ))}
    </ToggleButtonGroup>
  );
}
