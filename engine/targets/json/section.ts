import type { ImportOrigin } from '../../../shared/target.ts';
import { exactKey, type JsonDocument, type JsonMember, type JsonValue, type SameKey } from './document.ts';

/** A value of a file and where it stands. */
export interface Found {
  value: JsonValue;
  origin: ImportOrigin;
}

/**
 * One object of a file as an import reads it: by key, the last duplicate winning, and with note of what nobody asked
 * for. Several offsets are read as one object: Go merges a section that stands twice.
 */
export class JsonSection {
  private readonly document: JsonDocument;
  private readonly members: readonly JsonMember[];
  private readonly path: string;
  private readonly same: SameKey;
  private readonly asked = new Set<JsonMember>();

  /** @param path Name of the section, as the beginning of its keys: `EmailSettings`, or '' for the whole file. */
  constructor(document: JsonDocument, offsets: readonly number[], path: string, same: SameKey = exactKey) {
    this.document = document;
    this.members = offsets.flatMap((offset) => document.members(offset));
    this.path = path;
    this.same = same;
  }

  /** Looks a key up; undefined when it is not there or null, which all products take as not there. */
  get(key: string): Found | undefined {
    const found = this.members.filter((member) => this.same(member.key, key));
    for (const member of found) this.asked.add(member);
    const last = found.at(-1);
    if (!last) return undefined;
    // Big containers are not values of ours; building them would cost what the lazy reading saves.
    if (last.valueEnd - last.valueStart > MAX_VALUE) return { value: {}, origin: this.origin(last) };
    const value = this.document.value(last);
    return value === null ? undefined : { value, origin: this.origin(last) };
  }

  /** The objects that stand under a key, as one section; undefined when there is none. */
  section(key: string): JsonSection | undefined {
    const found = this.members.filter((member) => this.same(member.key, key));
    for (const member of found) this.asked.add(member);
    const objects = found.filter(({ valueStart }) => this.document.isObject(valueStart));
    const last = objects.at(-1);
    if (!last) return undefined;
    const starts = objects.map(({ valueStart }) => valueStart);
    return new JsonSection(this.document, starts, this.join(last.key), this.same);
  }

  /** True when one of the keys is there, whatever its value. */
  has(...keys: string[]): boolean {
    return keys.some((key) => this.members.some((member) => this.same(member.key, key)));
  }

  /** Keys that stand more than once, each with the place of the last one. */
  duplicates(): ImportOrigin[] {
    const last = new Map<string, JsonMember>();
    const twice = new Set<string>();
    for (const member of this.members) {
      const name = this.same(member.key.toUpperCase(), member.key) ? member.key.toLowerCase() : member.key;
      if (last.has(name)) twice.add(name);
      last.set(name, member);
    }
    return [...twice].flatMap((name) => {
      const member = last.get(name);
      return member ? [this.origin(member)] : [];
    });
  }

  /** Keys that nobody asked for, in the order of the text. */
  rest(): ImportOrigin[] {
    return this.members.filter((member) => !this.asked.has(member)).map((member) => this.origin(member));
  }

  private origin(member: JsonMember): ImportOrigin {
    return { key: this.join(member.key), line: this.document.lineAt(member.keyStart) };
  }

  private join(key: string): string {
    return this.path === '' ? key : `${this.path}.${key}`;
  }
}

/** Characters of a value that is still read; a PEM bundle is the longest that is ours. */
const MAX_VALUE = 400_000;
