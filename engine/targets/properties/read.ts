import type { Entry, LineReading } from '../lines/entry.ts';
import { ANY_BREAK, splitLines, type TextLine } from '../lines/lines.ts';

const ESCAPES: Record<string, string> = { t: '\t', n: '\n', r: '\r', f: '\f' };

/**
 * Reads a Java .properties text (java.util.Properties, load). Never fails: a fault stands in the result.
 * @param documents True when `#---` begins another document, as in Spring Boot; each is then a section of its own,
 * the first one ''.
 */
export function readProperties(text: string, documents = false): LineReading {
  const reading: LineReading = { entries: [], sections: [], hints: [], fault: null };
  const lines = splitLines(text, ANY_BREAK);
  let section = '';
  for (let index = 0; index < lines.length && !reading.fault; index++) {
    const line = lines[index];
    if (!line) break;
    const content = text.slice(line.start, line.end);
    const indent = /^[ \t\f]*/.exec(content)?.[0].length ?? 0;
    const first = content[indent];
    // A backslash alone joins nothing to the next line, which may even be a comment.
    if (first === undefined || content.slice(indent) === '\\') continue;
    if (first === '#' || first === '!') {
      if (documents && /^[#!]---[ \t]*$/.test(content)) {
        section = String(Number(section || '1') + 1);
        reading.sections.push({ name: section, line: line.number, end: line.next });
      } else addHint(reading, section, line, content, indent);
      continue;
    }
    const found = new EntryReader(text, line.start + indent).read();
    if (typeof found === 'string') reading.fault = { line: line.number, column: indent + 1, detail: found };
    else {
      while ((lines[index]?.end ?? found.valueEnd) < found.valueEnd) index++;
      const end = lines[index]?.next ?? text.length;
      reading.entries.push({ ...found, section, line: line.number, start: line.start, end });
    }
  }
  return reading;
}

function addHint(reading: LineReading, section: string, line: TextLine, content: string, indent: number): void {
  const match = /^[#!]+[ \t]*([A-Za-z][\w.-]*)[ \t]*[=:][ \t]*/.exec(content.slice(indent));
  if (!match?.[1]) return;
  const valueStart = line.start + indent + match[0].length;
  const place = { section, line: line.number, start: line.start, end: line.next, valueStart, valueEnd: line.end };
  reading.hints.push({ ...place, key: match[1], value: content.slice(indent + match[0].length) });
}

type Found = Pick<Entry, 'key' | 'value' | 'valueStart' | 'valueEnd'>;

/** Reads one key and value, over as many lines as backslashes join. */
class EntryReader {
  private readonly text: string;
  private at: number;

  constructor(text: string, at: number) {
    this.text = text;
    this.at = at;
  }

  /** What was read, or what is wrong. */
  read(): Found | string {
    const key = this.take(/[=: \t\f\r\n]/);
    if (key === null) return BAD_ESCAPE;
    this.skipSpace();
    if (/[=:]/.test(this.text[this.at] ?? '')) {
      this.at++;
      this.skipSpace();
    }
    const valueStart = this.at;
    const value = this.take(/[\r\n]/);
    return value === null ? BAD_ESCAPE : { key, value, valueStart, valueEnd: this.at };
  }

  /** Characters up to one that matches; null for a broken escape. */
  private take(end: RegExp): string | null {
    let taken = '';
    while (this.at < this.text.length) {
      const char = this.text[this.at] ?? '';
      if (char === '\\') {
        if (this.skipJoin()) continue;
        const escaped = this.escaped();
        if (escaped === null) return null;
        taken += escaped;
      } else if (end.test(char)) break;
      else {
        taken += char;
        this.at++;
      }
    }
    return taken;
  }

  /** The character that an escape stands for; null when it is broken. */
  private escaped(): string | null {
    const char = this.text[this.at + 1] ?? '';
    if (char !== 'u') {
      this.at += 2;
      return ESCAPES[char] ?? char;
    }
    const code = this.text.slice(this.at + 2, this.at + 6);
    if (!/^[0-9a-f]{4}$/i.test(code)) return null;
    this.at += 6;
    return String.fromCharCode(Number.parseInt(code, 16));
  }

  private skipSpace(): void {
    for (;;) {
      if (/[ \t\f]/.test(this.text[this.at] ?? '')) this.at++;
      else if (!this.skipJoin()) return;
    }
  }

  /** Skips a backslash at the end of a line and the white space before what follows. */
  private skipJoin(): boolean {
    const join = /^\\(?:\r\n|\n|\r)[ \t\f]*/.exec(this.text.slice(this.at, this.at + 1_024));
    if (!join) return false;
    this.at += join[0].length;
    return true;
  }
}

const BAD_ESCAPE = 'four hexadecimal digits must follow \\u';
