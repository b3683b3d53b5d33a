import type { InputHTMLAttributes, Ref, TextareaHTMLAttributes } from 'react';
import { cx } from './cx.ts';
import styles from './input.module.css';

/** Attributes of a one-line input, and whether it holds code-like text (hosts, ports, keys). */
export interface InputProps extends InputHTMLAttributes<HTMLInputElement> {
  mono?: boolean;
  ref?: Ref<HTMLInputElement>;
}

/**
 * A one-line text input in the house style. Nothing is corrected, completed or checked for spelling. Words run in the
 * direction of their script; code runs from left to right.
 */
export function Input({ mono = false, className, ...rest }: InputProps) {
  return (
    <input
      type="text"
      autoComplete="off"
      autoCorrect="off"
      autoCapitalize="off"
      spellCheck={false}
      {...(!mono && { dir: 'auto' })}
      {...rest}
      className={cx(styles.input, mono && styles.mono, className)}
    />
  );
}

/** Attributes of a text area, and whether it holds code-like text. */
export interface TextAreaProps extends TextareaHTMLAttributes<HTMLTextAreaElement> {
  mono?: boolean;
  ref?: Ref<HTMLTextAreaElement>;
}

/** A text of several lines. */
export function TextArea({ mono = false, className, ...rest }: TextAreaProps) {
  return (
    <textarea
      autoComplete="off"
      spellCheck={false}
      {...(!mono && { dir: 'auto' })}
      {...rest}
      className={cx(styles.input, styles.area, mono && styles.mono, className)}
    />
  );
}
