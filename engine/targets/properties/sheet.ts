import type { LineSyntax } from '../lines/edit.ts';
import type { LineReading } from '../lines/entry.ts';
import { splitLines } from '../lines/lines.ts';

/** Reads a sheet of `Label: value` lines: what a person types into a form. A value is everything after the blank. */
export function readSheet(text: string, labels: readonly string[]): LineReading {
  const reading: LineReading = { entries: [], sections: [], hints: [], fault: null };
  for (const { start, end, next, number: line } of splitLines(text)) {
    const content = text.slice(start, end);
    const key = labels.find((label) => content.startsWith(`${label}:`));
    if (key === undefined) continue;
    const blank = content[key.length + 1] === ' ' ? 1 : 0;
    const valueStart = start + key.length + 1 + blank;
    const value = text.slice(valueStart, end);
    reading.entries.push({ section: '', key, value, line, start, end: next, valueStart, valueEnd: end });
  }
  return reading;
}

/** How a sheet is written. */
export const SHEET_SYNTAX: LineSyntax = {
  sameKey: (found, wanted) => found === wanted,
  write: (value) => value,
  delimiter: ': ',
  head: () => '',
  mayFollow: () => true,
};
