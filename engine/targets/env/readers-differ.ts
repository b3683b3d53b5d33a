import type { ImportDraft } from '../draft.ts';
import { DIALECTS, type DialectId } from './dialects.ts';
import { scanEnv } from './scan.ts';

const COMPARED: readonly DialectId[] = ['compose', 'node', 'ruby', 'python', 'systemd'];
const ABOUT_MAIL = /SMTP|MAIL/i;

/** Lines of an import that are compared; a file has some dozens of them about mail. */
const MAX_COMPARED = 300;

/**
 * Warns of settings that programs read differently, such as a password with a `#` and no quotes: the import took one
 * reading, and the product may see another.
 */
export function warnOfReaders(text: string, draft: ImportDraft): void {
  const entries = scanEnv(text, DIALECTS.compose).entries.filter(({ key }) => ABOUT_MAIL.test(key));
  for (const { key, value, start, end, line, dynamic } of entries.slice(0, MAX_COMPARED)) {
    // A variable in the value is reported by itself.
    if (dynamic && /^\$\{?\w+(:?-[^}]*)?\}?$/.test(value)) continue;
    const content = text.slice(start, end);
    const readings = COMPARED.map((id) => scanEnv(content, DIALECTS[id]).entries.at(0));
    const alike = readings.every((reading) => !reading || (reading.value === value && reading.dynamic === dynamic));
    if (!alike)
      draft.warn(`Line ${line}: programs that read env files take ${key} differently. Put it in single quotes.`);
  }
}
