import { isAlias, isMap, isScalar, type Pair, type ParsedNode } from 'yaml';
import { YamlFile } from './document.ts';
import type { Place, RawNode } from './nodes.ts';
import { isContainer, YamlWord, type YamlWritable } from './write.ts';

/** Every leaf of a text by its place, aliases as such. */
type Outline = Map<string, string>;

/**
 * Compares a changed text with the one before: null when exactly what was wanted is different, else the reason for a
 * refusal.
 */
export function outlineDifference(
  before: YamlFile,
  changed: string,
  touched: readonly Place[],
  expected: readonly { place: Place; value: YamlWritable | undefined }[],
): string | null {
  const read = YamlFile.read(changed);
  const layout = 'its layout cannot be changed safely. Change it by hand.';
  if (!read.ok) return layout;
  const old = outlineOf(before);
  const now = outlineOf(read.value);
  const prefixes = touched.map((place) => placeKey(place));
  // A plus at the end tells duplicates apart; in names it is written %2B.
  const isTouched = (key: string) =>
    prefixes.some((prefix) => key.replace(/\++$/, '') === prefix || key.startsWith(`${prefix}/`));
  for (const [key, leaf] of old) if (!isTouched(key) && now.get(key) !== leaf) return layout;
  for (const key of now.keys()) if (!isTouched(key) && !old.has(key)) return layout;
  const wanted = expected.every(({ place, value }) => holds(now, placeKey(place), value) || isItem(now, place, value));
  return wanted ? null : layout;
}

/** True when a list has the text, wherever: taking items out moves the others. */
function isItem(outline: Outline, place: Place, value: YamlWritable | undefined): boolean {
  if (typeof place.at(-1) !== 'number' || typeof value !== 'string') return false;
  const list = `${placeKey(place.slice(0, -1))}/`;
  return [...outline].some(([key, leaf]) => key.startsWith(list) && textOf(leaf) === value);
}

function holds(outline: Outline, key: string, value: YamlWritable | undefined): boolean {
  if (value === undefined) return !outline.has(key);
  if (value instanceof YamlWord) return outline.get(key)?.replace(/^[pq]:/, '') === value.readsAs;
  if (!isContainer(value)) return textOf(outline.get(key)) === String(value);
  if (Array.isArray(value))
    return value.every((item, index) => holds(outline, `${key}/${index}`, item as YamlWritable));
  return Object.entries(value).every(
    ([name, item]) => item === undefined || holds(outline, `${key}/${segment(name)}`, item as YamlWritable),
  );
}

/** The text of an untagged scalar. */
function textOf(leaf: string | undefined): string | undefined {
  return leaf === undefined || !/^[pq]:/.test(leaf) ? undefined : leaf.slice(2);
}

function outlineOf(file: YamlFile): Outline {
  const outline: Outline = new Map();
  file.documents.forEach((document, index) => {
    const open: { node: RawNode; key: string }[] = [{ node: document.contents, key: placeKey([index]) }];
    for (let at = open.pop(); at; at = open.pop()) open.push(...readNode(at.node, at.key, outline));
  });
  return outline;
}

function readNode(node: RawNode, key: string, outline: Outline): { node: RawNode; key: string }[] {
  const note = (leaf: string) => {
    let name = key;
    while (outline.has(name)) name += '+';
    outline.set(name, leaf);
  };
  if (isMap(node)) {
    // An emptied map is a difference of its own; a filled one shows in its leaves.
    if (node.items.length === 0) note('{}');
    return (node.items as Pair<ParsedNode, RawNode>[]).map((pair) => ({
      node: pair.value,
      key: `${key}/${segment(isScalar(pair.key) ? String(pair.key.value ?? '') : '?')}`,
    }));
  }
  if (node === null) note('p:');
  else if (isAlias(node)) note(`*${node.source}`);
  else if (isScalar(node)) {
    const { tag, type, value } = node;
    note(`${tag ? `${tag} ` : type === 'PLAIN' ? 'p:' : 'q:'}${String(value ?? '')}`);
  } else {
    if (node.items.length === 0) note('[]');
    return (node.items as RawNode[]).map((item, index) => ({ node: item, key: `${key}/${index}` }));
  }
  return [];
}

function placeKey(place: Place): string {
  return place.map((part) => (typeof part === 'number' ? String(part) : segment(part))).join('/');
}

function segment(key: string): string {
  return encodeURIComponent(key.toWellFormed());
}
