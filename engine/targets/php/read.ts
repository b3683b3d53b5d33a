import type { CodeReading } from '../code/value.ts';
import { LineFinder } from '../json/position.ts';
import { openList, readPhpItem, skipPhpSpace } from './literal.ts';

/** Name of the section that the items stand in. */
export const CONFIG = 'CONFIG';

/** Items of one array; no configuration comes near it. */
const MAX_ITEMS = 5_000;

/**
 * Reads the items of `$CONFIG = array(...)` or `$CONFIG = [...]` without running anything; null when there is no such
 * array, or it does not end. An entry's value goes up to its comma, which belongs to it.
 */
export function readPhpConfig(text: string): CodeReading | null {
  const head = findHead(text);
  const open = head === null ? null : openList(text, head);
  if (!open) return null;
  const lines = new LineFinder(text);
  const reading: CodeReading = { entries: [], hints: [], fault: null, sections: [] };
  reading.sections.push({ name: CONFIG, line: lines.lineAt(open.inner), end: afterSpace(text, open.inner) });
  let at = skipPhpSpace(text, open.inner);
  for (let count = 0; text[at] !== open.close; count++) {
    const item = count < MAX_ITEMS ? readPhpItem(text, at) : null;
    if (!item) return null;
    const comma = skipPhpSpace(text, item.end);
    const last = text[comma] !== ',';
    const valueEnd = last ? item.end : comma + 1;
    if (item.key !== null) {
      reading.entries.push({
        section: CONFIG,
        key: `'${item.key}'`,
        value: text.slice(item.valueStart, valueEnd),
        line: lines.lineAt(at),
        start: startOfItem(text, at),
        end: afterSpace(text, valueEnd),
        valueStart: item.valueStart,
        valueEnd,
        literal: item.value,
      });
    }
    if (last && text[comma] !== open.close) return null;
    at = last ? comma : skipPhpSpace(text, comma + 1);
  }
  return reading;
}

/** Where the array begins that is assigned to $CONFIG outside of comments. */
function findHead(text: string): number | null {
  const pattern = /\$CONFIG\s*=\s*(?=array\s*\(|\[)/gi;
  for (const match of text.matchAll(pattern)) {
    const before = text.slice(text.lastIndexOf('\n', match.index) + 1, match.index);
    const commented =
      /\/\/|#|^\s*\*/.test(before) || text.lastIndexOf('/*', match.index) > text.lastIndexOf('*/', match.index);
    if (!commented) return match.index + match[0].length;
  }
  return null;
}

/** With the white space before it when it begins its line, so that it goes as a whole line. */
function startOfItem(text: string, at: number): number {
  const lineStart = text.lastIndexOf('\n', at - 1) + 1;
  return /^[ \t]*$/.test(text.slice(lineStart, at)) ? lineStart : at;
}

/** After the rest of the line when nothing but white space or a comment stands there; else after the blanks. */
function afterSpace(text: string, from: number): number {
  const rest = /^[ \t]*(?:(?:\/\/|#)[^\n]*)?\r?\n/.exec(text.slice(from, from + 2_000));
  return from + (rest?.[0] ?? /^[ \t]*/.exec(text.slice(from, from + 2_000))?.[0] ?? '').length;
}
