import { appErrorOf } from '../../../shared/errors.ts';
import type { ProfileSettings } from '../../../shared/profile.ts';
import { fail, ok, type Result } from '../../../shared/result.ts';
import type { TargetInfo } from '../../../shared/target.ts';
import { ImportDraft } from '../draft.ts';
import type { SourceDocument } from '../source.ts';
import type { ExportContext, ParsedImport, Target } from '../target.ts';
import type { YamlFile } from '../yaml/document.ts';
import { FlatYaml, nested } from '../yaml/flat.ts';
import { maskYaml } from '../yaml/mask.ts';
import { editYaml, newText } from '../yaml/merge.ts';
import type { YamlMap } from '../yaml/nodes.ts';
import { SPRING, springKeys, springLimits, springRefusal, springSteps } from './spring-mail.ts';
import { readSpring, type SpringLookup } from './spring-mail-import.ts';

const info: TargetInfo = {
  id: 'spring-yaml',
  name: 'Spring Boot (YAML)',
  fileName: 'application.yml',
  summary: 'spring.mail of application.yml',
  merges: true,
  options: [],
};

/** Keys whose values are numbers; switches are known by their words. */
const NUMBERS = /\.(?:port|timeout|connectiontimeout|writetimeout)$/;

/** The keys with the types of YAML: a text `true` would do as well, and nobody writes it. */
function typedKeys(
  settings: ProfileSettings,
  context: ExportContext,
): Record<string, string | number | boolean | undefined> {
  const entries = Object.entries(springKeys(settings, context)).map(([key, value]) => {
    if (value !== undefined && NUMBERS.test(key)) return [key, Number(value)];
    const isSwitch = key.startsWith('spring.mail.properties.mail.smtp.') && /^(?:true|false)$/.test(value ?? '');
    return [key, isSwitch ? value === 'true' : value];
  });
  return Object.fromEntries(entries) as Record<string, string | number | boolean | undefined>;
}

function render(settings: ProfileSettings, context: ExportContext): Result<string> {
  return springRefusal(settings, context) ?? ok(newText(nested(typedKeys(settings, context))));
}

function merge(existing: string, settings: ProfileSettings, context: ExportContext): Result<string> {
  const problem = springRefusal(settings, context);
  if (problem) return problem;
  const wanted = typedKeys(settings, context);
  return editYaml(existing, SPRING, newText(nested(wanted)), (file, editor) => {
    const place = placeFor(file);
    if (!place) return false;
    const flat = new FlatYaml(place);
    const protocol = flat.get('spring.mail.protocol');
    // The properties are those of the protocol smtp, which can do TLS from the first byte as well.
    flat.change(editor, { ...wanted, 'spring.mail.protocol': protocol && 'smtp' });
    return true;
  });
}

/** The part for every Spring profile, or the only one that has mail settings. */
function placeFor(file: YamlFile): YamlMap | undefined {
  const maps = file.maps();
  const withMail = maps.filter((map) => new FlatYaml(map).has('spring.mail'));
  if (withMail.length > 0)
    return withMail.find((map) => profileOf(map) === '') ?? (withMail.length === 1 ? withMail[0] : undefined);
  const general = maps.filter((map) => profileOf(map) === '');
  return general.find((map) => map.has('spring')) ?? general[0];
}

function profileOf(map: YamlMap): string {
  const flat = new FlatYaml(map);
  return (flat.get('spring.config.activate.on-profile') ?? flat.get('spring.profiles'))?.text ?? '';
}

function recognise(source: SourceDocument): number {
  if (!/^\s*["']?spring(?:\.[\w.-]+)?["']?\s*:/m.test(source.lines) || source.looksLikeJson()) return 0;
  const read = source.yaml();
  if (!read.ok) return 0.4;
  if (read.value.maps().some((map) => new FlatYaml(map).has('spring.mail'))) return 0.95;
  return read.value.maps().some((map) => new FlatYaml(map).has('spring')) ? 0.6 : 0;
}

function parse(source: SourceDocument): Result<ParsedImport> {
  const read = source.yaml();
  if (!read.ok) return read;
  const draft = new ImportDraft();
  let count = 0;
  for (const map of read.value.maps().slice(0, 50)) {
    const flat = new FlatYaml(map);
    const lookup: SpringLookup = (key) => {
      const scalar = flat.get(key);
      return scalar && { value: scalar.text, origin: { key, line: scalar.origin.line } };
    };
    if (!lookup('spring.mail.host') && !lookup('spring.mail.username')) continue;
    readSpring(lookup, draft, profileOf(map));
    count++;
    for (const origin of flat.rest('spring.mail.')) draft.ignore(origin, 'Relaysmith has no place for this property.');
  }
  return count === 0 ? fail(appErrorOf('NO_MAIL_SETTINGS', { target: SPRING })) : draft.result();
}

/** Spring Boot: spring.mail of application.yml (MailProperties). */
export const springYaml: Target = {
  info,
  recognise,
  fileName: () => 'application-mail.yml',
  render,
  merge,
  parse,
  limits: springLimits,
  apply: (settings, context) => springSteps(settings, context, 'application.yml'),
  mask: maskYaml,
};
