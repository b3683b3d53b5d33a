import { isAlias, isMap, isScalar, isSeq, type YAMLMap } from 'yaml';
import type { Result } from '../../../shared/result.ts';
import type { YamlFile } from './document.ts';
import { appendItem, setItem } from './edit-items.ts';
import { addKeys, columnOfKeys, removeKeys, replaceKeys } from './edit-keys.ts';
import { EditSession, inStyleOf } from './edit-session.ts';
import type { RawNode, YamlEntry, YamlList, YamlMap } from './nodes.ts';
import { endOfPair, startOfValue } from './range.ts';
import {
  isContainer,
  isPlainText,
  linesOf,
  writeFlow,
  type YamlContainer,
  YamlWord,
  type YamlWritable,
} from './write.ts';

/** What to do with keys of a map: a value sets, an object goes on below, undefined removes. Absent keys are left alone. */
export type YamlChanges = { readonly [key: string]: YamlWritable | undefined };

/**
 * Changes single values of a YAML text. Every other byte stays: order, comments, indentation, line ends, the quotes of
 * values that already mean the same. What it makes is read again and compared before it is given out, so a layout that
 * it does not understand ends in a refusal, never in a damaged file.
 */
export class YamlEditor {
  private readonly session: EditSession;

  constructor(file: YamlFile) {
    this.session = new EditSession(file);
  }

  /** Changes keys of a map; call it once for each map. */
  change(map: YamlMap, changes: YamlChanges): void {
    const added: [string, YamlWritable][] = [];
    const removed: YamlEntry[] = [];
    for (const [key, value] of Object.entries(changes)) {
      const found = map.all(key);
      const own = found.filter(({ inherited }) => !inherited);
      if (value === undefined) {
        if (own.length < found.length) this.session.refuse(found, 'comes from an anchor that other places may use');
        removed.push(...own);
        if (own.length > 0) this.session.expect([...map.place, key], undefined);
      } else if (own.length === 0) {
        const filled = filledPart(value);
        if (filled === undefined || this.sameInherited(map, key, value)) continue;
        added.push([key, filled]);
        this.session.expect([...map.place, key], filled);
      } else for (const entry of own) this.set(map, entry, value);
    }
    if (removed.length === map.node.items.length && added.length > 0 && !map.node.flow) {
      replaceKeys(this.session, map, added);
      return;
    }
    removeKeys(this.session, map, removed);
    addKeys(this.session, map, added, removed);
  }

  /** Adds an item at the end of a list. */
  append(list: YamlList, item: YamlWritable): void {
    appendItem(this.session, list, item);
  }

  /** Replaces a scalar of a list by another text; undefined takes it out. */
  setItem(list: YamlList, index: number, value: string | undefined): void {
    setItem(this.session, list, index, value);
  }

  /** The text with all changes made. Errors: TARGET_REFUSES for a layout that cannot be changed safely. */
  result(product: string): Result<string> {
    return this.session.result(product);
  }

  private sameInherited(map: YamlMap, key: string, value: YamlWritable): boolean {
    const entry = map.all(key).at(-1);
    return entry !== undefined && !isContainer(value) && this.same(map, entry.pair.value, value);
  }

  private set(map: YamlMap, entry: YamlEntry, value: YamlWritable): void {
    const raw = entry.pair.value;
    const node = this.session.file.resolve(map.document, raw);
    if (isContainer(value)) {
      if (isAlias(raw)) this.session.refuse([entry], 'points to an anchor');
      else if (isMap(node) && !Array.isArray(value)) this.changeBelow(map, entry, value as YamlChanges);
      else {
        const filled = filledPart(value);
        if (filled !== undefined) this.replaceContainer(map, entry, filled as YamlContainer);
      }
      return;
    }
    if (this.same(map, raw, value)) return;
    if (raw && !isAlias(raw) && !isScalar(raw)) {
      this.session.refuse([entry], 'is a map or list where one value is expected');
      return;
    }
    if (raw && !isAlias(raw) && raw.anchor && this.session.file.usedAnchors(map.document).has(raw.anchor)) {
      this.session.refuse([entry], 'has an anchor that other places use');
      return;
    }
    this.session.expect([...map.place, entry.key], value);
    this.replaceScalar(entry, value);
  }

  /** Goes into a map that stands under a key. */
  private changeBelow(map: YamlMap, entry: YamlEntry, changes: YamlChanges): void {
    const below = map.map(entry.key);
    if (below && below.node === entry.pair.value) this.change(below, changes);
    else this.session.refuse([entry], 'stands more than once');
  }

  /** Writes a map or list where nothing stands yet, or an empty one. */
  private replaceContainer(map: YamlMap, entry: YamlEntry, value: YamlContainer): void {
    const raw = entry.pair.value;
    const nothing = raw === null || (isScalar(raw) && map.at(entry.key) === undefined) || isEmptyCollection(raw);
    const text = writeFlow(value);
    if (raw && !isScalar(raw) && !isAlias(raw) && JSON.stringify(raw.toJSON()) === JSON.stringify(plainOf(value)))
      return;
    this.session.expect([...map.place, entry.key], value);
    const start = startOfValue(this.session.file, entry.pair);
    if (!nothing || start === null) {
      this.session.refuse([entry], 'holds something else than expected');
      return;
    }
    const end = Math.max(endOfPair(this.session.file, entry.pair), start);
    if (map.node.flow) {
      this.session.replace({ start, end, text: `${this.spaceBefore(start)}${text}` });
      return;
    }
    if (end > start) this.session.replace({ start, end, text: '' });
    this.session.insertLines(
      this.session.afterLine(end),
      linesOf(value, columnOfKeys(this.session, map) + this.session.style.step, this.session.style),
    );
  }

  private same(map: YamlMap, raw: RawNode, value: string | number | boolean | YamlWord): boolean {
    const node = this.session.file.resolve(map.document, raw);
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
    const start = startOfValue(this.session.file, entry.pair);
    if (start === null) {
      this.session.refuse([entry], 'is written in a way that is not understood');
      return;
    }
    const end = Math.max(endOfPair(this.session.file, entry.pair), start);
    const { text } = this.session.file;
    const type = isScalar(raw) ? raw.type : undefined;
    const written = inStyleOf(type, value);
    // A block scalar owns the end of its last line.
    const tail = text[end - 1] === '\n' && end > start ? this.session.style.newline : '';
    this.session.replace({ start, end, text: `${this.spaceBefore(start)}${written}${tail}` });
  }

  private spaceBefore(offset: number): string {
    return /[\s]/.test(this.session.file.text[offset - 1] ?? ' ') ? '' : ' ';
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
