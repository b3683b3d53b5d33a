import type { CodeValue } from '../code/value.ts';
import { phpText } from './literal.ts';

/** A value as PHP writes it, lists in the way of Nextcloud's own file. */
export function writePhp(value: CodeValue, newline = '\n', indent = '  '): string {
  if (value.kind === 'text') return phpText(value.value);
  if (value.kind === 'expression') return value.text;
  if (value.kind === 'nothing') return 'null';
  if (value.kind !== 'list') return String(value.value);
  const inner = `${indent}  `;
  const items = value.items.map(({ key, value: item }) => {
    const name = key === null ? '' : `${phpText(key)} => `;
    const broken = item.kind === 'list' ? `${newline}${inner}` : '';
    return `${inner}${name}${broken}${writePhp(item, newline, inner)},${newline}`;
  });
  return `array (${newline}${items.join('')}${indent})`;
}
