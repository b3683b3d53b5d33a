import type { LineSyntax } from './edit.ts';
import type { Entry, LineReading } from './entry.ts';
import { splitLines } from './lines.ts';

/** How keys and values are told apart: by the first equals sign, or by the first blank as in a lookup table. */
export type PostfixForm = 'parameters' | 'table';

const PATTERNS: Record<PostfixForm, RegExp> = {
  parameters: /^([^\s=]+)([ \t]*=[ \t]*)(.*)$/s,
  table: /^(\S+)([ \t]*)(.*)$/s,
};

/**
 * Reads Postfix's main.cf, or the source of a lookup table (postconf(5), postmap(1)): a line that begins with white
 * space goes on with the one before, over comments and empty lines. Values stand as written, `$name` and all.
 */
export function readPostfix(text: string, form: PostfixForm): LineReading {
  const reading: LineReading = { entries: [], sections: [], hints: [], fault: null };
  for (const { start, end, next, number: line } of splitLines(text)) {
    const content = text.slice(start, end);
    if (/^\s*$/.test(content)) continue;
    const last = reading.entries.at(-1);
    if (/^\s*#/.test(content)) {
      const hint = /^#[ \t]*(\w+)[ \t]*=[ \t]*(.*)$/s.exec(content);
      const value = hint?.[2]?.trimEnd() ?? '';
      const valueStart = end - (hint?.[2]?.length ?? 0);
      const place = { section: '', line, start, end: next, valueStart, valueEnd: valueStart + value.length };
      if (hint?.[1]) reading.hints.push({ ...place, key: hint[1], value });
    } else if (/^\s/.test(content) && last) {
      goOn(reading, last, content, start, next);
    } else {
      const match = PATTERNS[form].exec(content.trimEnd());
      if (!match || match[1] === undefined || match[2] === undefined || match[3] === undefined) {
        reading.fault ??= { line, column: 1, detail: 'an equals sign is missing' };
        continue;
      }
      const valueStart = start + match[1].length + match[2].length;
      const valueEnd = valueStart + match[3].length;
      reading.entries.push({
        section: '',
        key: match[1],
        value: match[3],
        line,
        start,
        end: next,
        valueStart,
        valueEnd,
      });
    }
  }
  return reading;
}

function goOn(reading: LineReading, last: Entry, content: string, start: number, next: number): void {
  last.value = `${last.value} ${content.trim()}`.trim();
  last.end = next;
  last.valueEnd = start + content.trimEnd().length;
  // A comment inside of a value is no place for a new key.
  reading.hints = reading.hints.filter((hint) => hint.start < last.start);
}

const SYNTAX: Omit<LineSyntax, 'delimiter'> = {
  sameKey: (found, wanted) => found === wanted,
  write: (value) => value,
  head: () => '',
  mayFollow: () => true,
};

/** main.cf. A dollar sign in a value has to be doubled by the caller. */
export const MAIN_CF_SYNTAX: LineSyntax = { ...SYNTAX, delimiter: ' = ' };
/** The source of a lookup table. */
export const TABLE_SYNTAX: LineSyntax = { ...SYNTAX, delimiter: ' ' };
