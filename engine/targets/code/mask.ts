import { maskUrls } from '../env/mail-url.ts';
import { isSecretKey, SHOWN_MASK } from '../json/mask.ts';

/** An assignment, an array item or an argument whose value is a text: `key = 'value'`, `'key' => "value"`. */
const PAIR =
  /((?:["']([\w.:-]+)["']|\b([A-Za-z_][\w.]*))\]?[ \t]*(?:=>|[:=,])[ \t]*)('(?:[^'\\]|\\[\s\S])*'|"(?:[^"\\]|\\[\s\S])*")/g;

/** Anything after a secret key that is no text in quotes and no word of the language: a template's leftovers. */
interface Secrets {
  entries: readonly { key: string; valueStart: number; valueEnd: number; literal: { kind: string } }[];
}

/**
 * A program's text with the texts of secret keys masked, in assignments, arrays and comments alike, and the passwords
 * inside of URLs. Keeps the number of lines.
 */
export function maskCode(text: string, { entries }: Secrets): string {
  const parts: string[] = [];
  let at = 0;
  for (const { key, valueStart, valueEnd, literal } of entries) {
    const secret = literal.kind === 'text' || literal.kind === 'number' || literal.kind === 'expression';
    if (!secret || !isSecretKey(lastName(key)) || valueStart < at) continue;
    const value = text.slice(valueStart, valueEnd);
    if (literal.kind === 'expression' && !/["'\d]/.test(value.replace(/\[["']\w+["']\]|\(["']\w+["']\)/g, '')))
      continue;
    if (/^(''|"")$/.test(value)) continue;
    parts.push(text.slice(at, valueStart), `'${SHOWN_MASK}'`, value.replace(/[^\n]/g, ''));
    at = valueEnd;
  }
  parts.push(text.slice(at));
  const masked = parts.join('').replace(PAIR, (whole, head: string, quoted?: string, bare?: string, value = '') => {
    if (!isSecretKey(lastName(quoted ?? bare ?? '')) || value.length <= 2) return whole;
    return `${head}'${SHOWN_MASK}'${value.replace(/[^\n]/g, '')}`;
  });
  return maskUrls(masked, SHOWN_MASK);
}

function lastName(key: string): string {
  return /(\w+)['"\]]*$/.exec(key)?.[1] ?? key;
}
