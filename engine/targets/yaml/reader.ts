import type { ImportOrigin } from '../../../shared/target.ts';
import type { ImportDraft } from '../draft.ts';
import { type YamlMap, YamlScalar } from './nodes.ts';

/** A value with its place. */
export interface Typed<T> {
  value: T;
  origin: ImportOrigin;
}

/** What a text means to the product that reads it. */
export type Meaning =
  | { kind: 'text'; text: string }
  /** A variable with a default, which is taken. */
  | { kind: 'fallback'; text: string }
  /** A variable, a vault, a template: there is no value to take. */
  | { kind: 'reference' };

/** How a product fills variables in. */
export type Interpolate = (text: string) => Meaning;

/** Texts are what they are; only a whole value that is a variable of some deployment tool is told apart. */
export const literal: Interpolate = (text) =>
  /^\$\{[^{}]*\}$|^\$[A-Z_][A-Z0-9_]*$|\{\{.*\}\}|^<%.*%>$/s.test(text)
    ? { kind: 'reference' }
    : { kind: 'text', text };

/** Looks keys up with their type. What is of another type or kept elsewhere is reported, and the default stands. */
export class YamlReader {
  readonly map: YamlMap;
  private readonly texts = new Map<string, Typed<string> | undefined>();
  private readonly draft: ImportDraft;
  private readonly product: string;
  private readonly interpolate: Interpolate;

  constructor(map: YamlMap, draft: ImportDraft, product: string, interpolate: Interpolate = literal) {
    this.map = map;
    this.draft = draft;
    this.product = product;
    this.interpolate = interpolate;
  }

  /** The same reader on another map. */
  on(map: YamlMap): YamlReader {
    return new YamlReader(map, this.draft, this.product, this.interpolate);
  }

  /** The scalar as it stands. */
  raw(key: string): YamlScalar | undefined {
    const found = this.map.at(key);
    if (!found || found instanceof YamlScalar) return found;
    const line = this.map.entry(key)?.line ?? 0;
    this.draft.ignore({ key: this.map.join(key), line }, `${this.product} expects one value here.`);
    return undefined;
  }

  /** A text; undefined when it is kept elsewhere. */
  text(key: string): Typed<string> | undefined {
    // Asked twice, it is reported once.
    if (!this.texts.has(key)) this.texts.set(key, this.readText(key));
    return this.texts.get(key);
  }

  private readText(key: string): Typed<string> | undefined {
    const found = this.raw(key);
    if (!found) return undefined;
    const { origin } = found;
    const meaning: Meaning =
      found.tag.startsWith('!') && !/^!(?:unsafe)?$/.test(found.tag)
        ? { kind: 'reference' }
        : this.interpolate(found.text);
    if (meaning.kind === 'reference') {
      this.draft.ignore(origin, 'The value is kept elsewhere. Enter it by hand.');
      return undefined;
    }
    if (meaning.kind === 'fallback') {
      this.draft.warn(`Line ${origin.line}: ${key} points to a variable. Its default was taken.`);
    }
    return { value: meaning.text, origin };
  }

  /** A switch: true and false, and what YAML 1.1 or a text may say instead. */
  boolean(key: string): Typed<boolean> | undefined {
    const found = this.text(key);
    if (!found || found.value === '') return undefined;
    if (/^(?:true|yes|on|y|1)$/i.test(found.value)) return { value: true, origin: found.origin };
    if (/^(?:false|no|off|n|0)$/i.test(found.value)) return { value: false, origin: found.origin };
    this.draft.ignore(found.origin, `${this.product} expects true or false here. Its default stands instead.`);
    return undefined;
  }

  /** A whole number, in quotes or not. */
  number(key: string): Typed<number> | undefined {
    const found = this.text(key);
    if (!found || found.value === '') return undefined;
    if (/^\d{1,9}$/.test(found.value)) return { value: Number(found.value), origin: found.origin };
    this.draft.ignore(found.origin, `${this.product} expects a whole number here. Its default stands instead.`);
    return undefined;
  }

  /** Reports own keys of the map that nobody asked for. */
  reportRest(reason: string): void {
    for (const origin of this.map.rest()) this.draft.ignore(origin, reason);
  }

  /** Reports keys that stand more than once. */
  reportDuplicates(consequence: string): void {
    for (const { key, line } of this.map.duplicates()) {
      this.draft.warn(`Line ${line}: ${key} stands more than once. ${consequence}`);
    }
  }
}
