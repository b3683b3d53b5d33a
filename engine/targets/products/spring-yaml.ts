import { appErrorOf } from '../../../shared/errors.ts';
import type { ProfileSettings } from '../../../shared/profile.ts';
import { fail, ok, type Result } from '../../../shared/result.ts';
import type { ApplyStep, TargetInfo } from '../../../shared/target.ts';
import { ImportDraft } from '../draft.ts';
import { oauthRefusal, passwordSteps, refusal } from '../product.ts';
import type { SourceDocument } from '../source.ts';
import type { ExportContext, ParsedImport, Target } from '../target.ts';
import type { YamlFile } from '../yaml/document.ts';
import { FlatYaml, nested } from '../yaml/flat.ts';
import { maskYaml } from '../yaml/mask.ts';
import { editYaml, newText } from '../yaml/merge.ts';
import type { YamlMap } from '../yaml/nodes.ts';
import { SPRING, springLimits, springProperties, unwritable } from './spring-mail.ts';
import { readSpring } from './spring-mail-import.ts';

const info: TargetInfo = {
  id: 'spring-yaml',
  name: 'Spring Boot (YAML)',
  fileName: 'application.yml',
  summary: 'spring.mail of application.yml',
  merges: true,
  options: [],
};

function problemOf(settings: ProfileSettings, context: ExportContext): Result<never> | null {
  const field = unwritable(settings, context);
  if (!field) return oauthRefusal(SPRING, settings);
  return refusal(SPRING, field, 'it holds a backslash before ${, which versions read differently.');
}

function render(settings: ProfileSettings, context: ExportContext): Result<string> {
  return problemOf(settings, context) ?? ok(newText(nested(springProperties(settings, context))));
}

function merge(existing: string, settings: ProfileSettings, context: ExportContext): Result<string> {
  const problem = problemOf(settings, context);
  if (problem) return problem;
  const wanted = springProperties(settings, context);
  return editYaml(existing, SPRING, newText(nested(wanted)), (file, editor) => {
    const place = placeFor(file);
    if (!place) return false;
    const flat = new FlatYaml(place);
    const protocol = flat.get('spring.mail.protocol');
    // The properties are those of the protocol smtp, which can do TLS from the first byte as well.
    const smtp = protocol && protocol.text !== 'smtp' ? { 'spring.mail.protocol': 'smtp' } : {};
    flat.change(editor, { ...wanted, ...smtp });
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
    const found = readSpring(
      (name) => {
        const scalar = flat.get(name);
        return scalar && { value: scalar.text, origin: { key: name, line: scalar.origin.line } };
      },
      draft,
      profileOf(map),
    );
    if (!found) continue;
    count++;
    for (const origin of flat.rest('spring.mail.')) draft.ignore(origin, 'Relaysmith has no place for this property.');
  }
  return count === 0 ? fail(appErrorOf('NO_MAIL_SETTINGS', { target: SPRING })) : draft.result();
}

function apply(settings: ProfileSettings, context: ExportContext): ApplyStep[] {
  return [
    ...passwordSteps(settings, context, {
      key: 'spring.mail.password',
      elsewhere: { title: 'Set SMTP_PASSWORD in the environment of the application', command: '' },
    }),
    { title: 'Restart the application', command: '' },
  ];
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
  apply,
  mask: maskYaml,
};
