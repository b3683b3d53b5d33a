import type { ImportOrigin } from '../../../shared/target.ts';
import type { ImportDraft, ProfileDraft } from '../draft.ts';
import type { Entry, LineReading } from '../lines/entry.ts';
import { templateKind } from '../templates.ts';

/** A value in a program's text. What is no literal is never computed: it stays the text that it is. */
export type CodeValue =
  | { kind: 'text'; value: string }
  | { kind: 'number'; value: number }
  | { kind: 'flag'; value: boolean }
  | { kind: 'nothing' }
  | { kind: 'list'; items: CodeItem[] }
  | { kind: 'expression'; text: string };

/** One item of a list; its key is null where it has none. */
export interface CodeItem {
  key: string | null;
  value: CodeValue;
}

/** An assignment in a program's text. */
export interface CodeEntry extends Entry {
  literal: CodeValue;
}

/** What was read of a program's text. */
export interface CodeReading extends Omit<LineReading, 'entries'> {
  entries: CodeEntry[];
}

interface Found<T> {
  value: T;
  origin: ImportOrigin;
}

/** References that name their source and hold no value themselves. */
const PLAIN_REFERENCE =
  /^(?:\$\{?\w+\}?|ENV\[["']\w+["']\]|(?:ENV\.fetch|getenv|os\.getenv|os\.environ\.get|env|env\.str|config)\(\s*["']\w+["']\s*\)|(?:__import__\(["']os["']\)|os)\.environ\[["']\w+["']\])$/;

/** Settings in a program's text as an import reads them: by key, the last assignment winning. */
export class CodeSettings {
  private readonly byKey = new Map<string, CodeEntry>();
  private readonly asked = new Set<string>();
  private readonly draft: ImportDraft;

  constructor(entries: readonly CodeEntry[], draft: ImportDraft) {
    for (const entry of entries) this.byKey.set(entry.key, entry);
    this.draft = draft;
  }

  /** True when one of the keys is set, to whatever. */
  has(...keys: string[]): boolean {
    return keys.some((key) => this.byKey.has(key));
  }

  /** The literal as it stands, or undefined. */
  get(key: string): Found<CodeValue> | undefined {
    this.asked.add(key);
    const entry = this.byKey.get(key);
    return entry && { value: entry.literal, origin: { key: entry.key, line: entry.line } };
  }

  /** A text; numbers and symbols count as one. Expressions are reported, and nothing counts as absent. */
  text(key: string): Found<string> | undefined {
    const found = this.get(key);
    if (!found || this.isUnknown(found) || found.value.kind === 'nothing') return undefined;
    return { value: 'value' in found.value ? String(found.value.value) : '', origin: found.origin };
  }

  /** A switch. `nothing` counts as absent; a text is taken for on or off where it says so. */
  flag(key: string): Found<boolean> | undefined {
    const found = this.get(key);
    if (!found || this.isUnknown(found) || found.value.kind === 'nothing') return undefined;
    const word = 'value' in found.value ? String(found.value.value).toLowerCase() : '';
    if (['true', '1', 'yes'].includes(word)) return { value: true, origin: found.origin };
    if (['false', '0', 'no', ''].includes(word)) return { value: false, origin: found.origin };
    this.draft.ignore(found.origin, 'This is neither true nor false.');
    return undefined;
  }

  /** A whole number, also one in quotes. */
  number(key: string): Found<number> | undefined {
    const found = this.text(key);
    if (!found || found.value === '') return undefined;
    if (/^\d{1,6}$/.test(found.value)) return { value: Number(found.value), origin: found.origin };
    this.draft.ignore(found.origin, 'This is no whole number.');
    return undefined;
  }

  /** Notes a secret: a literal as such, an expression as a reference, of which only what holds no value is shown. */
  secret(key: string, profile: ProfileDraft): void {
    const found = this.get(key);
    if (!found || found.value.kind === 'nothing') return;
    if (found.value.kind === 'expression') {
      const { text } = found.value;
      profile.reference('password', PLAIN_REFERENCE.test(text) ? text : '', found.origin);
    } else if (found.value.kind === 'list') this.draft.ignore(found.origin, 'A text is expected here.');
    else profile.secret('password', String(found.value.value), found.origin);
  }

  /** Takes a text over into a field, unless it is empty. */
  take(key: string, field: string, profile: ProfileDraft): void {
    const found = this.text(key);
    if (found && found.value !== '') profile.set(field, found.value, found.origin);
  }

  /** Places of the keys that nobody asked for. */
  rest(): ImportOrigin[] {
    return [...this.byKey.values()].filter(({ key }) => !this.asked.has(key)).map(({ key, line }) => ({ key, line }));
  }

  private isUnknown({ value, origin }: Found<CodeValue>): boolean {
    if (value.kind === 'list') this.draft.ignore(origin, 'A single value is expected here.');
    if (value.kind !== 'expression') return value.kind === 'list';
    const kind = templateKind(value.text);
    if (kind) this.draft.template(kind, origin.line);
    this.draft.ignore(origin, 'The program computes this value when it runs. Enter it by hand.');
    return true;
  }
}

/** True when two values mean the same, however they are written. */
export function sameLiteral(a: CodeValue, b: CodeValue): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
