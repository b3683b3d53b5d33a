import { isSecretKey, SHOWN_MASK } from '../json/mask.ts';
import { readSecret } from '../secret-policy.ts';
import type { Entry, LineReading } from './entry.ts';

/**
 * A text with the values of secret keys masked, those that are commented out too, and passwords inside of addresses.
 * References and empty values stay: they hold no secret. Keeps the number of lines.
 */
export function maskEntries(
  text: string,
  { entries, hints }: LineReading,
  isSecret: (entry: Entry) => boolean = ({ key }) => isSecretKey(key),
): string {
  const parts: string[] = [];
  let at = 0;
  for (const entry of [...entries, ...hints].toSorted((a, b) => a.start - b.start)) {
    const raw = text.slice(entry.valueStart, entry.valueEnd);
    if (entry.valueStart < at || raw === '' || !isSecret(entry) || readSecret(entry.value).state !== 'value') continue;
    parts.push(text.slice(at, entry.valueStart), SHOWN_MASK, raw.replace(/[^\n]/g, ''));
    at = entry.valueEnd;
  }
  parts.push(text.slice(at));
  return parts.join('').replace(/(:\/\/[^\s:@/]{0,200}:)[^\s@/]{1,200}@/g, `$1${SHOWN_MASK}@`);
}
