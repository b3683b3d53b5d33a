import { appErrorOf } from '../../../shared/errors.ts';
import type { ProfileSettings } from '../../../shared/profile.ts';
import { fail, ok, type Result } from '../../../shared/result.ts';
import type { ApplyStep, TargetInfo } from '../../../shared/target.ts';
import { ImportDraft } from '../draft.ts';
import type { Variable } from '../env/variables.ts';
import { readVariables, recogniseVariables } from '../env/vocabulary.ts';
import { freeText } from '../options.ts';
import { passwordSteps, refusal } from '../product.ts';
import { shellQuote } from '../shell.ts';
import type { SourceDocument } from '../source.ts';
import type { ExportContext, ParsedImport, Target } from '../target.ts';
import type { YamlFile } from '../yaml/document.ts';
import { maskYaml } from '../yaml/mask.ts';
import { editYaml, newText } from '../yaml/merge.ts';
import type { YamlMap } from '../yaml/nodes.ts';
import { changeVariables, variablesUnder } from '../yaml/variables.ts';
import {
  type ContainerChanges,
  containerChanges,
  PROGRAM,
  passwordFileSteps,
  passwordKeyOf,
  programLimits,
} from './container-variables.ts';

const NAME = 'Docker Compose';
const DEFAULT_SERVICE = 'app';

const info: TargetInfo = {
  id: 'compose',
  name: NAME,
  fileName: 'compose.yaml',
  summary: 'environment of a service',
  merges: true,
  options: [freeText('service', 'Service', 'Which one to change when there are several.'), PROGRAM],
};

/** The changes to the variables of a service; every dollar sign begins a variable, so a plain one is doubled. */
function changesFor(
  existing: readonly Variable[],
  settings: ProfileSettings,
  context: ExportContext,
): Result<ContainerChanges> {
  const changes = containerChanges(existing, settings, context);
  if (!changes.ok) return changes;
  const plain = Object.entries(changes.value).map(([name, value]) => [name, value?.replaceAll('$', '$$$$')] as const);
  const written: ContainerChanges = Object.fromEntries(plain);
  const key = context.secrets.policy === 'environment' ? passwordKeyOf(existing, settings, context) : '';
  return ok(key === '' ? written : { ...written, [key]: `$\{${key}}` });
}

function render(settings: ProfileSettings, context: ExportContext): Result<string> {
  const changes = changesFor([], settings, context);
  if (!changes.ok) return changes;
  const service = context.options.service || DEFAULT_SERVICE;
  return ok(newText({ services: { [service]: { environment: changes.value } } }));
}

function merge(existing: string, settings: ProfileSettings, context: ExportContext): Result<string> {
  const whole = render(settings, context);
  if (!whole.ok) return whole;
  let problem: Result<never> | null = null;
  const merged = editYaml(existing, NAME, whole.value, (file, editor) => {
    const services = servicesOf(file);
    const chosen = choose(services, context.options.service ?? '');
    if (typeof chosen === 'string') {
      problem = refusal(NAME, 'this file', chosen);
      return true;
    }
    const changes = changesFor(variablesOf(chosen.map), settings, context);
    if (changes.ok) changeVariables(editor, chosen.map, 'environment', changes.value);
    else problem = changes;
    return true;
  });
  return problem ?? merged;
}

interface Service {
  name: string;
  map: YamlMap;
}

function servicesOf(file: YamlFile): Service[] {
  return file.maps().flatMap((root) => {
    const services = root.map('services');
    return (services?.entries() ?? []).flatMap(({ key }) => {
      const map = services?.map(key);
      return map ? [{ name: key, map }] : [];
    });
  });
}

/** The service to change, or why none can be told. */
function choose(services: readonly Service[], name: string): Service | string {
  if (name !== '') return services.find((service) => service.name === name) ?? `it has no service ${name}.`;
  const withMail = services.filter(({ map }) => recogniseVariables(variablesOf(map)).length > 0);
  const [only, second] = withMail.length > 0 ? withMail : services;
  if (!only) return 'it has no services.';
  return second ? 'it has several services. Enter the name of the one to change.' : only;
}

/** The variables of a service, dollar signs undone where no variable is meant. */
function variablesOf(service: YamlMap): Variable[] {
  return variablesUnder(service, 'environment').map((variable) => {
    const single = variable.value.replaceAll('$$', '');
    if (single.includes('$')) return variable;
    return { ...variable, value: variable.value.replaceAll('$$', () => '$'), literal: true };
  });
}

function recognise(source: SourceDocument): number {
  if (!/^services\s*:/m.test(source.lines) || source.looksLikeJson()) return 0;
  const read = source.yaml();
  if (!read.ok) return 0.5;
  const services = servicesOf(read.value);
  if (services.length === 0) return 0;
  const mail = services.some(({ map }) => recogniseVariables(variablesOf(map)).length > 0);
  if (mail) return 0.96;
  return services.some(({ map }) => map.has('image', 'build', 'environment')) ? 0.6 : 0;
}

function parse(source: SourceDocument): Result<ParsedImport> {
  const read = source.yaml();
  if (!read.ok) return read;
  const draft = new ImportDraft();
  let any = false;
  for (const { map } of servicesOf(read.value).slice(0, 200)) any = readVariables(variablesOf(map), draft) || any;
  return any ? draft.result() : fail(appErrorOf('NO_MAIL_SETTINGS', { target: NAME }));
}

function apply(settings: ProfileSettings, context: ExportContext): ApplyStep[] {
  const passwordKey = passwordKeyOf([], settings, context);
  const service = context.options.service;
  return [
    ...passwordSteps(settings, context, {
      key: passwordKey,
      elsewhere: {
        title: `Put ${passwordKey} into the .env file beside compose.yaml, readable only by you`,
        command: '',
      },
    }),
    ...passwordFileSteps(settings, context),
    { title: 'Recreate the container', command: `docker compose up -d${service ? ` ${shellQuote(service)}` : ''}` },
  ];
}

/** Docker Compose: the variables of one service. */
export const compose: Target = {
  info,
  recognise,
  fileName: () => 'compose.mail.yaml',
  render,
  merge,
  parse,
  limits: programLimits,
  apply,
  mask: maskYaml,
};
