import type { TextLine } from '../lines/lines.ts';
import { stripper } from '../lines/strip.ts';
import type { IniDialect } from './dialect.ts';
import type { ValueReading } from './read.ts';

/** Where a value is to be read. */
export interface ValueContext {
  text: string;
  lines: readonly TextLine[];
  /** Index of the line of the key. */
  index: number;
  /** Offset after the delimiter. */
  from: number;
  /** Characters before the key. */
  indent: number;
}

/** Reads a value as go-ini does (parser.go, readValue): quotes, comments at its end, lines joined by a backslash. */
export function readGoValue(context: ValueContext, { space }: IniDialect): ValueReading {
  const { text, lines, index, from } = context;
  const line = lines[index];
  const lead = new RegExp(`^[${space}]*`);
  const strip = stripper(space);
  const lineEnd = line?.end ?? from;
  const valueStart = from + (lead.exec(text.slice(from, lineEnd))?.[0].length ?? 0);
  const content = text.slice(valueStart, lineEnd);
  // The length check is upstream's: a line of three quotes alone begins a value, and the line break counts.
  const mark = content.startsWith('"""') && (content.length > 3 || line?.next !== line?.end) ? '"""' : '`';
  if (content.startsWith(mark)) return readMarked(context, valueStart, mark);
  const trimmed = strip.end(content);
  if (trimmed.endsWith('\\')) return readJoined(context, valueStart, trimmed.slice(0, -1), space);
  const comment = trimmed.search(/[#;]/);
  const raw = comment < 0 ? trimmed : strip.end(trimmed.slice(0, comment));
  return { value: withoutQuotes(raw), valueStart, valueEnd: valueStart + raw.length, last: index };
}

/** A value in backticks or three quotes: up to the last such mark on the line, else up to the next line with one. */
function readMarked({ text, lines, index }: ValueContext, valueStart: number, mark: string): ValueReading {
  const from = valueStart + mark.length;
  for (let last = index; last < lines.length; last++) {
    const line = lines[last];
    if (!line) break;
    const start = last === index ? from : line.start;
    const close = text.slice(start, line.end).lastIndexOf(mark);
    if (close < 0) continue;
    return { value: text.slice(from, start + close), valueStart, valueEnd: start + close + mark.length, last };
  }
  return {
    value: '',
    valueStart,
    valueEnd: from,
    last: index,
    fault: 'the quote at the beginning of the value is not closed',
  };
}

/** Lines that end in a backslash go on with the next; comments are not looked for in them. */
function readJoined(
  { text, lines, index }: ValueContext,
  valueStart: number,
  first: string,
  space: string,
): ValueReading {
  const strip = stripper(space);
  let value = first;
  let last = index;
  let valueEnd = valueStart + first.length + 1;
  while (last + 1 < lines.length) {
    last++;
    const line = lines[last];
    const next = line ? strip.both(text.slice(line.start, line.end)) : '';
    if (line && next !== '') valueEnd = line.start + text.slice(line.start, line.end).lastIndexOf(next) + next.length;
    value += next;
    if (next === '' || !value.endsWith('\\')) break;
    value = value.slice(0, -1);
  }
  return { value, valueStart, valueEnd, last };
}

function withoutQuotes(raw: string): string {
  const quote = raw[0];
  const quoted = raw.length >= 2 && (quote === '"' || quote === "'") && raw.indexOf(quote, 1) === raw.length - 1;
  return quoted ? raw.slice(1, -1) : raw;
}
