import { type CST, isAlias, isMap, isScalar, isSeq, type Pair, type ParsedNode, type YAMLMap } from 'yaml';
import { walk, type YamlFile } from './document.ts';
import type { RawNode } from './nodes.ts';

type ParsedPair = Pair<ParsedNode, RawNode>;

/** Offset of the first character of a line. */
export function lineStart(text: string, offset: number): number {
  return text.lastIndexOf('\n', offset - 1) + 1;
}

/** Offset after the end of the line that `offset` stands at the end of; `offset` itself right after a line end. */
export function lineEnd(text: string, offset: number): number {
  if (offset > 0 && text[offset - 1] === '\n') return offset;
  const end = text.indexOf('\n', offset);
  return end === -1 ? text.length : end + 1;
}

/** Characters before an offset in its line, a byte order mark not counted. */
export function columnOf(text: string, offset: number): number {
  const start = lineStart(text, offset);
  return offset - start - (text.charCodeAt(start) === 0xfeff ? 1 : 0);
}

/** Where the value of a pair begins, its tag and anchor included; null where there is no colon to write after. */
export function startOfValue(file: YamlFile, { value, srcToken }: ParsedPair): number | null {
  const separators: CST.SourceToken[] = srcToken?.sep ?? [];
  const colon = separators.find(({ type }) => type === 'map-value-ind');
  if (!colon) return null;
  const property = separators.find(({ type }) => type === 'anchor' || type === 'tag');
  if (property) return property.offset;
  const afterColon = colon.offset + 1;
  return value && file.text.slice(value.range[0], value.range[1]) !== '' ? value.range[0] : afterColon;
}

/** Where a node ends, without the comments and line ends that the parser counts in for blocks. */
export function endOfNode(file: YamlFile, root: ParsedNode): number {
  let node = root;
  // Down the last items: the end of a block is that of its last line.
  for (;;) {
    if (isScalar(node) || isAlias(node) || isFlow(node)) return node.range[1];
    if (isMap(node)) {
      const last = (node.items as ParsedPair[]).at(-1);
      if (!last?.value || isEmptyScalar(file, last.value)) return last ? endOfPair(file, last) : node.range[1];
      node = last.value;
    } else {
      const last = (node.items as RawNode[]).at(-1);
      if (!last) return node.range[1];
      node = last;
    }
  }
}

/** Where a pair ends: its value, or the colon of an empty one. */
export function endOfPair(file: YamlFile, pair: ParsedPair): number {
  const { key, value, srcToken } = pair;
  if (value && !isEmptyScalar(file, value)) return endOfNode(file, value);
  const tokens: CST.SourceToken[] = srcToken?.sep ?? [];
  const last = tokens.findLast(({ type }) => type === 'map-value-ind' || type === 'anchor' || type === 'tag');
  return last ? last.offset + last.source.length : key.range[1];
}

/** Spaces of one level, as the file has them; 2 where nothing is nested. */
export function stepOf(file: YamlFile): number {
  const steps: number[] = [];
  for (const { contents } of file.documents) {
    walk(contents, (node) => {
      if (!isMap(node) || isFlow(node)) return;
      for (const pair of node.items as ParsedPair[]) {
        if (!isMap(pair.value) || isFlow(pair.value)) continue;
        const inner = (pair.value.items[0] as ParsedPair | undefined)?.key.range[0];
        if (inner === undefined) continue;
        const step = columnOf(file.text, inner) - columnOf(file.text, pair.key.range[0]);
        if (step > 0) steps.push(step);
      }
    });
  }
  // The walk begins at the end of the file, and the first one in the text is the likeliest.
  return Math.min(steps.at(-1) ?? 2, 8);
}

function isFlow(node: RawNode): boolean {
  return (isMap(node) || isSeq(node)) && (node as YAMLMap.Parsed).flow === true;
}

function isEmptyScalar(file: YamlFile, node: ParsedNode): boolean {
  return isScalar(node) && file.text.slice(node.range[0], node.range[1]) === '';
}
