import { isSecretKey, SHOWN_MASK } from '../json/mask.ts';
import { maskLines } from '../mask-lines.ts';
import { readSecret } from '../secret-policy.ts';
import type { Entry, LineReading } from './entry.ts';

/**
 * A part of a text with the values of secret keys masked, those that are commented out too, and passwords inside of
 * addresses. References and empty values stay: they hold no secret. Keeps the number of lines.
 * @param from Offset of the beginning of a line, `to` of the end of one.
 */
export function maskEntries(
  text: string,
  { entries, hints, fault }: LineReading,
  from = 0,
  to = text.length,
  isSecret: (entry: Entry) => boolean = ({ key }) => isSecretKey(key.replace(/["':,]+$/, '')),
): string {
  const parts: string[] = [];
  let at = from;
  for (const entry of [...entries, ...hints].toSorted((a, b) => a.start - b.start)) {
    const start = Math.max(entry.valueStart, at);
    const end = Math.min(entry.valueEnd, to);
    if (start >= end || !isSecret(entry) || !hidesSomething(entry.value)) continue;
    parts.push(text.slice(at, start), SHOWN_MASK, text.slice(start, end).replace(/[^\n]/g, ''));
    at = end;
  }
  parts.push(text.slice(at, to));
  // A reader that gave up has not seen the rest.
  const shown = fault ? maskLines(parts.join('')) : parts.join('');
  return shown.replace(/(:\/\/[^\s:@/]{0,4000}:)[^\s@/]{1,200}@/g, `$1${SHOWN_MASK}@`);
}

/** False for a mask, a placeholder, nothing, and a reference; one with a fallback value may hold the secret itself. */
function hidesSomething(value: string): boolean {
  const { state, reference } = readSecret(value);
  return state === 'value' || (state === 'reference' && reference === '');
}
