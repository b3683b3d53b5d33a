import * as z from 'zod/mini';
import { LIMITS } from './limits.ts';

/** Matches C0 and C1 control characters: they would let a value end one SMTP line or header and start another. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: finding control characters is the purpose
const CONTROL = /[\u0000-\u001f\u007f-\u009f]/;

/** Matches characters that reorder or hide text (bidirectional controls, zero-width, BOM), used to disguise names. */
const INVISIBLE = /[\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]/;

/** True when a text holds a control character. */
export function hasControlCharacter(text: string): boolean {
  return CONTROL.test(text);
}

/** True when a text holds a character that hides or reorders others. */
export function hasInvisibleCharacter(text: string): boolean {
  return INVISIBLE.test(text);
}

/**
 * Makes control and hiding characters visible (`\x1b`, `\u202e`), so that text from a server or a file cannot act on a
 * terminal or disguise itself in a window. Line breaks and tabs are escaped too.
 */
export function escapeControls(text: string): string {
  let out = '';
  for (const char of text) {
    if (hasControlCharacter(char)) out += `\\x${(char.codePointAt(0) ?? 0).toString(16).padStart(2, '0')}`;
    else if (hasInvisibleCharacter(char)) out += `\\u${(char.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`;
    else out += char;
  }
  return out;
}

/** One line of plain text: no control or hiding characters, well-formed Unicode, at most `max` characters. */
export function line(max: number = LIMITS.textLine) {
  return z.string().check(
    z.maxLength(max, `Use at most ${max} characters.`),
    z.refine((text) => !hasControlCharacter(text), 'Remove the line break or control character.'),
    z.refine((text) => !hasInvisibleCharacter(text), 'Remove the invisible character.'),
    z.refine((text) => text.isWellFormed(), 'Remove the broken character (half of a surrogate pair).'),
  );
}

/** Several lines of plain text: line breaks and tabs are allowed, other control characters are not. */
export function multiline(max: number) {
  return z.string().check(
    z.maxLength(max, `Use at most ${max} characters.`),
    z.refine((text) => !hasControlCharacter(text.replace(/[\n\r\t]/g, '')), 'Remove the control character.'),
    z.refine((text) => text.isWellFormed(), 'Remove the broken character (half of a surrogate pair).'),
  );
}
