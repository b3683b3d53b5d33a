import { splitAddress } from '../../../shared/address.ts';
import { appErrorOf } from '../../../shared/errors.ts';
import { bareHost, isIPv6 } from '../../../shared/host.ts';
import type { ProfileSettings } from '../../../shared/profile.ts';
import { fail, ok, type Result } from '../../../shared/result.ts';
import type { ApplyStep, TargetInfo, TargetLimit } from '../../../shared/target.ts';
import { type CodeChanges, editCode } from '../code/edit.ts';
import { maskCode } from '../code/mask.ts';
import type { CodeEntry, CodeValue } from '../code/value.ts';
import { maskEnv } from '../env/mask.ts';
import { accountVariables, type EnvChanges, READER, readersOf, writeChanges } from '../env/product.ts';
import { JsonDocument, type JsonValue } from '../json/document.ts';
import { JsonEditor } from '../json/edit.ts';
import { maskJson } from '../json/mask.ts';
import { PLAIN_STYLE, writeJson } from '../json/write.ts';
import { commonLimits, lossy } from '../limits.ts';
import { lineBreakOf } from '../lines/lines.ts';
import { maskByLines } from '../mask-part.ts';
import { choice } from '../options.ts';
import { CONFIG, readPhpConfig } from '../php/read.ts';
import { writePhp } from '../php/write.ts';
import { oauthRefusal, passwordSteps, refusal, signInLimits } from '../product.ts';
import { secretText } from '../secret-policy.ts';
import { shellQuote } from '../shell.ts';
import type { ExportContext, Target } from '../target.ts';
import { parseNextcloud, phpKey, recogniseNextcloud } from './nextcloud-import.ts';
import { keptOptions } from './nextcloud-options.ts';

const NAME = 'Nextcloud';

const info: TargetInfo = {
  id: 'nextcloud',
  name: NAME,
  fileName: 'config.php',
  summary: 'config.php, occ commands, JSON for occ config:import, or variables of the container',
  merges: true,
  options: [
    choice('form', 'Form', 'How the server is to take the settings.', [
      ['file', 'config.php'],
      ['json', 'JSON for occ config:import'],
      ['commands', 'occ commands'],
      ['env', 'Variables of the container'],
    ]),
    READER,
  ],
};

const text = (value: string): CodeValue => ({ kind: 'text', value });
const flag = (value: boolean): CodeValue => ({ kind: 'flag', value });
const number = (value: number): CodeValue => ({ kind: 'number', value });

/** Address literals need their brackets: the mailer joins host and port with a colon. */
function hostOf({ server }: ProfileSettings): string {
  return isIPv6(bareHost(server.host)) ? `[${bareHost(server.host)}]` : server.host;
}

/** Keys of `$CONFIG`; the stream options depend on what is there and come from {@link keptOptions}. */
function keys(settings: ProfileSettings, context: ExportContext): CodeChanges {
  const { server, sender, signIn, status } = settings;
  const from = splitAddress(sender.from.address);
  const signsIn = signIn.method === 'password';
  const password = signsIn ? secretText(context.secrets, 'password', "getenv('SMTP_PASSWORD')") : null;
  const byReference = context.secrets.policy === 'environment';
  return {
    mail_smtpmode: text(status === 'active' ? 'smtp' : 'null'),
    mail_smtphost: text(hostOf(settings)),
    mail_smtpport: number(server.port),
    mail_smtpsecure: text(server.security === 'tls' ? 'ssl' : ''),
    mail_smtpauth: flag(signsIn),
    mail_smtpauthtype: undefined,
    mail_smtpname: signsIn ? text(signIn.username) : undefined,
    ...(password !== null && {
      mail_smtppassword: byReference ? { kind: 'expression', text: password } : text(password),
    }),
    ...(!signsIn && { mail_smtppassword: undefined }),
    mail_from_address: from ? text(from.local) : undefined,
    mail_domain: from ? text(from.domain) : undefined,
    mail_smtptimeout: number(server.connectTimeoutSeconds),
  };
}

function writeConfig(existing: string, settings: ProfileSettings, context: ExportContext): Result<string> {
  const given = existing.trim() === '' ? '<?php\n$CONFIG = array (\n);\n' : existing;
  const newline = lineBreakOf(given);
  const reading = readPhpConfig(given);
  if (!reading) return refusal(NAME, 'this file', 'its array $CONFIG is not there, or is not closed.');
  if (/\r/.test(context.secrets.values.password ?? '')) {
    return refusal(NAME, 'mail_smtppassword', 'an editor may change a carriage return in a file.');
  }
  const old = reading.entries.findLast(({ key }) => key === phpKey('mail_smtpstreamoptions'))?.literal;
  const wanted = { ...keys(settings, context), mail_smtpstreamoptions: keptOptions(settings, old) };
  const changes = Object.fromEntries(Object.entries(wanted).map(([key, value]) => [phpKey(key), value]));
  const closed = withLastComma(given, reading.entries, changes);
  const again = closed === given ? reading : readPhpConfig(closed);
  if (!again) return refusal(NAME, 'this file', 'its array $CONFIG is not closed.');
  const syntax = { delimiter: ' => ', section: CONFIG, write: (value: CodeValue) => `${writePhp(value, newline)},` };
  return ok(editCode(closed, again, indentFirst(changes, again.entries), syntax));
}

/** A new first item has no neighbour whose indentation it could take. */
function indentFirst(changes: CodeChanges, entries: readonly CodeEntry[]): CodeChanges {
  if (entries.length > 0) return changes;
  return Object.fromEntries(Object.entries(changes).map(([key, value]) => [`  ${key}`, value]));
}

/** Items that come after the last one need a comma before them. */
function withLastComma(given: string, entries: readonly CodeEntry[], changes: CodeChanges): string {
  const last = entries.at(-1);
  if (!last || last.value.endsWith(',')) return given;
  const present = new Set(entries.map(({ key }) => key));
  const adds = Object.entries(changes).some(([key, value]) => value !== undefined && !present.has(key));
  return adds ? `${given.slice(0, last.valueEnd)},${given.slice(last.valueEnd)}` : given;
}

/** Keys for the JSON of occ: the same, with the values as JSON has them. */
function jsonKeys(
  settings: ProfileSettings,
  context: ExportContext,
  old?: CodeValue,
): Record<string, JsonValue | undefined> {
  // JSON cannot point at the environment.
  const policy = context.secrets.policy === 'environment' ? 'leave-out' : context.secrets.policy;
  const all = {
    ...keys(settings, { ...context, secrets: { ...context.secrets, policy } }),
    mail_smtpstreamoptions: keptOptions(settings, old),
  };
  return Object.fromEntries(Object.entries(all).map(([key, value]) => [key, value && jsonOf(value)]));
}

function jsonOf(value: CodeValue): JsonValue {
  if (value.kind === 'list')
    return Object.fromEntries(value.items.map(({ key, value: item }) => [key ?? '', jsonOf(item)]));
  return 'value' in value ? value.value : null;
}

function present(changes: Record<string, JsonValue | undefined>): Record<string, JsonValue> {
  return Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined)) as Record<
    string,
    JsonValue
  >;
}

function mergeJson(existing: string, settings: ProfileSettings, context: ExportContext): Result<string> {
  const read = JsonDocument.read(existing);
  if (!read.ok) return read;
  const document = read.value;
  if (!document.isObject(document.root)) return refusal(NAME, 'this file', 'it is no JSON object.');
  const editor = new JsonEditor(document);
  const system = document.member(document.root, 'system');
  if (system && document.isObject(system.valueStart)) editor.change(system.valueStart, jsonKeys(settings, context));
  else editor.change(document.root, { system: present(jsonKeys(settings, context)) });
  return ok(editor.result());
}

/** A shell script. Values with a secret go through standard input: arguments are visible to every user. */
function commands(settings: ProfileSettings, context: ExportContext): string {
  const { mail_smtppassword: password, mail_smtpstreamoptions: stream, ...plain } = jsonKeys(settings, context);
  const lines = Object.entries(plain).map(([key, value]) => {
    if (value === undefined) return `occ config:system:delete ${key}`;
    const type = typeof value === 'number' ? ' --type=integer' : typeof value === 'boolean' ? ' --type=boolean' : '';
    return `occ config:system:set ${key}${type} --value=${shellQuote(String(value))}`;
  });
  if (stream !== undefined)
    lines.push(
      `occ config:system:set mail_smtpstreamoptions --type=json --value=${shellQuote(JSON.stringify(stream))}`,
    );
  if (settings.signIn.method === 'none') lines.push('occ config:system:delete mail_smtppassword');
  if (password !== undefined) {
    const secret = JSON.stringify({ system: { mail_smtppassword: password } });
    lines.push("occ config:import <<'END_OF_SETTINGS'", secret, 'END_OF_SETTINGS');
  }
  return `${lines.join('\n')}\n`;
}

/** Variables of the image. Without these three it takes none: SMTP_HOST, MAIL_FROM_ADDRESS, MAIL_DOMAIN. */
function variables(settings: ProfileSettings, context: ExportContext): EnvChanges {
  const { server, sender } = settings;
  const from = splitAddress(sender.from.address);
  return {
    SMTP_HOST: hostOf(settings),
    SMTP_SECURE: server.security === 'tls' ? 'ssl' : '',
    SMTP_PORT: String(server.port),
    ...accountVariables(settings, context, {
      username: 'SMTP_NAME',
      password: 'SMTP_PASSWORD',
      passwordFile: 'SMTP_PASSWORD_FILE',
    }),
    MAIL_FROM_ADDRESS: from?.local,
    MAIL_DOMAIN: from?.domain,
  };
}

function write(existing: string | null, settings: ProfileSettings, context: ExportContext): Result<string> {
  const problem = oauthRefusal(NAME, settings);
  if (problem) return problem;
  switch (context.options.form) {
    case 'env':
      return writeChanges(existing ?? '', NAME, variables(settings, context), readersOf(context));
    case 'json':
      if (existing !== null) return mergeJson(existing, settings, context);
      return ok(`${writeJson({ system: present(jsonKeys(settings, context)) }, PLAIN_STYLE)}\n`);
    case 'commands':
      if (existing === null) return ok(commands(settings, context));
      return fail(
        appErrorOf('NOT_AVAILABLE', { what: 'Merging commands into a file', instead: 'Choose the form config.php.' }),
      );
    default:
      return writeConfig(existing ?? '', settings, context);
  }
}

function limits(settings: ProfileSettings, { options, secrets }: ExportContext): TargetLimit[] {
  const { server, sender, signIn, tls, status } = settings;
  const found = signInLimits(NAME, settings);
  const env = options.form === 'env';
  if (server.security === 'none')
    found.push(lossy('server.security', `${NAME} uses STARTTLS whenever the server offers it.`));
  if (server.port === 465 && server.security !== 'tls') {
    found.push(lossy('server.security', `${NAME} begins with TLS on port 465, whatever the settings say.`));
  }
  if (sender.from.address === '') {
    const text = env
      ? `${NAME}’s image takes no mail settings without a From address.`
      : `${NAME} makes a From address of its own.`;
    found.push({ severity: env ? 'refused' : 'lossy', field: 'sender.from.address', text });
  }
  if (env && status === 'inactive')
    found.push(lossy('status', 'The variables take effect although the profile is inactive.'));
  if (env && server.connectTimeoutSeconds !== 10) {
    found.push(lossy('server.connectTimeoutSeconds', 'The variables have no time limit. Set it with occ.'));
  }
  if (env && server.security !== 'none' && (!tls.verifyCertificate || tls.serverName !== '')) {
    const field = tls.verifyCertificate ? 'tls.serverName' : 'tls.verifyCertificate';
    found.push(lossy(field, 'The variables say nothing about the certificate. Set mail_smtpstreamoptions with occ.'));
    if (tls.serverName !== '')
      found.push(lossy('tls.serverName', 'The variables cannot name the server of the certificate.'));
  }
  if (options.form !== 'file' && !env && secrets.policy === 'environment' && signIn.method === 'password') {
    found.push(lossy('signIn.method', 'This form cannot take the password from the environment. Enter it afterwards.'));
  }
  const common = commonLimits(settings, NAME, ['inactive', 'connectTimeout', 'verifyCertificate', 'serverName'], {
    requireStarttls: 'cannot require STARTTLS. It uses it when the server offers it.',
    ehloName: 'takes its EHLO name from overwrite.cli.url.',
    ca: 'takes its CA certificates from a file on the server: name it in mail_smtpstreamoptions, as cafile of ssl.',
    fromName: 'takes the name for From from its theming.',
  });
  return [...found, ...common];
}

function apply(settings: ProfileSettings, context: ExportContext): ApplyStep[] {
  const { form } = context.options;
  const steps: Record<string, ApplyStep[]> = {
    file: [
      { title: 'Put the file beside config.php, or merge into that one; it is read at each request', command: '' },
    ],
    json: [{ title: 'Import the settings', command: 'sudo -u www-data php occ config:import nextcloud-mail.json' }],
    commands: [
      { title: 'Run the commands where occ is known, as the web server’s user', command: 'sh ./nextcloud-mail.sh' },
    ],
    env: [{ title: 'Make the container anew', command: 'docker compose up -d' }],
  };
  return [
    ...(steps[form ?? 'file'] ?? []),
    ...passwordSteps(settings, context, {
      key: form === 'env' ? 'SMTP_PASSWORD' : 'mail_smtppassword',
      elsewhere: { title: passwordPlace(form), command: '' },
    }),
    { title: 'Under Administration settings > Basic settings > Email server, choose Send email', command: '' },
  ];
}

function passwordPlace(form: string | undefined): string {
  if (form === 'env') return 'Make the password a secret of the container, so that SMTP_PASSWORD_FILE finds it';
  if (form === 'file') return 'Set SMTP_PASSWORD in the environment of PHP, for the web server and for cron';
  return 'Enter the password under Administration settings > Basic settings > Email server';
}

function mask(whole: string): string {
  if (JsonDocument.read(whole).ok) return maskJson(whole);
  const reading = readPhpConfig(whole);
  if (reading || whole.includes('<?php')) return maskCode(whole, reading ?? { entries: [] });
  return maskEnv(whole).replace(/^\{.*\}$/gm, (line) => (JsonDocument.read(line).ok ? maskJson(line) : line));
}

/** Nextcloud: `$CONFIG` of config/config.php (lib/private/Mail/Mailer.php). */
export const nextcloud: Target = {
  info,
  recognise: recogniseNextcloud,
  fileName: ({ options }) =>
    ({ json: 'nextcloud-mail.json', commands: 'nextcloud-mail.sh', env: 'nextcloud-mail.env' })[options.form ?? ''] ??
    'mail.config.php',
  render: (settings, context) => write(null, settings, context),
  merge: write,
  parse: parseNextcloud,
  limits,
  apply,
  mask: maskByLines(mask),
};
