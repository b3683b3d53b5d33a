import type { Entry, LineReading } from './entry.ts';
import { lineBreakOf } from './lines.ts';

/** What to do with one key: undefined removes it. A key without a change is left alone. */
export interface LineChange {
  section: string;
  key: string;
  /** The value as the product is to read it. */
  value: string | undefined;
}

/** How a syntax writes and compares. */
export interface LineSyntax {
  sameKey: (found: string, wanted: string) => boolean;
  /** Beginning of the keys that belong together: a new one goes below the last of them. None when absent. */
  group?: string;
  /** A value in the syntax, quotes and escapes included. */
  write: (value: string) => string;
  /** What stands between key and value on a new line. */
  delimiter: string;
  /** Where a section is not there: its head, or '' where the syntax has no sections. */
  head: (section: string) => string;
  /** True when a value written by {@link write} and followed by what stands after it on the line is still read alike. */
  mayFollow: (written: string, rest: string) => boolean;
  /** How a last line looks that would take the one below it for its own. None when absent. */
  goesOn?: RegExp;
}

interface Replacement {
  start: number;
  end: number;
  text: string;
}

/**
 * Changes single keys of a text. Every other byte stays. A key is set where its last assignment stands, since that is
 * the one that counts, and earlier ones go; a new key goes below its commented-out default, else to the end of its
 * section.
 */
export function editLines(text: string, reading: LineReading, changes: LineChange[], syntax: LineSyntax): string {
  const editor = new LineEditor(text, reading, syntax);
  for (const change of changes) editor.change(change);
  return editor.result();
}

class LineEditor {
  private readonly text: string;
  private readonly reading: LineReading;
  private readonly syntax: LineSyntax;
  private readonly newline: string;
  private readonly replacements: Replacement[] = [];
  /** Lines to insert by offset; what goes to the end of a section keeps the order in which it was asked for. */
  private readonly insertions = new Map<number, string[]>();
  private readonly newSections = new Map<string, string[]>();

  constructor(text: string, reading: LineReading, syntax: LineSyntax) {
    this.text = text;
    this.reading = reading;
    this.syntax = syntax;
    this.newline = lineBreakOf(text);
  }

  change({ section, key, value }: LineChange): void {
    const found = this.reading.entries.filter((entry) => entry.section === section && this.isKey(entry, key));
    const last = value === undefined ? undefined : found.pop();
    for (const { start, end } of found) this.replacements.push({ start, end, text: '' });
    if (value === undefined) return;
    if (!last) this.insert(section, key, value);
    else if (last.value !== value) this.replace(last, value);
  }

  result(): string {
    for (const [at, lines] of this.insertions) {
      const inserted = lines.map((line) => `${line}${this.newline}`).join('');
      this.replacements.push({ start: at, end: at, text: this.endsLine(at) ? inserted : this.openEnd(inserted) });
    }
    const parts: string[] = [];
    let at = 0;
    for (const { start, end, text } of this.replacements.toSorted((a, b) => a.start - b.start || a.end - b.end)) {
      parts.push(this.text.slice(at, start), text);
      at = end;
    }
    parts.push(this.text.slice(at));
    return this.withNewSections(parts.join(''));
  }

  private isKey({ key }: Entry, wanted: string): boolean {
    return this.syntax.sameKey(key, wanted);
  }

  private replace({ valueStart, valueEnd, end }: Entry, value: string): void {
    const written = this.syntax.write(value);
    const before = this.text[valueStart - 1] ?? '';
    const nothing = valueStart === valueEnd || /[\r\n]/.test(this.text[valueStart] ?? '');
    const gap = nothing && before !== ' ' && this.syntax.delimiter.endsWith(' ') ? ' ' : '';
    const lineEnd = this.endOfContent(valueEnd, end);
    const kept = this.syntax.mayFollow(written, this.text.slice(valueEnd, lineEnd)) ? valueEnd : lineEnd;
    this.replacements.push({ start: valueStart, end: kept, text: `${gap}${written}` });
  }

  /** Offset before the line break that ends an entry. */
  private endOfContent(from: number, end: number): number {
    const rest = this.text.slice(from, end);
    return from + rest.replace(/[\r\n]+$/, '').length;
  }

  private insert(section: string, key: string, value: string): void {
    const line = `${key}${this.syntax.delimiter}${this.syntax.write(value)}`;
    const hint = this.reading.hints.findLast((entry) => entry.section === section && this.isKey(entry, key));
    const end = hint?.end ?? this.endOf(section);
    if (end !== null) this.insertAt(end, this.indentAt(section, end) + line);
    else this.newSections.set(section, [...(this.newSections.get(section) ?? []), line]);
  }

  /** Where the contents of a section end: after its last assignment or hint, else after its head; null without it. */
  private endOf(section: string): number | null {
    const { group } = this.syntax;
    const own = this.reading.entries.filter((entry) => entry.section === section);
    const kin = group === undefined ? [] : own.filter(({ key }) => key.startsWith(group));
    const inSection =
      kin.length > 0 ? kin : [...own, ...this.reading.hints.filter((entry) => entry.section === section)];
    const ends = inSection.length > 0 ? inSection : this.reading.sections.filter(({ name }) => name === section);
    return ends.reduce<number | null>((last, { end }) => Math.max(last ?? 0, end), null);
  }

  /**
   * White space before a new line: that of its neighbours. Not that of a comment, since to ConfigParser a line that is
   * indented more than the key before it belongs to that key's value.
   */
  private indentAt(section: string, offset: number): string {
    const entries = this.reading.entries.filter((entry) => entry.section === section);
    const neighbour =
      entries.findLast(({ start }) => start < offset) ??
      entries[0] ??
      this.reading.hints.find((hint) => hint.section === section);
    return neighbour
      ? (/^\ufeff?([ \t]*)/.exec(this.text.slice(neighbour.start, neighbour.start + 200))?.[1] ?? '')
      : '';
  }

  private insertAt(offset: number, line: string): void {
    this.insertions.set(offset, [...(this.insertions.get(offset) ?? []), line]);
  }

  private endsLine(offset: number): boolean {
    return offset === 0 || /[\n\r\ufeff]/.test(this.text[offset - 1] ?? '');
  }

  /** At the end of a text whose last line has no break, and shall have none afterwards either. */
  private openEnd(inserted: string): string {
    // An empty line ends a value that would go on.
    const apart = this.syntax.goesOn?.test(this.text) ? this.newline : '';
    return `${apart}${this.newline}${inserted.slice(0, -this.newline.length)}`;
  }

  private withNewSections(text: string): string {
    let result = text;
    for (const [section, lines] of this.newSections) {
      const head = this.syntax.head(section);
      const block = [...(head === '' ? [] : [head]), ...lines].map((line) => `${line}${this.newline}`).join('');
      const empty = /^\ufeff?$/.test(result);
      const apart = this.syntax.goesOn?.test(result) ? this.newline : '';
      const open = !empty && !/[\r\n]$/.test(result) ? `${apart}${this.newline}` : '';
      result = `${result}${open}${empty || head === '' ? '' : this.newline}${block}`;
    }
    return result;
  }
}
