import type { LucideIcon } from 'lucide-react';
import type { ReactNode, Ref } from 'react';
import { Button as AriaButton } from 'react-aria-components/Button';
import { Tooltip, TooltipTrigger } from 'react-aria-components/Tooltip';
import styles from './button.module.css';
import { cx } from './cx.ts';
import { Icon } from './icon.tsx';

/** What every button takes. */
export interface ButtonProps {
  children: ReactNode;
  onPress: () => void;
  icon?: LucideIcon;
  /** `primary` is the one filled button of a group; `quiet` has no edge. */
  kind?: 'primary' | 'plain' | 'quiet' | 'danger';
  isDisabled?: boolean;
  /** Nothing to do at the moment: looks disabled and does nothing, but keeps the focus that it may have. */
  isOff?: boolean;
  small?: boolean;
  /** Accessible name, where several buttons of the same word stand together; it begins with that word. */
  label?: string;
  /** Key combination for assistive technology, such as `Control+S`. */
  keys?: string;
  autoFocus?: boolean;
  ref?: Ref<HTMLButtonElement>;
}

/** A button with a word. */
export function Button({
  children,
  onPress,
  icon,
  kind = 'plain',
  isDisabled,
  isOff = false,
  small,
  label,
  keys,
  autoFocus,
  ref,
}: ButtonProps) {
  return (
    <AriaButton
      {...(ref && { ref })}
      className={cx(styles.button, styles[kind], small && styles.small)}
      onPress={isOff ? () => {} : onPress}
      isDisabled={isDisabled ?? false}
      {...(isOff && { 'aria-disabled': true })}
      autoFocus={autoFocus ?? false}
      {...(label && { 'aria-label': label })}
      {...(keys && { 'aria-keyshortcuts': keys })}
    >
      {icon && <Icon of={icon} />}
      <span className={styles.word}>{children}</span>
    </AriaButton>
  );
}

/** A button that is only an icon: its name shows as a tooltip. */
export function IconButton({
  icon,
  name,
  tip = name,
  onPress,
  isDisabled = false,
  small = false,
}: {
  icon: LucideIcon;
  /** Accessible name. */
  name: string;
  /** Tooltip, where it says more than the name. */
  tip?: string;
  /** Absent for one that opens the popover beside it. */
  onPress?: () => void;
  isDisabled?: boolean;
  small?: boolean;
}) {
  return (
    <TooltipTrigger delay={400} closeDelay={0}>
      <AriaButton
        className={cx(styles.button, styles.quiet, styles.square, small && styles.small)}
        aria-label={name}
        {...(onPress && { onPress })}
        isDisabled={isDisabled}
      >
        <Icon of={icon} />
      </AriaButton>
      <Tooltip className={cx(styles.tip)} offset={6}>
        {tip}
      </Tooltip>
    </TooltipTrigger>
  );
}
