import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type Pair,
  type ParsedNode,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml';
import type { ImportOrigin } from '../../../shared/target.ts';
import type { YamlFile } from './document.ts';

/** A node of the parser, before it is known what it is. */
export type RawNode = ParsedNode | null;

type ParsedPair = Pair<ParsedNode, RawNode>;

/** Maps that are merged into one; a file of chains would otherwise fill the stack. */
const MAX_MERGED = 100;

/** Where a node stands: the document's index, then keys and indexes. */
export type Place = readonly (string | number)[];

/** One `key: value` of a map as the import and the editor see it. */
export interface YamlEntry {
  key: string;
  pair: ParsedPair;
  /** True when it comes from `<<: *anchor` and not from the map itself. */
  inherited: boolean;
  line: number;
}

/** A scalar with its place. */
export class YamlScalar {
  /** The text without quotes and escapes; for a plain scalar as it is written. */
  readonly text: string;
  /** True without quotes: then its meaning depends on the reader (`no`, `0123`). */
  readonly plain: boolean;
  /** `!secret` and the like; '' for none. */
  readonly tag: string;
  readonly origin: ImportOrigin;
  readonly range: readonly [number, number, number];

  constructor(file: YamlFile, node: ParsedNode, path: string) {
    const { value, type, tag, range } = node as ParsedNode & { value: unknown; type?: string };
    this.text = String(value ?? '');
    this.plain = type === 'PLAIN';
    this.tag = tag ?? '';
    this.range = range;
    this.origin = { key: path, line: file.lineAt(range[0]) };
  }

  /** True for nothing at all: an empty value, `~` or `null`. */
  get isNull(): boolean {
    return this.plain && this.tag === '' && /^(?:~|null|Null|NULL|)$/.test(this.text);
  }
}

/** A list with its items in order. */
export class YamlList {
  readonly path: string;
  readonly place: Place;
  readonly node: YAMLSeq.Parsed;
  private readonly file: YamlFile;
  private readonly document: Document.Parsed;

  constructor(file: YamlFile, document: Document.Parsed, node: YAMLSeq.Parsed, path: string, place: Place) {
    this.file = file;
    this.document = document;
    this.node = node;
    this.path = path;
    this.place = place;
  }

  /** Every item; null for an alias of nothing. */
  items(): (YamlMap | YamlList | YamlScalar | null)[] {
    return (this.node.items as RawNode[]).map((item, index) =>
      viewOf(this.file, this.document, item, `${this.path}[${index}]`, [...this.place, index]),
    );
  }

  /** The items that are maps. */
  maps(): YamlMap[] {
    return this.items().filter((item) => item instanceof YamlMap);
  }
}

/** A map as an import reads it: by key, the last duplicate winning, `<<` followed, with note of what nobody asked for. */
export class YamlMap {
  /** Key names down to here, for people; '' for the outermost map. */
  readonly path: string;
  readonly place: Place;
  readonly node: YAMLMap.Parsed;
  readonly document: Document.Parsed;
  private readonly file: YamlFile;
  private readonly asked = new Set<ParsedPair>();
  private known: YamlEntry[] | undefined;
  private readonly byKey = new Map<string, YamlEntry[]>();

  constructor(file: YamlFile, document: Document.Parsed, node: YAMLMap.Parsed, path: string, place: Place) {
    this.file = file;
    this.document = document;
    this.node = node;
    this.path = path;
    this.place = place;
  }

  /** Every entry in the order of the text, inherited ones first, so that the last of a name is the one that counts. */
  entries(): readonly YamlEntry[] {
    if (!this.known) {
      this.known = this.collect(this.node, new Set());
      for (const entry of this.known) {
        const same = this.byKey.get(entry.key);
        if (same) same.push(entry);
        else this.byKey.set(entry.key, [entry]);
      }
    }
    return this.known;
  }

  /** The entry that counts for a key; marks it as looked at. */
  entry(key: string): YamlEntry | undefined {
    const found = this.all(key);
    for (const { pair } of found) this.asked.add(pair);
    return found.at(-1);
  }

  /** Every entry of a key, the one that counts last. */
  all(key: string): readonly YamlEntry[] {
    this.entries();
    return this.byKey.get(key) ?? [];
  }

  /** What stands under a key; undefined when there is nothing or null. */
  at(key: string): YamlMap | YamlList | YamlScalar | undefined {
    const entry = this.entry(key);
    if (!entry) return undefined;
    const view = viewOf(this.file, this.document, entry.pair.value, this.join(key), [...this.place, key]);
    if (!view) return undefined;
    if (!(view instanceof YamlScalar)) return view;
    // The line of the key: a block scalar begins below it, and an alias points far away.
    return view.isNull ? undefined : Object.assign(view, { origin: { key: this.join(key), line: entry.line } });
  }

  /** The scalar under a key, also when it is empty text; undefined for nothing, null and containers. */
  scalar(key: string): YamlScalar | undefined {
    const found = this.at(key);
    return found instanceof YamlScalar ? found : undefined;
  }

  /** The map under a key. */
  map(key: string): YamlMap | undefined {
    const found = this.at(key);
    return found instanceof YamlMap ? found : undefined;
  }

  /** The map at the end of several keys. */
  down(...keys: string[]): YamlMap | undefined {
    return keys.reduce<YamlMap | undefined>((map, key) => map?.map(key), this);
  }

  /** The list under a key. */
  list(key: string): YamlList | undefined {
    const found = this.at(key);
    return found instanceof YamlList ? found : undefined;
  }

  /** True when one of the keys is there, whatever its value. */
  has(...keys: string[]): boolean {
    return keys.some((key) => this.all(key).length > 0);
  }

  /** Own keys that stand more than once, each with the place of the last one. */
  duplicates(): ImportOrigin[] {
    const seen = new Set<string>();
    const twice = new Map<string, ImportOrigin>();
    for (const { key, line, inherited } of this.entries()) {
      if (inherited) continue;
      if (seen.has(key)) twice.set(key, { key: this.join(key), line });
      seen.add(key);
    }
    return [...twice.values()];
  }

  /** Own keys that nobody asked for, in the order of the text. */
  rest(): ImportOrigin[] {
    return this.entries()
      .filter(({ pair, inherited }) => !inherited && !this.asked.has(pair))
      .map(({ key, line }) => ({ key: this.join(key), line }));
  }

  /** The name of a key with those above it. */
  join(key: string): string {
    return this.path === '' ? key : `${this.path}.${key}`;
  }

  private collect(node: YAMLMap.Parsed, seen: Set<YAMLMap.Parsed>): YamlEntry[] {
    seen.add(node);
    const own: YamlEntry[] = [];
    const inherited: YamlEntry[] = [];
    for (const pair of node.items as ParsedPair[]) {
      if (!isScalar(pair.key)) continue;
      const key = String(pair.key.value ?? '');
      const entry = { key, pair, inherited: node !== this.node, line: this.file.lineAt(pair.key.range[0]) };
      if (key === '<<' && pair.key.type === 'PLAIN') {
        this.asked.add(pair);
        for (const map of this.sources(pair.value))
          if (!seen.has(map) && seen.size < MAX_MERGED) inherited.unshift(...this.collect(map, seen));
      } else own.push(entry);
    }
    return [...inherited, ...own];
  }

  /** The maps that `<<` names: one, or a list in which the first one counts most. */
  private sources(value: RawNode): YAMLMap.Parsed[] {
    const node = this.file.resolve(this.document, value);
    const nodes = isSeq(node) ? (node.items as RawNode[]) : isAlias(value) || isMap(node) ? [node] : [];
    return nodes.flatMap((item) => {
      const map = this.file.resolve(this.document, item);
      return isMap(map) ? [map as YAMLMap.Parsed] : [];
    });
  }
}

/** The node as a view with its place; null for what is absent. */
export function viewOf(
  file: YamlFile,
  document: Document.Parsed,
  raw: RawNode,
  path: string,
  place: readonly (string | number)[],
): YamlMap | YamlList | YamlScalar | null {
  const node = file.resolve(document, raw);
  if (isMap(node)) return new YamlMap(file, document, node as YAMLMap.Parsed, path, place);
  if (isSeq(node)) return new YamlList(file, document, node as YAMLSeq.Parsed, path, place);
  return isScalar(node) ? new YamlScalar(file, node, path) : null;
}
