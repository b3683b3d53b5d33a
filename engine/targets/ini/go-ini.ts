import type { ImportDraft } from '../draft.ts';
import { type EnvEntry, readEnv } from '../env/env.ts';
import type { LineChange } from '../lines/edit.ts';
import type { Entry } from '../lines/entry.ts';
import { maskEntries } from '../lines/mask.ts';
import { LineSection } from '../lines/section.ts';
import { maskLines } from '../mask-lines.ts';
import { GO_INI_KIND } from './file.ts';
import { readIni } from './read.ts';

/*
 * What Grafana and Gitea have in common: an ini file with a section of mail keys and one of headers, and environment
 * variables that stand for the same keys.
 */

/** One section of a file as an import reads it. */
export function goIniSection(entries: readonly Entry[], name: string): LineSection {
  return new LineSection(
    entries.filter(({ section }) => section === name),
    `${name}.`,
  );
}

/** The variables whose names fit. One over several lines is reported and left out. */
export function ownVariables(text: string, name: RegExp, draft: ImportDraft): EnvEntry[] {
  const own = readEnv(text).filter(({ key }) => name.test(key));
  for (const { key, line, open } of own) {
    if (open) draft.ignore({ key, line }, 'The value has several lines, which no mail setting can have.');
  }
  return own.filter(({ open }) => !open);
}

/** Makes a section of headers hold exactly the wanted ones: one that is not wanted any more goes. */
export function headerChanges(
  existing: string,
  section: string,
  wanted: Readonly<Record<string, string>>,
): LineChange[] {
  const there = readIni(existing, GO_INI_KIND.dialect).entries.filter((entry) => entry.section === section);
  const gone = new Set(there.map(({ key }) => key).filter((key) => !Object.hasOwn(wanted, key)));
  return [
    ...[...gone].map((key) => ({ section, key, value: undefined })),
    ...Object.entries(wanted).map(([key, value]) => ({ section, key, value })),
  ];
}

/** Masks the secrets of a file or of variables; a text with a section is a file. */
export function maskGoIni(text: string, from = 0, to = text.length): string {
  return /^\s*\[/m.test(text)
    ? maskEntries(text, readIni(text, GO_INI_KIND.dialect), from, to)
    : maskLines(text.slice(from, to));
}
