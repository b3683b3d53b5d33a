import { Eye, EyeOff } from 'lucide-react';
import { type FocusEvent, type ReactNode, useEffect, useState } from 'react';
import { common } from '../text.ts';
import { IconButton } from './button.tsx';
import { cx } from './cx.ts';
import { Input, type InputProps, TextArea, type TextAreaProps } from './input.tsx';
import styles from './secret-input.module.css';

/** Milliseconds after which a shown secret is masked again by itself. */
const SHOWN_MS = 30_000;

const MARKS = {
  'data-secret': '',
  'data-1p-ignore': '',
  'data-lpignore': 'true',
  'data-bwignore': '',
} as const;

/**
 * An input for a secret: masked, and marked so that neither the browser nor a password manager fills or keeps it. Pasting
 * is allowed (WCAG 3.3.8). What was typed can be shown; it is masked again when the focus leaves, and after 30 seconds.
 */
export function SecretInput({ label, ...props }: InputProps & { label: string }) {
  return (
    <Frame label={label} isFilled={Boolean(props.value)}>
      {(isShown) => (
        <Input
          {...props}
          {...MARKS}
          type={isShown ? 'text' : 'password'}
          autoComplete="new-password"
          className={styles.input}
          mono
        />
      )}
    </Frame>
  );
}

/** The same for a secret of several lines, such as a private key. */
export function SecretArea({ label, ...props }: TextAreaProps & { label: string }) {
  return (
    <Frame label={label} isFilled={Boolean(props.value)}>
      {(isShown) => <TextArea {...props} {...MARKS} className={cx(styles.input, !isShown && styles.concealed)} mono />}
    </Frame>
  );
}

function Frame({
  label,
  isFilled,
  children,
}: {
  label: string;
  isFilled: boolean;
  children: (isShown: boolean) => ReactNode;
}) {
  const [wanted, setWanted] = useState(false);
  const isShown = wanted && isFilled;
  useEffect(() => {
    if (!isShown) return;
    const timer = setTimeout(() => setWanted(false), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [isShown]);
  const hideOnLeave = ({ currentTarget, relatedTarget }: FocusEvent) => {
    if (!currentTarget.contains(relatedTarget)) setWanted(false);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: leaving it only masks what is inside
    <span className={styles.frame} onBlur={hideOnLeave}>
      {children(isShown)}
      {isFilled && <ShowButton label={label} isShown={isShown} onPress={() => setWanted(!isShown)} />}
    </span>
  );
}

function ShowButton({ label, isShown, onPress }: { label: string; isShown: boolean; onPress: () => void }) {
  return (
    <span className={styles.button}>
      <IconButton
        small
        icon={isShown ? EyeOff : Eye}
        name={isShown ? common.hide(label) : common.show(label)}
        onPress={onPress}
      />
    </span>
  );
}
