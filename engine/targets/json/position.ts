/** A place in a text as an editor shows it, both from 1. */
export interface Place {
  line: number;
  column: number;
}

/** Line and column of an offset. A line ends at LF; the CR of a CRLF belongs to the line before. */
export function placeOf(text: string, offset: number): Place {
  let line = 1;
  let lineStart = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  for (;;) {
    const end = text.indexOf('\n', lineStart);
    if (end === -1 || end >= offset) return { line, column: offset - lineStart + 1 };
    line++;
    lineStart = end + 1;
  }
}

/** Gives the line of many offsets of one text; cheap when they are asked for in rising order. */
export class LineFinder {
  private readonly text: string;
  private offset = 0;
  private line = 1;

  constructor(text: string) {
    this.text = text;
  }

  /** The line that holds an offset, from 1. */
  lineAt(offset: number): number {
    if (offset < this.offset) {
      this.offset = 0;
      this.line = 1;
    }
    for (;;) {
      const end = this.text.indexOf('\n', this.offset);
      if (end === -1 || end >= offset) return this.line;
      this.offset = end + 1;
      this.line++;
    }
  }
}
