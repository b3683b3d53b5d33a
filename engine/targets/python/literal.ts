import type { CodeValue } from '../code/value.ts';

/** A value that was read, and the offset after it. */
export interface ReadLiteral {
  literal: CodeValue;
  end: number;
}

const WORD = /(True|False|None)\b/y;
const NUMBER = /-?(?:0|[1-9]\d*(?:_\d+)*)(?![\w.])/y;
const PREFIX = /([uUrR]?)('''|"""|'|")/y;
const WORDS: Record<string, CodeValue> = {
  True: { kind: 'flag', value: true },
  False: { kind: 'flag', value: false },
  None: { kind: 'nothing' },
};

/** Reads a literal of Python; null for anything that would have to be computed. */
export function readPythonLiteral(text: string, at: number): ReadLiteral | null {
  WORD.lastIndex = at;
  const word = WORD.exec(text)?.[1];
  if (word) return { literal: WORDS[word] ?? { kind: 'nothing' }, end: at + word.length };
  NUMBER.lastIndex = at;
  const number = NUMBER.exec(text)?.[0];
  if (number)
    return { literal: { kind: 'number', value: Number(number.replaceAll('_', '')) }, end: at + number.length };
  PREFIX.lastIndex = at;
  const open = PREFIX.exec(text);
  if (!open?.[2]) return null;
  const inner = at + open[0].length;
  const close = endOfPythonText(text, inner, open[2]);
  if (close === null) return null;
  const raw = text.slice(inner, close).replace(/\r\n?/g, '\n');
  const value = /r/i.test(open[1] ?? '') ? raw : unescaped(raw);
  return value === null ? null : { literal: { kind: 'text', value }, end: close + open[2].length };
}

/** Offset of the quotes that close a text whose inside begins at `from`; null when none do. */
export function endOfPythonText(text: string, from: number, quotes: string): number | null {
  for (let at = from; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text.startsWith(quotes, at)) return at;
    else if (quotes.length === 1 && text[at] === '\n') return null;
  }
  return null;
}

const LETTERS: Record<string, string> = {
  '\\': '\\',
  "'": "'",
  '"': '"',
  '\n': '',
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};
const ESCAPE = /\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([0-7]{1,3})|([\s\S]))/g;

/** Null for names of characters and broken escapes. */
function unescaped(raw: string): string | null {
  let failed = false;
  const value = raw.replace(ESCAPE, (whole, x?: string, u?: string, long?: string, octal?: string, letter = '') => {
    const hex = x ?? u ?? long;
    if (hex !== undefined || octal !== undefined) {
      const point = hex === undefined ? Number.parseInt(octal ?? '', 8) : Number.parseInt(hex, 16);
      if (point <= 0x10ffff && (point < 0xd800 || point > 0xdfff)) return String.fromCodePoint(point);
      failed = true;
      return '';
    }
    if (/[xuUN]/.test(letter)) failed = true;
    return LETTERS[letter] ?? whole;
  });
  return failed ? null : value;
}

/** A text as a literal of Python. */
export function pythonText(text: string): string {
  const escaped = text.replace(/[\\']/g, '\\$&').replace(/\p{Cc}/gu, (char) => {
    const known = { '\n': '\\n', '\r': '\\r', '\t': '\\t' }[char];
    return known ?? `\\x${char.charCodeAt(0).toString(16).padStart(2, '0')}`;
  });
  return `'${escaped}'`;
}
