import { appErrorOf } from '../../../shared/errors.ts';
import type { ProfileSettings } from '../../../shared/profile.ts';
import { fail, ok, type Result } from '../../../shared/result.ts';
import type { ApplyStep, TargetInfo } from '../../../shared/target.ts';
import { ImportDraft } from '../draft.ts';
import type { Variable } from '../env/variables.ts';
import { readVariables, recogniseVariables } from '../env/vocabulary.ts';
import { freeText } from '../options.ts';
import { shellQuote } from '../shell.ts';
import type { SourceDocument } from '../source.ts';
import type { ExportContext, ParsedImport, Target } from '../target.ts';
import type { YamlFile } from '../yaml/document.ts';
import { maskYaml } from '../yaml/mask.ts';
import { editYaml, newText } from '../yaml/merge.ts';
import type { YamlMap } from '../yaml/nodes.ts';
import { oauthRefusal, passwordSteps, refusal } from '../yaml/product.ts';
import { changeVariables, variablesUnder } from '../yaml/variables.ts';
import { PROGRAM, programLimits, programOf } from './container-variables.ts';

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

/** Every dollar sign begins a variable, so a plain one is doubled. */
function environment(settings: ProfileSettings, context: ExportContext): Record<string, string | undefined> {
  const program = programOf(context);
  const plain = Object.entries(program.variables(settings, context)).map(
    ([name, value]) => [name, value?.replaceAll('$', '$$$$')] as const,
  );
  const variables: Record<string, string | undefined> = Object.fromEntries(plain);
  if (context.secrets.policy === 'environment' && settings.signIn.method === 'password') {
    variables[program.passwordKey] = `$\{${program.passwordKey}}`;
  }
  return variables;
}

function newFile(settings: ProfileSettings, context: ExportContext): string {
  const service = context.options.service || DEFAULT_SERVICE;
  return newText({ services: { [service]: { environment: environment(settings, context) } } });
}

function render(settings: ProfileSettings, context: ExportContext): Result<string> {
  return oauthRefusal(NAME, settings) ?? ok(newFile(settings, context));
}

function merge(existing: string, settings: ProfileSettings, context: ExportContext): Result<string> {
  const problem = oauthRefusal(NAME, settings);
  if (problem) return problem;
  let unclear = '';
  const merged = editYaml(existing, NAME, newFile(settings, context), (file, editor) => {
    const services = servicesOf(file);
    const chosen = choose(services, context.options.service ?? '');
    if (typeof chosen === 'string') unclear = chosen;
    else changeVariables(editor, chosen.map, 'environment', environment(settings, context));
    return services.length > 0;
  });
  return unclear === '' ? merged : refusal(NAME, 'this file', unclear);
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
  if (!/^services\s*:/m.test(source.text) || source.looksLikeJson()) return 0;
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
  const { passwordKey } = programOf(context);
  const service = context.options.service;
  return [
    ...passwordSteps(settings, context, {
      key: passwordKey,
      elsewhere: {
        title: `Put ${passwordKey} into the .env file beside compose.yaml, readable only by you`,
        command: '',
      },
    }),
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
