import { appErrorOf } from '../../../shared/errors.ts';
import type { ProfileSettings } from '../../../shared/profile.ts';
import { fail, ok, type Result } from '../../../shared/result.ts';
import type { ApplyStep, TargetLimit, TargetOption } from '../../../shared/target.ts';
import { envVariables } from '../env/env.ts';
import { quoteFor } from '../env/quote.ts';
import { recogniseVariables } from '../env/vocabulary.ts';
import { mattermost } from '../mattermost.ts';
import { choice } from '../options.ts';
import { isPlaceholder } from '../secret-policy.ts';
import { type ExportContext, type Target, withDefaults } from '../target.ts';
import { authentik } from './authentik.ts';
import { django } from './django.ts';
import { env } from './env.ts';
import { gitea } from './gitea.ts';
import { grafana } from './grafana.ts';
import { laravel } from './laravel.ts';
import { mastodon } from './mastodon.ts';
import { metabase } from './metabase.ts';
import { n8n } from './n8n.ts';
import { nextcloud } from './nextcloud.ts';
import { rocketchat } from './rocketchat.ts';
import { vaultwarden } from './vaultwarden.ts';

/** Programs that take their settings from variables, the first being the default. */
const PROGRAMS: readonly Target[] = [
  env,
  mastodon,
  n8n,
  vaultwarden,
  authentik,
  laravel,
  metabase,
  rocketchat,
  mattermost,
  grafana,
  gitea,
  nextcloud,
  django,
];

/** Variables that name a file with the password, of the programs whose images read one. */
const PASSWORD_FILES: Readonly<Record<string, string>> = {
  grafana: 'GF_SMTP_PASSWORD__FILE',
  gitea: 'GITEA__mailer__PASSWD__FILE',
  nextcloud: 'SMTP_PASSWORD_FILE',
  n8n: 'N8N_SMTP_PASS_FILE',
  vaultwarden: 'SMTP_PASSWORD_FILE',
};

/** The syntax in which variables are handed to a program's own export and back: every text has a form in it. */
const SYNTAX = 'sh';

/** A variable by name, as the container gets it. */
export interface ContainerVariable {
  name: string;
  value: string;
}

/** New values by name; undefined takes a variable out. What is not named stays as it is. */
export type ContainerChanges = Record<string, string | undefined>;

/** The option that names the program. */
export const PROGRAM: TargetOption = choice('program', 'Program', 'Whose names the variables are to have.', [
  ['auto', 'As the file has them, else SMTP_…'],
  ...PROGRAMS.map(({ info }): [string, string] => [
    info.id,
    info.id === env.info.id ? 'Any other (SMTP_…)' : info.name,
  ]),
]);

/** The program of the option, or the one that the variables are for. */
function programOf({ options }: ExportContext, existing: readonly ContainerVariable[] = []): Target {
  const variables = existing.map(({ name, value }) => ({ name, value, line: 1, key: name }));
  const id = options.program === 'auto' ? recogniseVariables(variables)[0]?.id : options.program;
  return PROGRAMS.find(({ info }) => info.id === id) ?? env;
}

/** The context of the program's own export: as variables, and the secret in the place where it would be. */
function innerContext(program: Target, { secrets }: ExportContext): ExportContext {
  const has = (key: string, value: string) =>
    program.info.options.some((option) => option.key === key && option.values.some((choice) => choice.value === value));
  const options = { ...(has('reader', SYNTAX) && { reader: SYNTAX }), ...(has('form', 'env') && { form: 'env' }) };
  const policy = secrets.policy === 'environment' ? 'leave-out' : secrets.policy;
  return { options: withDefaults(program.info, options), secrets: { ...secrets, policy } };
}

/**
 * What is to be changed in the variables of a container.
 * @param existing Its variables now, for names that the program chooses by what is there.
 * Errors: those of the program's own export.
 */
export function containerChanges(
  existing: readonly ContainerVariable[],
  settings: ProfileSettings,
  context: ExportContext,
): Result<ContainerChanges> {
  const program = programOf(context, existing);
  return changesBy(program, existing, settings, innerContext(program, context));
}

/** The variable that holds the password; '' when none does. */
export function passwordKeyOf(
  existing: readonly ContainerVariable[],
  settings: ProfileSettings,
  context: ExportContext,
): string {
  if (settings.signIn.method !== 'password') return '';
  const program = programOf(context, existing);
  const inner = innerContext(program, { ...context, secrets: { policy: 'placeholder', values: {} } });
  const changes = changesBy(program, existing, settings, inner);
  if (!changes.ok) return '';
  return Object.entries(changes.value).find(([, value]) => value !== undefined && isPlaceholder(value))?.[0] ?? '';
}

/** How the program takes the password from a file instead, in one step; [] when it does not, or none is needed. */
export function passwordFileSteps(settings: ProfileSettings, context: ExportContext): ApplyStep[] {
  const name = PASSWORD_FILES[programOf(context).info.id];
  if (name === undefined || settings.signIn.method !== 'password' || context.secrets.policy === 'include') return [];
  return [{ title: `Or mount the password as a secret, and set ${name} to the path of its file`, command: '' }];
}

function changesBy(
  program: Target,
  existing: readonly ContainerVariable[],
  settings: ProfileSettings,
  context: ExportContext,
): Result<ContainerChanges> {
  const before = new Map(
    existing.filter(({ name }) => /^[A-Za-z_]\w*$/.test(name)).map(({ name, value }) => [name, value]),
  );
  const lines = [...before].flatMap(([name, value]) => {
    const written = quoteFor(value, [SYNTAX]);
    return written === null ? [] : [`${name}=${written}\n`];
  });
  const merged = program.merge(lines.join(''), settings, context);
  if (!merged.ok) return merged;
  const after = envVariables(merged.value, SYNTAX);
  const names = new Set(after.map(({ name }) => name));
  const changes: ContainerChanges = {};
  for (const name of before.keys()) if (!names.has(name)) changes[name] = undefined;
  for (const { name, value, literal } of after) {
    if (literal === false)
      return fail(
        appErrorOf('TARGET_REFUSES', {
          target: program.info.name,
          field: name,
          reason: 'its text cannot be handed over.',
        }),
      );
    if (before.get(name) !== value) changes[name] = value;
  }
  return ok(changes);
}

/** What the program cannot express. */
export function programLimits(settings: ProfileSettings, context: ExportContext): TargetLimit[] {
  const program = programOf(context);
  return program.limits(settings, innerContext(program, context));
}
