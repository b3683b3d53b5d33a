import { appErrorOf } from '../../../shared/errors.ts';
import { fail, ok, type Result } from '../../../shared/result.ts';
import { findTemplate } from '../templates.ts';
import { LineFinder, placeOf } from './position.ts';
import { checkJson, endOfValue, skipSpace } from './scan.ts';

/** Any value that JSON can hold. */
export type JsonValue = string | number | boolean | null | JsonValue[] | { [key: string]: JsonValue };

/** One `"key": value` of an object, with its place in the text (ends are exclusive). */
export interface JsonMember {
  key: string;
  keyStart: number;
  keyEnd: number;
  valueStart: number;
  valueEnd: number;
}

/**
 * A valid JSON text that is read where it is asked for: nothing is built for values that nobody looks at, so a realm
 * export of many megabytes costs little more than its own size.
 */
export class JsonDocument {
  readonly text: string;
  /** True when the text begins with a byte order mark, which RFC 8259 section 8.1 forbids to write. */
  readonly bom: boolean;
  /** Offset of the outermost value. */
  readonly root: number;
  private readonly lines: LineFinder;
  private readonly known = new Map<number, JsonMember[]>();

  private constructor(text: string) {
    this.text = text;
    this.bom = text.charCodeAt(0) === 0xfeff;
    this.root = skipSpace(text, this.bom ? 1 : 0);
    this.lines = new LineFinder(text);
  }

  /** Reads a text. Errors: TEMPLATE_FILE for a template, PARSE_FAILED with the place and the reason for anything else. */
  static read(text: string): Result<JsonDocument> {
    const fault = checkJson(text, text.charCodeAt(0) === 0xfeff ? 1 : 0);
    if (!fault) return ok(new JsonDocument(text));
    const place = placeOf(text, fault.offset);
    const template = findTemplate(text, place.line);
    if (template) return fail(appErrorOf('TEMPLATE_FILE', template));
    return fail(appErrorOf('PARSE_FAILED', { format: 'JSON', ...place, detail: fault.detail }));
  }

  /** True when an object begins at the offset. */
  isObject(offset: number): boolean {
    return this.text[offset] === '{';
  }

  /** True when an array begins at the offset. */
  isArray(offset: number): boolean {
    return this.text[offset] === '[';
  }

  /** Members of the object at the offset, in the order of the text, duplicates included; [] for anything else. */
  members(offset: number): readonly JsonMember[] {
    const known = this.known.get(offset);
    if (known) return known;
    const members = this.isObject(offset) ? this.readMembers(offset) : [];
    this.known.set(offset, members);
    return members;
  }

  /** Offsets of the elements of the array at the offset; [] for anything else. */
  elements(offset: number): number[] {
    if (!this.isArray(offset)) return [];
    const elements: number[] = [];
    let at = skipSpace(this.text, offset + 1);
    while (this.text[at] !== ']') {
      elements.push(at);
      at = skipSpace(this.text, endOfValue(this.text, at));
      if (this.text[at] === ',') at = skipSpace(this.text, at + 1);
    }
    return elements;
  }

  /** The member that a reader which lets the last duplicate win takes. */
  member(offset: number, key: string, same: SameKey = exactKey): JsonMember | undefined {
    return this.members(offset).findLast((member) => same(member.key, key));
  }

  /** The value of a member. Meant for small values: it is built in full. */
  value(member: JsonMember): JsonValue {
    return JSON.parse(this.text.slice(member.valueStart, member.valueEnd)) as JsonValue;
  }

  /** The value that begins at an offset. Meant for small values: it is built in full. */
  valueAt(offset: number): JsonValue {
    return JSON.parse(this.text.slice(offset, endOfValue(this.text, offset))) as JsonValue;
  }

  /** Line of an offset, from 1. */
  lineAt(offset: number): number {
    return this.lines.lineAt(offset);
  }

  private readMembers(offset: number): JsonMember[] {
    const { text } = this;
    const members: JsonMember[] = [];
    let at = skipSpace(text, offset + 1);
    while (text[at] !== '}') {
      const keyStart = at;
      const keyEnd = endOfValue(text, keyStart);
      const valueStart = skipSpace(text, skipSpace(text, keyEnd) + 1);
      const valueEnd = endOfValue(text, valueStart);
      members.push({ key: JSON.parse(text.slice(keyStart, keyEnd)) as string, keyStart, keyEnd, valueStart, valueEnd });
      at = skipSpace(text, valueEnd);
      if (text[at] === ',') at = skipSpace(text, at + 1);
    }
    return members;
  }
}

/** Tells whether a key of a file is the wanted one. */
export type SameKey = (found: string, wanted: string) => boolean;

/** Keys are the same when every character is. */
export const exactKey: SameKey = (found, wanted) => found === wanted;

/** Go's decoder takes a key in any case (encoding/json, "preferring an exact match but also accepting ..."). */
export const caselessKey: SameKey = (found, wanted) =>
  found.length === wanted.length && found.toLowerCase() === wanted.toLowerCase();
