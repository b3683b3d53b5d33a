import { isScalar, type ParsedNode } from 'yaml';
import { type EditSession, inStyleOf } from './edit-session.ts';
import type { YamlList } from './nodes.ts';
import { columnOf, endOfNode, lineStart } from './range.ts';
import { linesOf, type YamlWritable } from './write.ts';

/** Adds an item at the end of a list. */
export function appendItem(session: EditSession, list: YamlList, item: YamlWritable): void {
  const { items } = list.node;
  const before = session.appended.get(list.node) ?? 0;
  session.appended.set(list.node, before + 1);
  session.expect([...list.place, items.length + before], item);
  const last = items.at(-1) as ParsedNode | undefined;
  if (list.node.flow || !last) {
    session.refuseAt(list.node, 'is a list in brackets');
    return;
  }
  const column = dashColumn(session, list);
  if (column === null) session.refuseAt(last, 'begins a list in a way that is not understood');
  else session.insertLines(session.afterLine(endOfNode(session.file, last)), linesOf([item], column, session.style));
}

/** Replaces a scalar of a list by another text; undefined takes it out. */
export function setItem(session: EditSession, list: YamlList, index: number, value: string | undefined): void {
  const node = list.node.items[index] as ParsedNode | undefined;
  if (!node || !isScalar(node) || node.anchor || node.tag) {
    session.refuseAt(node ?? list.node, 'is written in a way that is not understood');
    return;
  }
  if (value !== undefined && String(node.value ?? '') === value) return;
  const place = [...list.place, index];
  if (value === undefined) {
    removeItem(session, list, node);
    return;
  }
  session.expect(place, value);
  const written = inStyleOf(node.type === 'PLAIN' ? undefined : node.type, value);
  session.replace({ start: node.range[0], end: node.range[1], text: written });
}

function removeItem(session: EditSession, list: YamlList, node: ParsedNode): void {
  const { text } = session.file;
  const from = lineStart(text, node.range[0]);
  // What comes after moves up, so the whole list counts as changed.
  session.touch(list.place);
  if (list.node.flow || list.node.items.length === 1 || text.slice(from, node.range[0]).trim() !== '-') {
    session.refuseAt(node, 'cannot be taken out of its list');
    return;
  }
  session.replace({ start: from, end: session.afterLine(endOfNode(session.file, node)), text: '' });
}

function dashColumn(session: EditSession, list: YamlList): number | null {
  const { text } = session.file;
  const start = list.node.range[0];
  return text[start] === '-' ? columnOf(text, start) : null;
}
