import type { Entry, LineReading } from '../lines/entry.ts';
import { splitLines, type TextLine } from '../lines/lines.ts';
import type { EnvDialect, QuoteRule } from './dialects.ts';

/** One assignment of an env file as one program reads it. */
export interface EnvAssignment extends Entry {
  /** True when the program puts other variables, or the output of a command, into the value. */
  dynamic: boolean;
  /** True when the program does not take the line, or takes it in a way that nobody meant. */
  broken: boolean;
}

/** What one program makes of an env file. */
export interface EnvReading extends LineReading {
  entries: EnvAssignment[];
}

/** Lines of one value that are looked at: a long private key has about 60. */
const MAX_LINES = 100;

const HEAD = /^([ \t]*(export[ \t]+)?)([A-Za-z_][\w.-]*)([ \t]*)(=|:(?=[ \t]))([ \t]*)/;
const HINT = /^[ \t]*#[ \t]?((?:export[ \t]+)?([A-Za-z_]\w*)=)(.*)$/;

/** Reads an env file by the rules of one program. Never fails: lines that are no assignment are passed over. */
export function scanEnv(text: string, dialect: EnvDialect): EnvReading {
  const lines = splitLines(text);
  const reading: EnvReading = { entries: [], sections: [], hints: [], fault: null };
  let next = 0;
  const misses = new Map<string, number>();
  for (const [index, line] of lines.entries()) {
    if (line.start < next) continue;
    const content = text.slice(line.start, line.end);
    const place = { section: '', line: line.number, start: line.start, end: line.next };
    if (dialect.commentLine.includes(content.trimStart()[0] ?? ' ')) {
      const hint = HINT.exec(content);
      const valueStart = line.end - (hint?.[3]?.length ?? 0);
      if (hint?.[2])
        reading.hints.push({ ...place, key: hint[2], value: hint[3] ?? '', valueStart, valueEnd: line.end });
      continue;
    }
    const head = HEAD.exec(content);
    if (!head?.[3] || !takesHead(head, dialect)) continue;
    const from = line.start + head[0].length - (dialect.bare.trims ? 0 : (head[6]?.length ?? 0));
    const value = new ValueScanner(text, from, dialect, lines[index + MAX_LINES]?.start ?? text.length, misses).read();
    const last = lineThatHolds(lines, index, value.end);
    const broken = value.broken || value.value.includes('\0');
    reading.entries.push({
      ...place,
      key: head[3],
      value: value.value,
      valueStart: from,
      valueEnd: value.end,
      end: last.next,
      dynamic: value.dynamic,
      broken,
    });
    next = last.next;
  }
  return reading;
}

function takesHead([, , exported, , before, sign, after]: RegExpExecArray, dialect: EnvDialect): boolean {
  if (exported && !dialect.exports) return false;
  if (sign !== '=' && !dialect.colon) return false;
  if (dialect.spacedEquals) return true;
  return before === '' && (after === '' || !dialect.bare.trims);
}

interface ScannedValue {
  value: string;
  /** Offset after the value as it is written. */
  end: number;
  dynamic: boolean;
  broken: boolean;
}

class ValueScanner {
  private readonly text: string;
  private readonly start: number;
  private readonly dialect: EnvDialect;
  private readonly lineEnd: number;
  /** Offset up to which the end of a quoted text is looked for. */
  private readonly limit: number;

  /** By quote: up to where an earlier search found no end, so that none is made twice. */
  private readonly misses: Map<string, number>;

  constructor(text: string, start: number, dialect: EnvDialect, limit: number, misses: Map<string, number>) {
    this.limit = limit;
    this.misses = misses;
    this.text = text;
    this.start = start;
    this.dialect = dialect;
    const end = text.indexOf('\n', start);
    const rest = end === -1 ? text.length : end;
    this.lineEnd = text[rest - 1] === '\r' && rest > start ? rest - 1 : rest;
  }

  read(): ScannedValue {
    if (this.dialect.joins) return this.joined();
    const quoted = this.quoted(this.start);
    if (!quoted) return this.bare();
    const rest = this.text.slice(quoted.end, this.endOfLine(quoted.end));
    const closes = this.dialect.bare.comment === 'none' ? /^[ \t\r]*$/ : /^[ \t\r]*(#.*)?$/;
    return closes.test(rest) ? quoted : { ...this.bare(), broken: true };
  }

  /** Pieces with and without quotes, one after the other, up to white space. */
  private joined(): ScannedValue {
    let at = this.start;
    let value = '';
    let dynamic = this.text[at] === '~';
    while (at < this.text.length && !/[\s;&|<>()]/.test(this.text[at] ?? '')) {
      const quoted = this.quoted(at);
      if (!quoted && /["']/.test(this.text[at] ?? '')) return { ...this.bare(), broken: true };
      const piece = quoted ?? this.piece(at);
      value += piece.value;
      dynamic ||= piece.dynamic;
      at = piece.end;
    }
    const rest = this.text.slice(at, this.endOfLine(at));
    return { value, end: at, dynamic, broken: !/^([ \t\r]*|[ \t]+#.*)$/.test(rest) };
  }

  private piece(from: number): ScannedValue {
    let at = from;
    let value = '';
    let dynamic = false;
    while (at < this.lineEnd && !/[\s;&|<>()"']/.test(this.text[at] ?? '')) {
      const char = this.text[at] ?? '';
      if (char === '\\') at++;
      else if (char === '$' || char === '`') dynamic = true;
      value += this.text[at] ?? '';
      at++;
    }
    return { value, end: Math.min(at, this.lineEnd), dynamic, broken: false };
  }

  /** The text between quotes that begin at an offset; null when none begin there, or they are not closed. */
  private quoted(from: number): ScannedValue | null {
    const quote = this.text[from] ?? '';
    const rule = this.dialect.quotes[quote];
    if (!rule) return null;
    const close = closingQuote(this.text, from, this.limit, quote, rule, this.misses.get(quote) ?? 0);
    if (close === -1) this.misses.set(quote, this.limit);
    if (close === -1 || (!this.dialect.multiline && this.text.slice(from, close).includes('\n'))) return null;
    const inside = this.text.slice(from + 1, close);
    const decoded = decode(inside, rule, this.dialect);
    // Where the backslash stays, a regular expression may as well end the text at the quote after it.
    const unsure =
      rule.guard === 'before' && rule.otherEscapes === 'kept' && !rule.escapes[quote] && inside.includes(quote);
    return { ...decoded, end: close + 1, broken: decoded.broken || unsure };
  }

  private bare(): ScannedValue {
    const { bare } = this.dialect;
    let raw = this.text.slice(this.start, this.lineEnd);
    if (bare.comment === 'any') raw = raw.replace(/#.*$/, '');
    if (bare.comment === 'spaced') raw = raw.replace(/\s+#.*$/, '');
    // A comment right after the equals sign; python-dotenv takes it for the value.
    if (raw.startsWith('#') && this.dialect.id === 'compose') raw = '';
    if (bare.trims) raw = raw.trimEnd();
    const end = this.start + raw.length;
    // Libraries that work with regular expressions take quotes off at both ends whatever stands between them.
    const wrapped = this.dialect.quotes[raw[0] ?? ''] && raw.length > 1 && raw.endsWith(raw[0] ?? ' ');
    if (wrapped) return { value: raw.slice(1, -1), end, dynamic: false, broken: true };
    const rule: QuoteRule = { escapes: {}, otherEscapes: bare.escapes, guard: 'none', expands: bare.expands };
    const decoded = decode(raw, rule, this.dialect);
    // A quote that begins a value and is not closed is taken by some readers as a part of it.
    const open = this.dialect.quotes[raw[0] ?? ''] !== undefined;
    const unsure = open || (this.dialect.id === 'ruby' && raw.includes('\\'));
    return { ...decoded, end, broken: decoded.broken || unsure || (raw.endsWith('\\') && bare.escapes === 'dropped') };
  }

  private endOfLine(from: number): number {
    const end = this.text.indexOf('\n', from);
    return end === -1 ? this.text.length : end;
  }
}

function closingQuote(
  text: string,
  from: number,
  limit: number,
  quote: string,
  { guard }: QuoteRule,
  missedUntil: number,
): number {
  const first = Math.max(from + 1, missedUntil);
  for (let at = text.indexOf(quote, first); at !== -1 && at < limit; at = text.indexOf(quote, at + 1)) {
    if (guard === 'none') return at;
    if (guard === 'before' && text[at - 1] !== '\\') return at;
    if (guard === 'pairs' && backslashesBefore(text, at, from) % 2 === 0) return at;
  }
  return -1;
}

function backslashesBefore(text: string, at: number, from: number): number {
  let count = 0;
  while (at - count - 1 > from && text[at - count - 1] === '\\') count++;
  return count;
}

/** The line at or after an index that holds an offset. */
function lineThatHolds(lines: readonly TextLine[], index: number, offset: number): TextLine {
  let at = index;
  while (at + 1 < lines.length && (lines[at]?.end ?? offset) < offset) at++;
  return lines[at] ?? { start: offset, end: offset, next: offset, number: 1 };
}

/**
 * dotenv of Ruby: some versions make \\n a line break, also after an escaped backslash, keep the backslash of an escaped
 * $(, or keep every backslash outside of quotes.
 */
const RUBY_GARBLES = /\\[nr]|\\\$\(/;

function decode(raw: string, rule: QuoteRule, dialect: EnvDialect): Omit<ScannedValue, 'end'> {
  let value = '';
  let dynamic = rule.expands === 'braces' && /\$\{[^}]*\}/.test(raw);
  const garbles = dialect.id === 'ruby' && rule.otherEscapes === 'dropped' && RUBY_GARBLES.test(raw);
  let broken = garbles || raw.includes('\r');
  for (let at = 0; at < raw.length; at++) {
    const char = raw[at] ?? '';
    const next = raw[at + 1];
    if (char === '\\' && next !== undefined) {
      const known = Object.hasOwn(rule.escapes, next) ? rule.escapes[next] : undefined;
      if (known === undefined && rule.otherEscapes === 'kept') {
        value += char;
        continue;
      }
      value += known ?? next;
      at++;
      continue;
    }
    if (rule.expands === 'dollar' && char === '$') {
      if (dialect.id === 'compose' && next === '$') at++;
      else dynamic = true;
    }
    if (char === '`' && dialect.id === 'sh' && rule.expands === 'dollar') dynamic = true;
    value += char;
  }
  // systemd drops a variable with a control character other than these two.
  if (dialect.id === 'systemd' && /[^\P{Cc}\t\n]/u.test(value)) broken = true;
  return { value, dynamic, broken };
}
