import { isAlias, isMap, isScalar, isSeq, type Pair, type ParsedNode, type YAMLMap } from 'yaml';
import { appErrorOf } from '../../../shared/errors.ts';
import { fail, ok, type Result } from '../../../shared/result.ts';
import type { YamlFile } from './document.ts';
import type { Place, RawNode, YamlEntry, YamlList, YamlMap } from './nodes.ts';
import { outlineDifference } from './outline.ts';
import { columnOf, endOfNode, endOfPair, lineEnd, lineStart, startOfValue, stepOf } from './range.ts';
import {
  entryLines,
  isContainer,
  isPlainText,
  linesOf,
  quoteSingle,
  writeFlow,
  writeScalar,
  type YamlContainer,
  type YamlStyle,
  YamlWord,
  type YamlWritable,
} from './write.ts';

/** What to do with keys of a map: a value sets, an object goes on below, undefined removes. Absent keys are left alone. */
export type YamlChanges = { readonly [key: string]: YamlWritable | undefined };

interface Replacement {
  start: number;
  end: number;
  text: string;
}

/**
 * Changes single values of a YAML text. Every other byte stays: order, comments, indentation, line ends, the quotes of
 * values that already mean the same. What it makes is read again and compared before it is given out, so a layout that
 * it does not understand ends in a refusal, never in a damaged file.
 */
export class YamlEditor {
  private readonly file: YamlFile;
  private readonly style: YamlStyle;
  private readonly replacements: Replacement[] = [];
  private readonly touched: Place[] = [];
  private readonly expected: { place: Place; value: YamlWritable | undefined }[] = [];
  private readonly appended = new Map<unknown, number>();
  private problem: string | undefined;

  constructor(file: YamlFile) {
    this.file = file;
    this.style = { step: stepOf(file), newline: file.text.includes('\r\n') ? '\r\n' : '\n' };
  }

  /** Changes keys of a map; call it once for each map. */
  change(map: YamlMap, changes: YamlChanges): void {
    const added: [string, YamlWritable][] = [];
    const removed: YamlEntry[] = [];
    for (const [key, value] of Object.entries(changes)) {
      const found = map.entries().filter((entry) => entry.key === key);
      const own = found.filter(({ inherited }) => !inherited);
      if (value === undefined) {
        if (own.length < found.length) this.refuse(found, 'comes from an anchor that other places may use');
        removed.push(...own);
        if (own.length > 0) this.expect([...map.place, key], undefined);
      } else if (own.length === 0) {
        const filled = filledPart(value);
        if (filled === undefined || this.sameInherited(map, key, value)) continue;
        added.push([key, filled]);
        this.expect([...map.place, key], filled);
      } else for (const entry of own) this.set(map, entry, value);
    }
    if (removed.length === map.node.items.length && added.length > 0 && !map.node.flow) {
      this.replaceAll(map, added);
      return;
    }
    this.remove(map, removed);
    this.add(map, added, removed);
  }

  /** Adds an item at the end of a list. */
  append(list: YamlList, item: YamlWritable): void {
    const { items } = list.node;
    const before = this.appended.get(list.node) ?? 0;
    this.appended.set(list.node, before + 1);
    this.expect([...list.place, items.length + before], item);
    const last = items.at(-1) as ParsedNode | undefined;
    if (list.node.flow || !last) {
      this.refuseAt(list.node, 'is a list in brackets');
      return;
    }
    const column = this.dashColumn(list);
    if (column === null) this.refuseAt(last, 'begins a list in a way that is not understood');
    else this.insertLines(this.afterLine(endOfNode(this.file, last)), linesOf([item], column, this.style));
  }

  /** Replaces a scalar of a list by another text; undefined takes it out. */
  setItem(list: YamlList, index: number, value: string | undefined): void {
    const node = list.node.items[index] as ParsedNode | undefined;
    if (!node || !isScalar(node) || node.anchor || node.tag) {
      this.refuseAt(node ?? list.node, 'is written in a way that is not understood');
      return;
    }
    if (value !== undefined && String(node.value ?? '') === value) return;
    const place = [...list.place, index];
    if (value === undefined) {
      this.removeItem(list, node);
      return;
    }
    this.expect(place, value);
    const written = this.inStyleOf(node.type === 'PLAIN' ? undefined : node.type, value);
    this.replacements.push({ start: node.range[0], end: node.range[1], text: written });
  }

  /** True when nothing is to be changed. */
  get unchanged(): boolean {
    return this.replacements.length === 0;
  }

  /** The text with all changes made. Errors: TARGET_REFUSES for a layout that cannot be changed safely. */
  result(product: string): Result<string> {
    const refusal = (reason: string) =>
      fail(appErrorOf('TARGET_REFUSES', { target: product, field: 'this file', reason }));
    if (this.problem) return refusal(this.problem);
    if (this.unchanged) return ok(this.file.text);
    const text = this.compose();
    const difference = outlineDifference(this.file, text, this.touched, this.expected);
    return difference ? refusal(difference) : ok(text);
  }

  private compose(): string {
    const ordered = this.replacements.toSorted((a, b) => a.start - b.start || a.end - b.end);
    const parts: string[] = [];
    let at = 0;
    for (const { start, end, text } of ordered) {
      parts.push(this.file.text.slice(at, Math.max(start, at)), text);
      at = Math.max(end, at);
    }
    parts.push(this.file.text.slice(at));
    return parts.join('');
  }

  private expect(place: Place, value: YamlWritable | undefined): void {
    this.touched.push(place);
    this.expected.push({ place, value });
  }

  private refuse(entries: readonly YamlEntry[], what: string): void {
    const entry = entries.at(-1);
    if (entry) this.problem ??= `line ${entry.line}: ${entry.key} ${what}. Change it there by hand.`;
  }

  private refuseAt(node: ParsedNode, what: string): void {
    this.problem ??= `line ${this.file.lineAt(node.range[0])} ${what}. Change it by hand.`;
  }

  private sameInherited(map: YamlMap, key: string, value: YamlWritable): boolean {
    const entry = map.entries().findLast((candidate) => candidate.key === key);
    return entry !== undefined && !isContainer(value) && this.same(map, entry.pair.value, value);
  }

  private set(map: YamlMap, entry: YamlEntry, value: YamlWritable): void {
    const raw = entry.pair.value;
    const node = this.file.resolve(map.document, raw);
    if (isContainer(value)) {
      if (isAlias(raw)) this.refuse([entry], 'points to an anchor');
      else if (isMap(node) && !Array.isArray(value)) this.changeBelow(map, entry, value as YamlChanges);
      else {
        const filled = filledPart(value);
        if (filled !== undefined) this.replaceContainer(map, entry, filled as YamlContainer);
      }
      return;
    }
    if (this.same(map, raw, value)) return;
    if (raw && !isAlias(raw) && !isScalar(raw)) {
      this.refuse([entry], 'is a map or list where one value is expected');
      return;
    }
    if (raw && !isAlias(raw) && raw.anchor && this.file.usedAnchors(map.document).has(raw.anchor)) {
      this.refuse([entry], 'has an anchor that other places use');
      return;
    }
    this.expect([...map.place, entry.key], value);
    this.replaceScalar(entry, value);
  }

  /** Goes into a map that stands under a key. */
  private changeBelow(map: YamlMap, entry: YamlEntry, changes: YamlChanges): void {
    const below = map.map(entry.key);
    if (below && below.node === entry.pair.value) this.change(below, changes);
    else this.refuse([entry], 'stands more than once');
  }

  /** Writes a map or list where nothing stands yet, or an empty one. */
  private replaceContainer(map: YamlMap, entry: YamlEntry, value: YamlContainer): void {
    const raw = entry.pair.value;
    const nothing = raw === null || (isScalar(raw) && map.at(entry.key) === undefined) || isEmptyCollection(raw);
    const text = writeFlow(value);
    if (raw && !isScalar(raw) && !isAlias(raw) && JSON.stringify(raw.toJSON()) === JSON.stringify(plainOf(value)))
      return;
    this.expect([...map.place, entry.key], value);
    const start = startOfValue(this.file, entry.pair);
    if (!nothing || start === null) {
      this.refuse([entry], 'holds something else than expected');
      return;
    }
    const end = Math.max(endOfPair(this.file, entry.pair), start);
    if (map.node.flow) {
      this.replacements.push({ start, end, text: `${this.spaceBefore(start)}${text}` });
      return;
    }
    if (end > start) this.replacements.push({ start, end, text: '' });
    this.insertLines(this.afterLine(end), linesOf(value, this.columnOfKeys(map) + this.style.step, this.style));
  }

  private same(map: YamlMap, raw: RawNode, value: string | number | boolean | YamlWord): boolean {
    const node = this.file.resolve(map.document, raw);
    if (!isScalar(node)) return false;
    const { type, tag } = node;
    const text = String(node.value ?? '');
    if (value instanceof YamlWord) return `${tag ? `${tag} ` : ''}${text}` === value.readsAs;
    if (tag) return false;
    const plain = type === 'PLAIN';
    if (typeof value === 'boolean') return plain && (value ? /^(?:true|yes|on)$/i : /^(?:false|no|off)$/i).test(text);
    if (typeof value === 'number') return plain && text === String(value);
    return text === value && (!plain || isPlainText(value) || isPlainAnyway(value));
  }

  private replaceScalar(entry: YamlEntry, value: string | number | boolean | YamlWord): void {
    const raw = entry.pair.value;
    const start = startOfValue(this.file, entry.pair);
    if (start === null) {
      this.refuse([entry], 'is written in a way that is not understood');
      return;
    }
    const end = Math.max(endOfPair(this.file, entry.pair), start);
    const { text } = this.file;
    const type = isScalar(raw) ? raw.type : undefined;
    const written = this.inStyleOf(type, value);
    // A block scalar owns the end of its last line.
    const tail = text[end - 1] === '\n' && end > start ? this.style.newline : '';
    this.replacements.push({ start, end, text: `${this.spaceBefore(start)}${written}${tail}` });
  }

  private inStyleOf(type: string | undefined, value: string | number | boolean | YamlWord): string {
    if (typeof value !== 'string') return writeScalar(value);
    if (type === 'PLAIN' && isPlainText(value)) return value;
    if (type === 'QUOTE_SINGLE') return quoteSingle(value) ?? writeScalar(value);
    return writeScalar(value);
  }

  private spaceBefore(offset: number): string {
    return /[\s]/.test(this.file.text[offset - 1] ?? ' ') ? '' : ' ';
  }

  /** Other keys in place of all that were there; an empty block in between could not be told from nothing. */
  private replaceAll(map: YamlMap, added: readonly [string, YamlWritable][]): void {
    const pairs = map.node.items as Pair<ParsedNode, RawNode>[];
    const last = pairs.at(-1);
    const start = pairs[0]?.key.range[0];
    if (!last || start === undefined) {
      this.add(map, added, []);
      return;
    }
    const column = this.columnOfKeys(map);
    const lines = added.flatMap(([key, value]) => entryLines(key, value, column, this.style));
    const text = lines.join(this.style.newline).trimStart();
    this.replacements.push({ start, end: endOfPair(this.file, last), text });
  }

  private remove(map: YamlMap, removed: readonly YamlEntry[]): void {
    if (removed.length === 0) return;
    const pairs = map.node.items as Pair<ParsedNode, RawNode>[];
    const gone = new Set(removed.map(({ pair }) => pair));
    const left = pairs.filter((pair) => !gone.has(pair));
    if (left.length === 0) {
      this.touched.push(map.place);
      const first = pairs[0]?.key.range[0] ?? 0;
      const last = pairs.at(-1);
      if (last && !map.node.flow) this.replacements.push({ start: first, end: endOfPair(this.file, last), text: '{}' });
      else if (last) this.replacements.push({ start: map.node.range[0], end: map.node.range[1], text: '{}' });
      return;
    }
    for (const [index, pair] of pairs.entries()) {
      if (!gone.has(pair)) continue;
      if (map.node.flow) this.removeFlow(pairs, index, gone);
      else this.removeLines(pairs, index);
    }
  }

  private removeItem(list: YamlList, node: ParsedNode): void {
    const { text } = this.file;
    const from = lineStart(text, node.range[0]);
    // What comes after moves up, so the whole list counts as changed.
    this.touched.push(list.place);
    if (list.node.flow || list.node.items.length === 1 || text.slice(from, node.range[0]).trim() !== '-') {
      this.refuseAt(node, 'cannot be taken out of its list');
      return;
    }
    this.replacements.push({ start: from, end: this.afterLine(endOfNode(this.file, node)), text: '' });
  }

  private removeLines(pairs: readonly Pair<ParsedNode, RawNode>[], index: number): void {
    const pair = pairs[index];
    const next = pairs[index + 1];
    if (!pair) return;
    const start = pair.key.range[0];
    const { text } = this.file;
    // The first key of a list item stands behind the dash: what follows moves up to it.
    if (text.slice(lineStart(text, start), start).trim() !== '' && next) {
      this.replacements.push({ start, end: next.key.range[0], text: '' });
      return;
    }
    const from = lineStart(text, start);
    const end = this.afterLine(endOfPair(this.file, pair));
    // At the very end without a line end, the one before goes instead.
    const cut = end >= text.length && text.at(-1) !== '\n' ? from - newlineBefore(text, from) : from;
    this.replacements.push({ start: cut, end, text: '' });
  }

  private removeFlow(
    pairs: readonly Pair<ParsedNode, RawNode>[],
    index: number,
    gone: ReadonlySet<Pair<ParsedNode, RawNode>>,
  ): void {
    const pair = pairs[index];
    const next = pairs[index + 1];
    if (!pair) return;
    if (next) {
      this.replacements.push({ start: pair.key.range[0], end: next.key.range[0], text: '' });
      return;
    }
    // The trailing run goes with the comma before it.
    const kept = pairs.findLast((candidate) => !gone.has(candidate));
    if (kept) this.replacements.push({ start: endOfPair(this.file, kept), end: endOfPair(this.file, pair), text: '' });
  }

  private add(map: YamlMap, added: readonly [string, YamlWritable][], removed: readonly YamlEntry[]): void {
    if (added.length === 0) return;
    if (map.node.items.length === 0) this.touched.push(map.place);
    const gone = new Set<unknown>(removed.map(({ pair }) => pair));
    const kept = (map.node.items as Pair<ParsedNode, RawNode>[]).filter((pair) => !gone.has(pair));
    const last = kept.at(-1);
    if (map.node.flow) {
      const items = added.map(([key, value]) => writeFlow({ [key]: value }).slice(2, -2));
      this.addFlow(map, last, items);
      return;
    }
    if (!last) {
      this.problem ??= 'its section would become empty. Delete the section, or write it by hand.';
      return;
    }
    const column = this.columnOfKeys(map);
    const lines = added.flatMap(([key, value]) => entryLines(key, value, column, this.style));
    this.insertLines(this.afterLine(endOfPair(this.file, last)), lines);
  }

  private addFlow(map: YamlMap, last: Pair<ParsedNode, RawNode> | undefined, items: readonly string[]): void {
    const [start, end] = map.node.range;
    if (last) {
      const at = endOfPair(this.file, last);
      this.replacements.push({ start: at, end: at, text: items.map((item) => `, ${item}`).join('') });
    } else this.replacements.push({ start, end, text: `{ ${items.join(', ')} }` });
  }

  private columnOfKeys(map: YamlMap): number {
    const first = map.node.items[0] as Pair<ParsedNode, RawNode> | undefined;
    return first ? columnOf(this.file.text, first.key.range[0]) : 0;
  }

  private dashColumn(list: YamlList): number | null {
    const { text } = this.file;
    const start = list.node.range[0];
    return text[start] === '-' ? columnOf(text, start) : null;
  }

  private afterLine(offset: number): number {
    return lineEnd(this.file.text, offset);
  }

  private insertLines(at: number, lines: readonly string[]): void {
    const { text } = this.file;
    const { newline } = this.style;
    const open = at > 0 && text[at - 1] !== '\n';
    const block = open ? lines.map((line) => newline + line) : lines.map((line) => line + newline);
    this.replacements.push({ start: at, end: at, text: block.join('') });
  }
}

function isEmptyCollection(node: RawNode): boolean {
  return (isMap(node) || isSeq(node)) && (node as YAMLMap.Parsed).items.length === 0;
}

/** Texts that some reader takes for something else, yet stand unquoted in a file that works: they stay. */
function isPlainAnyway(text: string): boolean {
  return (
    /^[A-Za-z0-9][\w.@:/<> -]*$/.test(text) &&
    /[A-Za-z]/.test(text) &&
    !/^[\d.+eExXob_:-]+$|: |:$/.test(text) &&
    !/^(?:y|n|yes|no|on|off|true|false|null)$/i.test(text)
  );
}

/** Without keys that are to be removed; undefined for an object of nothing else. */
function filledPart(value: YamlWritable): YamlWritable | undefined {
  if (!isContainer(value) || Array.isArray(value)) return value;
  const entries = Object.entries(value).flatMap(([key, item]) => {
    const part = item === undefined ? undefined : filledPart(item);
    return part === undefined ? [] : [[key, part] as const];
  });
  return entries.length > 0 || Object.keys(value).length === 0 ? Object.fromEntries(entries) : undefined;
}

function plainOf(value: YamlWritable): unknown {
  if (value instanceof YamlWord) return value.text;
  if (!isContainer(value)) return String(value);
  if (Array.isArray(value)) return value.map(plainOf);
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, item]) => (item === undefined ? [] : [[key, plainOf(item)]])),
  );
}

function newlineBefore(text: string, offset: number): number {
  if (text[offset - 1] !== '\n') return 0;
  return text[offset - 2] === '\r' ? 2 : 1;
}
