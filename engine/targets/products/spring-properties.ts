import type { ProfileSettings } from '../../../shared/profile.ts';
import { ok, type Result } from '../../../shared/result.ts';
import type { TargetInfo } from '../../../shared/target.ts';
import { editLines, type LineChange } from '../lines/edit.ts';
import type { LineReading } from '../lines/entry.ts';
import { foreignText } from '../lines/foreign.ts';
import { maskEntries } from '../lines/mask.ts';
import { readProperties } from '../properties/read.ts';
import { PROPERTIES_SYNTAX, readPropertiesFile } from '../properties/write.ts';
import type { ExportContext, Target } from '../target.ts';
import { SPRING, springKeys, springLimits, springRefusal, springSteps } from './spring-mail.ts';
import {
  conditionalSections,
  parseSpringProperties,
  recogniseSpringProperties,
  sameSpringKey,
} from './spring-properties-import.ts';

const info: TargetInfo = {
  id: 'spring-properties',
  name: 'Spring Boot (application.properties)',
  fileName: 'application.properties',
  summary: 'The keys spring.mail of application.properties',
  merges: true,
  options: [],
};

function write(existing: string, settings: ProfileSettings, context: ExportContext): Result<string> {
  const problem = foreignText(SPRING, existing) ?? springRefusal(settings, context);
  if (problem) return problem;
  const read = readPropertiesFile(existing, true);
  if (!read.ok) return read;
  const changes = changesFor(read.value, springKeys(settings, context));
  return ok(
    editLines(existing, read.value, changes, { ...PROPERTIES_SYNTAX, sameKey: sameSpringKey, group: 'spring.mail.' }),
  );
}

/**
 * Keys are set in the last document that has some of spring.mail, since it is the one that counts, and removed from all;
 * a document for one profile of the server only is left alone.
 */
function changesFor(reading: LineReading, keys: ReturnType<typeof springKeys>): LineChange[] {
  const conditional = conditionalSections(reading);
  const sections = ['', ...reading.sections.map(({ name }) => name)].filter((name) => !conditional.has(name));
  const holder = sections.findLast((name) =>
    reading.entries.some(({ section, key }) => section === name && key.startsWith('spring.mail.')),
  );
  return Object.entries(keys).flatMap(([key, value]): LineChange[] =>
    value === undefined
      ? sections.map((section) => ({ section, key, value }))
      : [{ section: holder ?? sections[0] ?? '', key, value }],
  );
}

/** Spring Boot: spring.mail of application.properties (MailProperties). */
export const springProperties: Target = {
  info,
  recognise: recogniseSpringProperties,
  fileName: () => 'application-mail.properties',
  render: (settings, context) => write('', settings, context),
  merge: write,
  parse: parseSpringProperties,
  limits: springLimits,
  apply: (settings, context) => springSteps(settings, context, 'application.properties'),
  mask: (text, from, to) => maskEntries(text, readProperties(text, true), from, to),
};
