import type { CodeItem, CodeValue } from '../code/value.ts';

/** A value that was read, and the offset after it. */
export interface ReadLiteral {
  literal: CodeValue;
  end: number;
}

/** Lists deeper than this are taken for an expression. */
const MAX_DEPTH = 8;

const SPACE = /(?:\s+|\/\/[^\n]*|#(?!\[)[^\n]*|\/\*[\s\S]*?\*\/)*/y;
const WORD = /(true|false|null)\b/iy;
const NUMBER = /-?(?:0|[1-9]\d*)(?![\w.])/y;
const LIST = /(?:array\s*\(|\[)/iy;
const WORDS: Record<string, CodeValue> = {
  true: { kind: 'flag', value: true },
  false: { kind: 'flag', value: false },
  null: { kind: 'nothing' },
};
const LETTERS: Record<string, string> = { n: '\n', r: '\r', t: '\t', v: '\v', e: '\x1b', f: '\f' };

/** First offset at or after `at` that is neither white space nor comment. */
export function skipPhpSpace(text: string, at: number): number {
  SPACE.lastIndex = at;
  SPACE.test(text);
  return Math.max(at, SPACE.lastIndex);
}

/** Reads a literal of PHP; null for anything that would have to be computed. */
export function readPhpLiteral(text: string, at: number, depth = 0): ReadLiteral | null {
  const quote = text[at];
  if (quote === "'") return singleQuoted(text, at);
  if (quote === '"') return doubleQuoted(text, at);
  WORD.lastIndex = at;
  const word = WORD.exec(text)?.[1];
  if (word) return { literal: WORDS[word.toLowerCase()] ?? { kind: 'nothing' }, end: at + word.length };
  NUMBER.lastIndex = at;
  const number = NUMBER.exec(text)?.[0];
  if (number) return { literal: { kind: 'number', value: Number(number) }, end: at + number.length };
  return depth < MAX_DEPTH ? readList(text, at, depth) : null;
}

/** Offset after the bracket of a list that begins at an offset, and the bracket that closes it; null when none does. */
export function openList(text: string, at: number): { inner: number; close: string } | null {
  LIST.lastIndex = at;
  const open = LIST.exec(text)?.[0];
  return open ? { inner: at + open.length, close: open === '[' ? ']' : ')' } : null;
}

function readList(text: string, start: number, depth: number): ReadLiteral | null {
  const open = openList(text, start);
  if (!open) return null;
  const items: CodeItem[] = [];
  let at = skipPhpSpace(text, open.inner);
  while (text[at] !== open.close) {
    const item = readPhpItem(text, at, depth);
    if (!item || item.value.kind === 'expression') return null;
    items.push({ key: item.key, value: item.value });
    at = skipPhpSpace(text, item.end);
    if (text[at] === ',') at = skipPhpSpace(text, at + 1);
    else if (text[at] !== open.close) return null;
  }
  return { literal: { kind: 'list', items }, end: at + 1 };
}

/** One item of a list, with the place of its value; an expression goes up to the comma or bracket that ends it. */
export interface PhpItem extends CodeItem {
  valueStart: number;
  end: number;
}

/** Reads `'key' => value` or `value`; null where the text ends first. */
export function readPhpItem(text: string, at: number, depth = 0): PhpItem | null {
  if (at >= text.length) return null;
  const key = readPhpLiteral(text, at, MAX_DEPTH);
  const arrow = key ? skipPhpSpace(text, key.end) : at;
  const named = key !== null && text.startsWith('=>', arrow) && 'value' in key.literal;
  const valueStart = named ? skipPhpSpace(text, arrow + 2) : at;
  const name = named && 'value' in key.literal ? String(key.literal.value) : null;
  const read = readPhpLiteral(text, valueStart, depth + 1);
  const after = read ? text[skipPhpSpace(text, read.end)] : undefined;
  if (read && /[,)\]]/.test(after ?? '')) return { key: name, value: read.literal, valueStart, end: read.end };
  const end = endOfExpression(text, valueStart);
  if (end === null) return null;
  return { key: name, value: { kind: 'expression', text: text.slice(valueStart, end) }, valueStart, end };
}

/** Where an expression ends: before the comma or bracket that does not belong to it; null when nothing ends it. */
function endOfExpression(text: string, from: number): number | null {
  let open = 0;
  let end = from;
  for (let at = from; at < text.length; ) {
    const space = skipPhpSpace(text, at);
    if (space > at) {
      at = space;
      continue;
    }
    const char = text[at] ?? '';
    if (open === 0 && /[,)\]}]/.test(char)) return end;
    if (char === ';' && open === 0) return null;
    if (/[([{]/.test(char)) open++;
    if (/[)\]}]/.test(char)) open--;
    const next = /["']/.test(char) ? endOfQuotes(text, at) : at + 1;
    if (next === null) return null;
    at = next;
    end = at;
  }
  return null;
}

/** Offset after the quote that closes what begins at an offset; null when none does. */
function endOfQuotes(text: string, start: number): number | null {
  for (let at = start + 1; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === text[start]) return at + 1;
  }
  return null;
}

/** A text as a literal of PHP. In single quotes only the backslash and the quote are special. */
export function phpText(text: string): string {
  return `'${text.replace(/[\\']/g, '\\$&')}'`;
}

function singleQuoted(text: string, start: number): ReadLiteral | null {
  const end = endOfQuotes(text, start);
  if (end === null) return null;
  const value = text.slice(start + 1, end - 1).replace(/\\([\\'])/g, '$1');
  return { literal: { kind: 'text', value }, end };
}

const CODE = /^(?:u\{([0-9a-fA-F]{1,6})\}|x([0-9a-fA-F]{1,2})|([0-7]{1,3}))/;

function doubleQuoted(text: string, start: number): ReadLiteral | null {
  let value = '';
  for (let at = start + 1; at < text.length; at++) {
    const char = text[at] ?? '';
    const next = text[at + 1] ?? '';
    if (char === '"') return { literal: { kind: 'text', value }, end: at + 1 };
    if ((char === '$' && /[A-Za-z_{\x80-\uffff]/.test(next)) || (char === '{' && next === '$')) return null;
    if (char !== '\\') {
      value += char;
      continue;
    }
    const code = CODE.exec(text.slice(at + 1, at + 12));
    if (code) {
      const point = code[3] ? Number.parseInt(code[3], 8) : Number.parseInt(code[1] ?? code[2] ?? '', 16);
      if (point > (code[1] ? 0x10ffff : 0x7f) || (point >= 0xd800 && point <= 0xdfff)) return null;
      value += String.fromCodePoint(point);
      at += code[0].length;
      continue;
    }
    // An unknown escape keeps its backslash.
    value += LETTERS[next] ?? (/[\\"$]/.test(next) ? next : `\\${next}`);
    at++;
  }
  return null;
}
