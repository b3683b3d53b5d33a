import type { CodeReading, CodeValue } from '../code/value.ts';
import { LineFinder } from '../json/position.ts';
import { endOfPythonText, readPythonLiteral } from './literal.ts';

const ASSIGNMENT = /([A-Z][A-Z0-9_]*)[ \t]*(?::[^=\n]{1,60})?=(?!=)[ \t]*/y;
const HINT = /^#[ \t]*([A-Z][A-Z0-9_]*)[ \t]*=[ \t]*(.*)$/;
const INDENTED = /^[ \t]+([A-Z][A-Z0-9_]*)[ \t]*=(?!=)/;

/** What was read of a settings file, and assignments in blocks, which hold only at times. */
export interface PythonReading extends CodeReading {
  inBlocks: { key: string; line: number }[];
}

/**
 * Finds `NAME = value` at the beginning of lines in a text of Python, without running any of it. A value that is no
 * literal is kept as the expression that it is.
 * @param isWanted Tells the names that are looked for.
 */
export function readPython(text: string, isWanted: (name: string) => boolean): PythonReading {
  const reading: PythonReading = { entries: [], sections: [], hints: [], fault: null, inBlocks: [] };
  const lines = new LineFinder(text);
  let at = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  while (at < text.length) {
    const start = at;
    const line = lines.lineAt(start);
    const end = endOfStatement(text, start);
    at = nextLine(text, end);
    const place = { section: '', line, start, end: at };
    const content = text.slice(start, Math.min(end, start + 2_000));
    const hint = HINT.exec(content);
    if (hint?.[1] && isWanted(hint[1])) {
      const valueStart = start + hint[0].length - (hint[2]?.length ?? 0);
      reading.hints.push({
        ...place,
        key: hint[1],
        value: hint[2] ?? '',
        valueStart,
        valueEnd: start + hint[0].length,
      });
      continue;
    }
    const block = INDENTED.exec(content);
    if (block?.[1] && isWanted(block[1])) reading.inBlocks.push({ key: block[1], line });
    ASSIGNMENT.lastIndex = start;
    const key = ASSIGNMENT.exec(text)?.[1];
    if (!key || !isWanted(key)) continue;
    const valueStart = ASSIGNMENT.lastIndex;
    const { literal, valueEnd } = readValue(text, valueStart, end);
    reading.entries.push({ ...place, key, value: text.slice(valueStart, valueEnd), valueStart, valueEnd, literal });
  }
  return reading;
}

function readValue(text: string, at: number, end: number): { literal: CodeValue; valueEnd: number } {
  const read = readPythonLiteral(text, at);
  if (read && /^[ \t\r]*(#.*)?$/.test(text.slice(read.end, end))) return { literal: read.literal, valueEnd: read.end };
  const raw = text.slice(at, end);
  // A comment after an expression stays where it is.
  const comment = /[ \t]+#[^'"\n]*$/.exec(raw);
  const expression = raw.slice(0, comment?.index ?? raw.length).trimEnd();
  return { literal: { kind: 'expression', text: expression }, valueEnd: at + expression.length };
}

/** Where the statement that begins at an offset ends: with its line, unless brackets, quotes or a backslash go on. */
function endOfStatement(text: string, from: number): number {
  let open = 0;
  for (let at = from; at < text.length; at++) {
    const char = text[at] ?? '';
    if (char === '#') {
      const end = text.indexOf('\n', at);
      at = (end === -1 ? text.length : end) - 1;
    } else if (char === '"' || char === "'") {
      const quotes = text.startsWith(char.repeat(3), at) ? char.repeat(3) : char;
      const close = endOfPythonText(text, at + quotes.length, quotes);
      if (close !== null) at = close + quotes.length - 1;
    } else if (char === '\\' && /[\r\n]/.test(text[at + 1] ?? '')) at += text[at + 1] === '\r' ? 2 : 1;
    else if ('([{'.includes(char)) open++;
    else if (')]}'.includes(char)) open = Math.max(0, open - 1);
    else if (char === '\n' && open === 0) return text[at - 1] === '\r' && at > from ? at - 1 : at;
  }
  return text.length;
}

function nextLine(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end === -1 ? text.length : end + 1;
}
