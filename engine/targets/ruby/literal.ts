import type { CodeValue } from '../code/value.ts';

/** A value that was read, and the offset after it. */
export interface ReadLiteral {
  literal: CodeValue;
  end: number;
}

const WORDS: Record<string, CodeValue> = {
  true: { kind: 'flag', value: true },
  false: { kind: 'flag', value: false },
  nil: { kind: 'nothing' },
};
const WORD = /(?:true|false|nil)(?![\w?!.[(])/y;
const NUMBER = /-?\d+(?:_\d+)*(?![\w.])/y;
const SYMBOL = /:([A-Za-z_]\w*)(?![\w.[(])/y;
const LETTERS: Record<string, string> = {
  n: '\n',
  t: '\t',
  r: '\r',
  s: ' ',
  e: '\x1b',
  a: '\x07',
  b: '\b',
  f: '\f',
  v: '\v',
  '\n': '',
};

/** Reads a literal of Ruby; null for anything that would have to be computed. */
export function readRubyLiteral(text: string, at: number): ReadLiteral | null {
  const quote = text[at];
  if (quote === "'") return singleQuoted(text, at);
  if (quote === '"') return doubleQuoted(text, at);
  const word = matchAt(WORD, text, at);
  if (word) return { literal: WORDS[word[0]] ?? { kind: 'nothing' }, end: at + word[0].length };
  const number = matchAt(NUMBER, text, at);
  if (number) {
    return { literal: { kind: 'number', value: Number(number[0].replaceAll('_', '')) }, end: at + number[0].length };
  }
  const symbol = matchAt(SYMBOL, text, at);
  return symbol?.[1] ? { literal: { kind: 'text', value: symbol[1] }, end: at + symbol[0].length } : null;
}

/** A text as a literal of Ruby. In single quotes only the backslash and the quote are special, and nothing is put in. */
export function rubyText(text: string): string {
  return `'${text.replace(/[\\']/g, '\\$&')}'`;
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

function singleQuoted(text: string, start: number): ReadLiteral | null {
  let value = '';
  for (let at = start + 1; at < text.length; at++) {
    const char = text[at] ?? '';
    const next = text[at + 1] ?? '';
    if (char === "'") return { literal: { kind: 'text', value }, end: at + 1 };
    if (char === '\\' && (next === '\\' || next === "'")) {
      value += next;
      at++;
    } else value += char;
  }
  return null;
}

function doubleQuoted(text: string, start: number): ReadLiteral | null {
  let value = '';
  for (let at = start + 1; at < text.length; at++) {
    const char = text[at] ?? '';
    if (char === '"') return { literal: { kind: 'text', value }, end: at + 1 };
    if (char === '#' && /[{$@]/.test(text[at + 1] ?? '')) return null;
    if (char !== '\\') {
      value += char;
      continue;
    }
    const special = readEscape(text, at + 1);
    if (!special) return null;
    value += special.value;
    at = special.end - 1;
  }
  return null;
}

const CODE = /u([0-9a-fA-F]{4})|u\{([0-9a-fA-F]{1,6})\}|x([0-9a-fA-F]{1,2})|([0-7]{1,3})/y;

/** What stands after a backslash between double quotes; null for control and meta characters, which no setting has. */
function readEscape(text: string, at: number): { value: string; end: number } | null {
  const code = matchAt(CODE, text, at);
  if (code) {
    const point = code[4] ? Number.parseInt(code[4], 8) : Number.parseInt(code[1] ?? code[2] ?? code[3] ?? '', 16);
    // A byte above 127 is a part of a character, and half of a pair is none.
    const isByte = (code[3] ?? code[4]) !== undefined;
    if (point > 0x10ffff || (isByte && point > 0x7f) || (point >= 0xd800 && point <= 0xdfff)) return null;
    return { value: String.fromCodePoint(point), end: at + code[0].length };
  }
  const char = text[at];
  if (char === undefined || /[cCMux]/.test(char)) return null;
  return { value: LETTERS[char] ?? char, end: at + 1 };
}
