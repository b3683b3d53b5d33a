import type { EntrySheet } from '../../shared/entry-sheet.ts';
import { pad } from './layout.ts';
import { safe } from './safe.ts';
import type { Style } from './style.ts';

/** An entry sheet for people: where the form is, then each field with what to enter, never a secret. */
export function sheetLines({ place, fields }: EntrySheet, style: Style): string[] {
  const width = Math.max(...fields.map(({ label }) => label.length));
  const lines = [style.bold(place), ''];
  for (const { label, enter, isSecret, isRequired, help } of fields) {
    const shown = isSecret ? style.dim(`(secret; --copy "${label}")`) : enter === '' ? style.dim('(leave empty)') : '';
    const [first = '', ...more] = enter.split('\n');
    lines.push(`${pad(label, width)}  ${shown || safe(first)}${isRequired && enter === '' && !isSecret ? ' *' : ''}`);
    for (const line of more) lines.push(`${' '.repeat(width)}  ${safe(line)}`);
    if (help !== '') lines.push(style.dim(`${' '.repeat(width)}  ${help}`));
  }
  if (fields.some(({ enter, isSecret, isRequired }) => isRequired && enter === '' && !isSecret)) {
    lines.push('', '* The form does not take this field empty.');
  }
  return lines;
}
