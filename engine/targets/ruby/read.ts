import type { CodeReading, CodeValue } from '../code/value.ts';
import { splitLines } from '../lines/lines.ts';
import { readRubyLiteral } from './literal.ts';

const TARGET = /([a-z_]+)\[(['"])([\w.-]+)\2\][ \t]*=(?![=~>])[ \t]*/y;
const HINT = /^[ \t]*#+[ \t]*([a-z_]+)\[(['"])([\w.-]+)\2\][ \t]*=[ \t]*(.*?)[ \t]*$/;
/** A comment longer than this is no default of a key. */
const MAX_HINT = 2_000;
const HEREDOC = /<<[-~]?(['"]?)([A-Za-z_]\w*)\1/;

/**
 * Finds `name['key'] = value` in a text of Ruby, without running any of it. A value that is no literal is kept as the
 * expression that it is. Statements may be separated by line breaks or semicolons.
 * @param table Name before the brackets, such as `gitlab_rails`; others are passed over.
 */
export function readRuby(text: string, table: string): CodeReading {
  const reading: CodeReading = { entries: [], sections: [], hints: [], fault: null };
  const lines = splitLines(text);
  let heredoc = '';
  let comment = false;
  let resume = 0;
  for (const line of lines) {
    const content = text.slice(line.start, line.end);
    if (/^__END__\s*$/.test(content) && heredoc === '') break;
    if (/^=(begin|end)\b/.test(content)) comment = content.startsWith('=begin');
    if (heredoc !== '') {
      if (content.trim() === heredoc) heredoc = '';
      continue;
    }
    if (comment || line.start < resume) continue;
    heredoc = /^\s*#/.test(content) ? '' : (HEREDOC.exec(content)?.[2] ?? '');
    const place = { section: '', line: line.number, start: line.start, end: line.next };
    const hint = content.length <= MAX_HINT ? HINT.exec(content) : null;
    if (hint?.[1] === table && hint[3]) {
      const valueStart = line.start + content.trimEnd().length - (hint[4]?.length ?? 0);
      const valueEnd = line.start + content.trimEnd().length;
      reading.hints.push({ ...place, key: keyOf(table, hint[3]), value: hint[4] ?? '', valueStart, valueEnd });
      continue;
    }
    resume = readStatements(text, table, place, line.end, reading);
  }
  return reading;
}

interface Place {
  section: string;
  line: number;
  start: number;
  end: number;
}

/** Reads the statements of one line. Returns the offset up to which the text was taken, after strings of many lines. */
function readStatements(text: string, table: string, place: Place, lineEnd: number, reading: CodeReading): number {
  let start = place.start;
  let at = start;
  for (;;) {
    while (text[at] === ' ' || text[at] === '\t') at++;
    TARGET.lastIndex = at;
    const target = TARGET.exec(text);
    const valueStart = target ? TARGET.lastIndex : at;
    const value = target ? readValue(text, valueStart, lineEnd) : null;
    const end = value?.end ?? endOfStatement(text, at, lineEnd);
    const lastLineEnd = Math.max(lineEnd, lineEndAt(text, end));
    const semicolon = /^[ \t]*;[ \t]*/.exec(text.slice(end, lastLineEnd));
    const more = semicolon !== null && end + semicolon[0].length < lastLineEnd;
    const next = more ? end + semicolon[0].length : nextLine(text, lastLineEnd);
    if (target?.[1] === table && target[3] && value && isWhole(value.literal)) {
      reading.entries.push({
        ...place,
        start,
        end: next,
        key: keyOf(table, target[3]),
        value: text.slice(valueStart, end),
        valueStart,
        valueEnd: end,
        literal: value.literal,
      });
    }
    if (!more) return next;
    start = next;
    at = next;
  }
}

/** The key as a new line spells it. */
export function keyOf(table: string, name: string): string {
  return `${table}['${name}']`;
}

function readValue(text: string, at: number, lineEnd: number): { literal: CodeValue; end: number } {
  const read = readRubyLiteral(text, at);
  if (read) {
    const rest = text.slice(read.end, lineEndAt(text, read.end));
    // Something after the literal makes it a part of an expression.
    if (/^[ \t\r]*([;#]|$)/.test(rest)) return read;
  }
  const end = endOfStatement(text, at, lineEnd);
  return {
    literal: { kind: 'expression', text: text.slice(at, end).trimEnd() },
    end: at + text.slice(at, end).trimEnd().length,
  };
}

/**
 * False for the beginning of something that goes on over the next lines. It is passed over: a line that is put after it
 * would end up inside.
 */
function isWhole(literal: CodeValue): boolean {
  if (literal.kind !== 'expression') return true;
  const bare = literal.text.replace(/'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"/g, '');
  const opened = bare.match(/[([{]/g)?.length ?? 0;
  const closed = bare.match(/[)\]}]/g)?.length ?? 0;
  return opened === closed && !/['"]|<<|\b(do|if|case|begin|unless)\b|[-+*/,.|&=\\]$/.test(bare);
}

/** Where a statement that is not understood ends: at a semicolon or a comment outside of quotes, else with its line. */
function endOfStatement(text: string, from: number, lineEnd: number): number {
  let quote = '';
  for (let at = from; at < lineEnd; at++) {
    const char = text[at] ?? '';
    if (char === '\\') at++;
    else if (quote !== '') quote = char === quote ? '' : quote;
    else if (char === '"' || char === "'") quote = char;
    else if (char === ';') return at;
    else if (char === '#' && /\s/.test(text[at - 1] ?? ' ')) return at;
  }
  return lineEnd;
}

function lineEndAt(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  if (end === -1) return text.length;
  return text[end - 1] === '\r' && end > from ? end - 1 : end;
}

function nextLine(text: string, lineEnd: number): number {
  const end = text.indexOf('\n', lineEnd);
  return end === -1 ? text.length : end + 1;
}
