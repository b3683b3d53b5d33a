import type { JsonValue } from './document.ts';

/** How the white space of a JSON text is set. */
export interface JsonStyle {
  /** One level of indentation; '' writes everything on one line. */
  unit: string;
  newline: string;
  /** What stands between a key and its value, such as `: ` or ` : `. */
  colon: string;
}

/** Two spaces, LF. */
export const PLAIN_STYLE: JsonStyle = { unit: '  ', newline: '\n', colon: ': ' };

/** Writes a value in a style; `indent` is the indentation of the line that it begins on. */
export function writeJson(value: JsonValue, style: JsonStyle, indent = ''): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  // The engine's own writer has only this style, and is far quicker.
  if (indent === '' && style.unit !== '' && style.unit.length <= 10 && style.newline === '\n' && style.colon === ': ') {
    return JSON.stringify(value, null, style.unit);
  }
  const inner = indent + style.unit;
  const items = Array.isArray(value)
    ? value.map((item) => writeJson(item, style, inner))
    : Object.entries(value).map(([key, item]) => JSON.stringify(key) + style.colon + writeJson(item, style, inner));
  const [open, close] = Array.isArray(value) ? ['[', ']'] : ['{', '}'];
  if (items.length === 0) return open + close;
  if (style.unit === '') return open + items.join(style.colon.endsWith(' ') ? ', ' : ',') + close;
  const between = style.newline + inner;
  return open + between + items.join(`,${between}`) + style.newline + indent + close;
}
