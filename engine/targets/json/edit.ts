import { exactKey, type JsonDocument, type JsonMember, type JsonValue, type SameKey } from './document.ts';
import { type JsonStyle, writeJson } from './write.ts';

/** What to do with keys of one object: a value sets, undefined removes. Absent keys are left alone. */
export type JsonChanges = Record<string, JsonValue | undefined>;

interface Replacement {
  start: number;
  end: number;
  text: string;
}

/**
 * Changes single keys of a JSON text. Every other byte stays: key order, indentation, line ends, a missing last line
 * end, a byte order mark, the spelling of values that already mean the same.
 */
export class JsonEditor {
  private readonly document: JsonDocument;
  private readonly same: SameKey;
  private readonly style: JsonStyle;
  private readonly replacements: Replacement[] = [];

  constructor(document: JsonDocument, same: SameKey = exactKey) {
    this.document = document;
    this.same = same;
    this.style = styleOf(document);
  }

  /**
   * Changes keys of the object at an offset; call it once for each object. Where a key stands several times every one
   * is set, since readers differ in which they take.
   */
  change(offset: number, changes: JsonChanges): void {
    const members = this.document.members(offset);
    const removed = new Set<JsonMember>();
    const added: [string, JsonValue][] = [];
    for (const [key, value] of Object.entries(changes)) {
      const found = members.filter((member) => this.same(member.key, key));
      if (value === undefined) for (const member of found) removed.add(member);
      else if (found.length === 0) added.push([key, value]);
      else for (const member of found) this.set(member, value);
    }
    const kept = members.filter((member) => !removed.has(member));
    this.remove(offset, members, removed);
    this.add(offset, kept, added);
  }

  /** Replaces the whole value of a member, unless it already means the same. */
  set(member: JsonMember, value: JsonValue): void {
    if (sameValue(this.document, member, value)) return;
    const text = writeJson(value, this.styleFor(member), lineIndent(this.document.text, member.keyStart));
    this.replacements.push({ start: member.valueStart, end: member.valueEnd, text });
  }

  /** The text with all changes made. */
  result(): string {
    const ordered = this.replacements.toSorted((a, b) => a.start - b.start || a.end - b.end);
    const parts: string[] = [];
    let at = 0;
    for (const { start, end, text } of ordered) {
      parts.push(this.document.text.slice(at, start), text);
      at = end;
    }
    parts.push(this.document.text.slice(at));
    return parts.join('');
  }

  private remove(offset: number, members: readonly JsonMember[], removed: ReadonlySet<JsonMember>): void {
    if (removed.size === 0) return;
    const last = members.at(-1);
    const lastKept = members.findLastIndex((member) => !removed.has(member));
    members.slice(0, Math.max(lastKept, 0)).forEach((member, index) => {
      const next = members[index + 1];
      if (next && removed.has(member)) this.replacements.push({ start: member.keyStart, end: next.keyStart, text: '' });
    });
    if (!last || !removed.has(last)) return;
    // The trailing run goes with the comma before it; a whole object goes with its inner white space.
    const start = members[lastKept]?.valueEnd ?? offset + 1;
    const end = lastKept === -1 ? this.endOfObject(last) : last.valueEnd;
    this.replacements.push({ start, end, text: '' });
  }

  private add(offset: number, kept: readonly JsonMember[], added: [string, JsonValue][]): void {
    if (added.length === 0) return;
    const [first, second] = kept;
    const last = kept.at(-1);
    if (!first || !last) {
      this.fill(offset, added);
      return;
    }
    const { text } = this.document;
    const lead = text.slice(offset + 1, this.document.members(offset)[0]?.keyStart);
    const colon = text.slice(first.keyEnd, first.valueStart);
    // A second member shows what stands between two; with one only, the white space after the brace tells.
    const guessed = lead.includes('\n') ? lead : colon.endsWith(' ') ? ' ' : '';
    const between = second ? spaceBefore(text, second.keyStart) : guessed;
    const style = this.styleFor(first, between);
    const indent = lineIndent(this.document.text, last.keyStart);
    const items = added.map(
      ([key, value]) => `,${between}${JSON.stringify(key)}${style.colon}${writeJson(value, style, indent)}`,
    );
    this.replacements.push({ start: last.valueEnd, end: last.valueEnd, text: items.join('') });
  }

  /** Writes the members of an object that has none (any more). */
  private fill(offset: number, added: [string, JsonValue][]): void {
    const members = this.document.members(offset);
    const last = members.at(-1);
    const end = last ? this.endOfObject(last) : this.document.text.indexOf('}', offset);
    const written = writeJson(Object.fromEntries(added), this.style, lineIndent(this.document.text, offset));
    this.replacements.splice(
      0,
      this.replacements.length,
      ...this.replacements.filter(({ start }) => start !== offset + 1),
    );
    this.replacements.push({ start: offset + 1, end, text: written.slice(1, -1) });
  }

  /** Offset of the brace that closes the object whose last member is given. */
  private endOfObject(last: JsonMember): number {
    return this.document.text.indexOf('}', last.valueEnd);
  }

  /** The document's style with the colon of one member; on one line when the members are. */
  private styleFor(member: JsonMember, between?: string): JsonStyle {
    const colon = this.document.text.slice(member.keyEnd, member.valueStart);
    const oneLine = between !== undefined && !between.includes('\n');
    return { ...this.style, colon: /[\r\n]/.test(colon) ? ': ' : colon, ...(oneLine && { unit: '' }) };
  }
}

/** How a document sets its white space, as the first member that stands on a line of its own shows it. */
export function styleOf(document: JsonDocument): JsonStyle {
  const { text } = document;
  const container = document.isArray(document.root) ? (document.elements(document.root)[0] ?? -1) : document.root;
  const members = document.members(container);
  const newline = text.includes('\r\n') ? '\r\n' : '\n';
  const [first] = members;
  if (!first) return { unit: document.isArray(document.root) ? '' : '  ', newline, colon: ': ' };
  const between = text.slice(first.keyEnd, first.valueStart);
  const colon = /[\r\n]/.test(between) ? ': ' : between;
  const ownLine = members.find(({ keyStart }) => spaceBefore(text, keyStart).includes('\n'));
  if (!ownLine) return { unit: '', newline, colon };
  const outer = lineIndent(text, container);
  const indent = lineIndent(text, ownLine.keyStart);
  return { unit: (indent.startsWith(outer) ? indent.slice(outer.length) : '') || '  ', newline, colon };
}

/** White space at the beginning of the line that holds an offset. */
function lineIndent(text: string, offset: number): string {
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1;
  return /^[ \t]*/.exec(text.slice(lineStart, Math.min(offset, lineStart + 256)))?.[0] ?? '';
}

function spaceBefore(text: string, offset: number): string {
  let at = offset;
  while (at > 0 && ' \t\r\n'.includes(text[at - 1] ?? '.')) at--;
  return text.slice(at, offset);
}

function sameValue(document: JsonDocument, member: JsonMember, value: JsonValue): boolean {
  return JSON.stringify(document.value(member)) === JSON.stringify(value);
}
