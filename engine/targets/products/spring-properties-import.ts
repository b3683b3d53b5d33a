import { appErrorOf } from '../../../shared/errors.ts';
import { fail, type Result } from '../../../shared/result.ts';
import { ImportDraft } from '../draft.ts';
import type { LineReading } from '../lines/entry.ts';
import { LineSection } from '../lines/section.ts';
import { readPropertiesFile } from '../properties/write.ts';
import type { SourceDocument } from '../source.ts';
import type { ParsedImport } from '../target.ts';
import { SPRING } from './spring-mail.ts';
import { readSpring } from './spring-mail-import.ts';

/** How surely a text is an application.properties. */
export function recogniseSpringProperties({ lines: text }: SourceDocument): number {
  if (/^[ \t]*spring\.mail\.[\w.[\]-]+[ \t]*[=:]/m.test(text)) return 0.95;
  return /^[ \t]*spring\.(?:application|datasource|jpa|profiles|security|mvc)\.[\w.-]+[ \t]*=/m.test(text) ? 0.6 : 0;
}

/** Keys are the same with a part in brackets: `properties[mail.smtp.auth]` is `properties.mail.smtp.auth`. */
export function sameSpringKey(found: string, wanted: string): boolean {
  return found.replace(/\[([^\]]+)\]/g, '.$1') === wanted;
}

/** Documents that count only for a profile of the server, by section. */
export function conditionalSections({ entries }: LineReading): Set<string> {
  const conditional = entries.filter(
    ({ key }) => key.startsWith('spring.config.activate.') || key === 'spring.profiles',
  );
  return new Set(conditional.map(({ section }) => section));
}

/** Reads application.properties. */
export function parseSpringProperties(source: SourceDocument): Result<ParsedImport> {
  const read = readPropertiesFile(source.text.replace(/^\ufeff/, ''), true);
  if (!read.ok) return read;
  const draft = new ImportDraft();
  const conditional = conditionalSections(read.value);
  const isMail = (key: string) => /^spring\.mail[.[]/.test(key);
  for (const { section, key, line } of read.value.entries) {
    if (isMail(key) && conditional.has(section))
      draft.ignore({ key, line }, 'This counts only for one profile of the server. Import takes what counts for all.');
  }
  const entries = read.value.entries.filter(({ section }) => !conditional.has(section));
  const section = new LineSection(entries, '', sameSpringKey);
  if (!entries.some(({ key }) => isMail(key))) return fail(appErrorOf('NO_MAIL_SETTINGS', { target: SPRING }));
  if (source.text.startsWith('\ufeff'))
    draft.warn(`The file begins with a byte order mark, which ${SPRING} takes for a part of the first key.`);
  const mail = new LineSection(
    entries.filter(({ key }) => isMail(key)),
    '',
    sameSpringKey,
  );
  for (const { key, line } of mail.duplicates())
    draft.warn(`Line ${line}: ${key} stands more than once. ${SPRING} takes the last one.`);
  readSpring((key) => mail.get(key) ?? (key.startsWith('spring.') ? undefined : section.get(key)), draft, '');
  for (const origin of mail.rest()) draft.ignore(origin, 'This key has no counterpart here.');
  warnOfEncoding(source.text, mail, draft);
  return draft.result();
}

/** Raw letters beyond ASCII come out wrong, since the file is read as ISO-8859-1. */
function warnOfEncoding(text: string, mail: LineSection, draft: ImportDraft): void {
  const lines = text.split(/\r\n|\n|\r/);
  for (const { found } of mail.all()) {
    const { line } = found.origin;
    // biome-ignore lint/suspicious/noControlCharactersInRegex: everything that is not ASCII is meant
    if (/[^\u0000-\u007f]/.test(lines[line - 1] ?? ''))
      draft.warn(
        `Line ${line}: ${SPRING} reads this file as ISO-8859-1. Letters beyond ASCII come out wrong, unless written as \\u and four digits.`,
      );
  }
}
