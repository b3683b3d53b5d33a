import type { Pair, ParsedNode } from 'yaml';
import type { EditSession } from './edit-session.ts';
import type { RawNode, YamlEntry, YamlMap } from './nodes.ts';
import { columnOf, endOfPair, lineStart } from './range.ts';
import { entryLines, writeFlow, type YamlWritable } from './write.ts';

/** Other keys in place of all that were there; an empty block in between could not be told from nothing. */
export function replaceKeys(session: EditSession, map: YamlMap, added: readonly [string, YamlWritable][]): void {
  const pairs = map.node.items as Pair<ParsedNode, RawNode>[];
  const last = pairs.at(-1);
  const start = pairs[0]?.key.range[0];
  if (!last || start === undefined) {
    addKeys(session, map, added, []);
    return;
  }
  const column = columnOfKeys(session, map);
  const lines = added.flatMap(([key, value]) => entryLines(key, value, column, session.style));
  const text = lines.join(session.style.newline).trimStart();
  session.replace({ start, end: endOfPair(session.file, last), text });
}

/** Takes keys out of a map, each with its line; a map of nothing else becomes an empty one. */
export function removeKeys(session: EditSession, map: YamlMap, removed: readonly YamlEntry[]): void {
  if (removed.length === 0) return;
  const pairs = map.node.items as Pair<ParsedNode, RawNode>[];
  const gone = new Set(removed.map(({ pair }) => pair));
  const left = pairs.filter((pair) => !gone.has(pair));
  if (left.length === 0) {
    session.touch(map.place);
    const first = pairs[0]?.key.range[0] ?? 0;
    const last = pairs.at(-1);
    if (last && !map.node.flow) session.replace({ start: first, end: endOfPair(session.file, last), text: '{}' });
    else if (last) session.replace({ start: map.node.range[0], end: map.node.range[1], text: '{}' });
    return;
  }
  for (const [index, pair] of pairs.entries()) {
    if (!gone.has(pair)) continue;
    if (map.node.flow) removeFlow(session, pairs, index, gone);
    else removeLines(session, pairs, index);
  }
}

/**
 * Puts keys at the end of a map.
 * @param removed Keys that are taken out at the same time, so that nothing is put behind them.
 */
export function addKeys(
  session: EditSession,
  map: YamlMap,
  added: readonly [string, YamlWritable][],
  removed: readonly YamlEntry[],
): void {
  if (added.length === 0) return;
  if (map.node.items.length === 0) session.touch(map.place);
  const gone = new Set<unknown>(removed.map(({ pair }) => pair));
  const kept = (map.node.items as Pair<ParsedNode, RawNode>[]).filter((pair) => !gone.has(pair));
  const last = kept.at(-1);
  if (map.node.flow) {
    const items = added.map(([key, value]) => writeFlow({ [key]: value }).slice(2, -2));
    addFlow(session, map, last, items);
    return;
  }
  if (!last) {
    session.stop('its section would become empty. Delete the section, or write it by hand.');
    return;
  }
  const column = columnOfKeys(session, map);
  const lines = added.flatMap(([key, value]) => entryLines(key, value, column, session.style));
  session.insertLines(session.afterLine(endOfPair(session.file, last)), lines);
}

/** Characters before the keys of a map in their lines. */
export function columnOfKeys(session: EditSession, map: YamlMap): number {
  const first = map.node.items[0] as Pair<ParsedNode, RawNode> | undefined;
  return first ? columnOf(session.file.text, first.key.range[0]) : 0;
}

function removeLines(session: EditSession, pairs: readonly Pair<ParsedNode, RawNode>[], index: number): void {
  const pair = pairs[index];
  const next = pairs[index + 1];
  if (!pair) return;
  const start = pair.key.range[0];
  const { text } = session.file;
  // The first key of a list item stands behind the dash: what follows moves up to it.
  if (text.slice(lineStart(text, start), start).trim() !== '' && next) {
    session.replace({ start, end: next.key.range[0], text: '' });
    return;
  }
  const from = lineStart(text, start);
  const end = session.afterLine(endOfPair(session.file, pair));
  // At the very end without a line end, the one before goes instead.
  const cut = end >= text.length && text.at(-1) !== '\n' ? from - newlineBefore(text, from) : from;
  session.replace({ start: cut, end, text: '' });
}

function removeFlow(
  session: EditSession,
  pairs: readonly Pair<ParsedNode, RawNode>[],
  index: number,
  gone: ReadonlySet<Pair<ParsedNode, RawNode>>,
): void {
  const pair = pairs[index];
  const next = pairs[index + 1];
  if (!pair) return;
  if (next) {
    session.replace({ start: pair.key.range[0], end: next.key.range[0], text: '' });
    return;
  }
  // The trailing run goes with the comma before it.
  const kept = pairs.findLast((candidate) => !gone.has(candidate));
  if (kept) session.replace({ start: endOfPair(session.file, kept), end: endOfPair(session.file, pair), text: '' });
}

function addFlow(
  session: EditSession,
  map: YamlMap,
  last: Pair<ParsedNode, RawNode> | undefined,
  items: readonly string[],
): void {
  const [start, end] = map.node.range;
  if (last) {
    const at = endOfPair(session.file, last);
    session.replace({ start: at, end: at, text: items.map((item) => `, ${item}`).join('') });
  } else session.replace({ start, end, text: `{ ${items.join(', ')} }` });
}

function newlineBefore(text: string, offset: number): number {
  if (text[offset - 1] !== '\n') return 0;
  return text[offset - 2] === '\r' ? 2 : 1;
}
