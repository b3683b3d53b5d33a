import { editLines, type LineSyntax } from '../lines/edit.ts';
import { type CodeReading, type CodeValue, sameLiteral } from './value.ts';

/** New values by key: undefined takes one out, an absent one is left as it is. */
export type CodeChanges = Record<string, CodeValue | undefined>;

/** How a language writes. */
export interface CodeSyntax {
  write(value: CodeValue): string;
  /** What stands between key and value on a new line. */
  delimiter: string;
  /** Section of the reading that new lines go to; none by default. */
  section?: string;
}

/**
 * Changes single assignments of a program's text. Every other byte stays, also a value that means the same already,
 * however it is written.
 */
export function editCode(text: string, reading: CodeReading, changes: CodeChanges, syntax: CodeSyntax): string {
  const lines: LineSyntax = {
    sameKey: (found, wanted) => found === wanted,
    write: (value) => value,
    delimiter: syntax.delimiter,
    head: () => '',
    mayFollow: (_written, rest) => /^\s*([;#,].*)?$/.test(rest) || rest.trim() === '',
  };
  const list = Object.entries(changes).map(([key, value]) => {
    const last = reading.entries.findLast((entry) => entry.key === key);
    const same = last && value && sameLiteral(last.literal, value);
    return { section: syntax.section ?? '', key, value: value && (same ? last.value : syntax.write(value)) };
  });
  return editLines(text, reading, list, lines);
}
