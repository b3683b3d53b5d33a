import type { Entry, LineFault, LineReading } from '../lines/entry.ts';
import { splitLines, type TextLine } from '../lines/lines.ts';
import { stripper } from '../lines/strip.ts';
import type { IniDialect } from './dialect.ts';
import { readGoValue } from './go-value.ts';
import { readIndentedValue } from './indented-value.ts';

/** Reads an INI text as far as the product would. Never fails: a fault stands in the result. */
export function readIni(text: string, dialect: IniDialect): LineReading {
  return new IniReader(text, dialect).read();
}

/** A value and the line on which it ends. */
export interface ValueReading {
  value: string;
  valueStart: number;
  valueEnd: number;
  /** Index of its last line. */
  last: number;
  /** What is wrong with it; the product then does not start. */
  fault?: string;
}

class IniReader {
  private readonly text: string;
  private readonly dialect: IniDialect;
  private readonly lines: TextLine[];
  private readonly reading: LineReading = { entries: [], sections: [], hints: [], fault: null };
  private readonly lead: RegExp;
  private readonly strip: (text: string) => string;
  private section = '';

  constructor(text: string, dialect: IniDialect) {
    this.text = text;
    this.dialect = dialect;
    this.lines = splitLines(text, dialect.lineBreak);
    this.lead = new RegExp(`^[${dialect.space}]*`);
    this.strip = stripper(dialect.space).both;
  }

  read(): LineReading {
    for (let index = 0; index < this.lines.length && !this.reading.fault; index++) index = this.readLine(index);
    return this.reading;
  }

  /** Reads what begins on a line; returns the index of its last line. */
  private readLine(index: number): number {
    const line = this.lines[index];
    if (!line) return index;
    const content = this.text.slice(line.start, line.end);
    const indent = this.lead.exec(content)?.[0].length ?? 0;
    const first = content[indent];
    if (first === undefined) return index;
    if (first === '#' || first === ';') this.readHint(line, content, indent);
    else if (first === '[') this.readHead(line, content.slice(indent));
    else return this.readEntry(index, line, content, indent);
    return index;
  }

  private readHead(line: TextLine, content: string): void {
    const close = content.lastIndexOf(']');
    const name = content.slice(1, close);
    if (close < 0) this.fail(line, 1, 'the bracket of a section is not closed');
    else if (name === '') this.fail(line, 1, 'a section has no name');
    else {
      // go-ini's own name for what stands before the first section.
      this.section = name === 'DEFAULT' && this.dialect.quotes ? '' : name;
      this.reading.sections.push({ name: this.section, line: line.number, end: line.next });
    }
  }

  /** `;key = value`: the marks directly before a key make it a commented-out assignment. */
  private readHint(line: TextLine, content: string, indent: number): void {
    const match = /^[#;]+[ \t]*([A-Za-z][\w.-]*)[ \t]*[=:][ \t]*/.exec(content.slice(indent));
    if (!match?.[1]) return;
    const valueStart = line.start + indent + match[0].length;
    const value = content.slice(indent + match[0].length).trimEnd();
    this.reading.hints.push({
      ...this.placeOf(line),
      key: match[1],
      value,
      end: line.next,
      valueStart,
      valueEnd: valueStart + value.length,
    });
  }

  private readEntry(index: number, line: TextLine, content: string, indent: number): number {
    if (this.dialect.needsSection && this.reading.sections.length === 0) {
      this.fail(line, 1, 'a key stands before the first section');
      return index;
    }
    const name = this.readKey(content, indent);
    if (!name || name.key === '') {
      this.fail(line, indent + 1, 'this line is neither a section nor a key with a value');
      return index;
    }
    const context = { text: this.text, lines: this.lines, index, from: line.start + name.end, indent };
    const found = this.dialect.quotes ? readGoValue(context, this.dialect) : readIndentedValue(context, this.dialect);
    if (found.fault !== undefined) {
      this.fail(line, name.end + 1, found.fault);
      return index;
    }
    const { last, value, valueStart, valueEnd } = found;
    const end = this.lines[last]?.next ?? line.next;
    const entry: Entry = { ...this.placeOf(line), key: name.key, value, end, valueStart, valueEnd };
    this.reading.entries.push(entry);
    return last;
  }

  /** The key and the offset after its delimiter within the line; null when there is none. */
  private readKey(content: string, indent: number): { key: string; end: number } | null {
    const quote = this.dialect.quotes ? /^(?:"""(?=.{4})|"|`)/s.exec(content.slice(indent))?.[0] : undefined;
    if (quote !== undefined) {
      const close = content.indexOf(quote, indent + quote.length);
      const delimiter = close < 0 ? -1 : close + quote.length + content.slice(close + quote.length).search(/[=:]/);
      if (close < 0 || delimiter < close + quote.length) return null;
      return { key: this.strip(content.slice(indent + quote.length, close)), end: delimiter + 1 };
    }
    const delimiter = content.slice(indent).search(/[=:]/);
    if (delimiter < 1) return null;
    return { key: this.strip(content.slice(indent, indent + delimiter)), end: indent + delimiter + 1 };
  }

  private placeOf(line: TextLine): Pick<Entry, 'section' | 'line' | 'start'> {
    return { section: this.section, line: line.number, start: line.start };
  }

  private fail(line: TextLine, column: number, detail: string): void {
    const fault: LineFault = { line: line.number, column, detail };
    this.reading.fault ??= fault;
  }
}
