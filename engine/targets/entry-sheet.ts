import { SHOWN_MASK } from './json/mask.ts';
import { maskLines } from './mask-lines.ts';
import { isPlaceholder } from './secret-policy.ts';

/** Stands in a sheet where a person is to type the secret. */
export const TYPE_IT = '(type the password)';
const EMPTY = '(leave empty)';

/** One field of a product's form, in the words of the form, and what to enter. */
export interface SheetField {
  label: string;
  value: string;
}

/**
 * A sheet to copy values from by hand into a form, in the order of the form. A field with nothing to enter says so,
 * since an empty line would look like a mistake.
 */
export function entrySheet(title: string, fields: readonly SheetField[]): string {
  const width = Math.max(...fields.map(({ label }) => label.length));
  const lines = fields.map(({ label, value }) => `${label.padEnd(width)}  ${value === '' ? EMPTY : value}`);
  return [title, '', ...lines, ''].join('\n');
}

/** A sheet with the value of one field masked. Keeps the number of lines. */
export function maskSheet(text: string, label: string): string {
  const lines = maskLines(text).split('\n');
  return lines
    .map((line) => {
      if (!line.startsWith(`${label} `)) return line;
      const value = line.slice(label.length).trimStart();
      const harmless = value === EMPTY || value === TYPE_IT || isPlaceholder(value);
      return harmless ? line : `${label}${' '.repeat(line.length - label.length - value.length)}${SHOWN_MASK}`;
    })
    .join('\n');
}
