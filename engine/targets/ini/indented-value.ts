import { stripper } from '../lines/strip.ts';
import type { IniDialect } from './dialect.ts';
import type { ValueContext } from './go-value.ts';
import type { ValueReading } from './read.ts';

/** Reads a value as Python's ConfigParser does: the rest of the line, and every line after it that is indented more. */
export function readIndentedValue(context: ValueContext, { space }: IniDialect): ValueReading {
  const { text, lines, index, from, indent } = context;
  const strip = stripper(space);
  const lead = new RegExp(`^[${space}]*`);
  const lineEnd = lines[index]?.end ?? from;
  const valueStart = from + (lead.exec(text.slice(from, lineEnd))?.[0].length ?? 0);
  const first = strip.end(text.slice(valueStart, lineEnd));
  const found = [first];
  let valueEnd = valueStart + first.length;
  let last = index;
  for (let at = index + 1; at < lines.length; at++) {
    const line = lines[at];
    const content = line ? text.slice(line.start, line.end) : '';
    const stripped = strip.both(content);
    const depth = lead.exec(content)?.[0].length ?? 0;
    // A comment inside of a value is skipped, an empty line is part of it as long as more follows.
    if (stripped === '') found.push('');
    else if (/^[#;]/.test(stripped)) continue;
    else if (depth > indent && line) {
      found.push(stripped);
      last = at;
      valueEnd = line.start + depth + stripped.length;
    } else break;
  }
  const value = strip.end(found.join('\n'));
  return { value, valueStart, valueEnd, last };
}
