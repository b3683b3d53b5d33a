/** One line of a text by its offsets. */
export interface TextLine {
  start: number;
  /** After the last character, before the line break. */
  end: number;
  /** Where the next line begins. */
  next: number;
  /** From 1. */
  number: number;
}

/** Line breaks of most readers. */
export const LINE_FEED = /\r?\n/g;
/** Line breaks of Python and Java, which also end a line at a carriage return alone. */
export const ANY_BREAK = /\r\n|\n|\r/g;

/** Splits a text into lines, without the byte order mark before the first. The part after the last break counts. */
export function splitLines(text: string, lineBreak: RegExp = LINE_FEED): TextLine[] {
  const lines: TextLine[] = [];
  let start = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  for (const match of text.matchAll(lineBreak)) {
    const next = match.index + match[0].length;
    lines.push({ start, end: match.index, next, number: lines.length + 1 });
    start = next;
  }
  lines.push({ start, end: text.length, next: text.length, number: lines.length + 1 });
  return lines;
}

/** The line break that a text uses: that of its first line. */
export function lineBreakOf(text: string): string {
  const at = text.indexOf('\n');
  return at > 0 && text[at - 1] === '\r' ? '\r\n' : '\n';
}
