import { appErrorOf } from '../../../shared/errors.ts';
import type { ProfileSettings } from '../../../shared/profile.ts';
import { fail, ok, type Result } from '../../../shared/result.ts';
import type { TargetLimit } from '../../../shared/target.ts';
import { ImportDraft } from '../draft.ts';
import { maskEnv } from '../env/mask.ts';
import { accountVariables, type EnvChanges, envTarget } from '../env/product.ts';
import { readVocabulary } from '../env/read-profile.ts';
import type { Variable } from '../env/variables.ts';
import { VAULTWARDEN } from '../env/vocabularies/others.ts';
import { JsonDocument, type JsonValue } from '../json/document.ts';
import { JsonEditor } from '../json/edit.ts';
import { maskJson } from '../json/mask.ts';
import { PLAIN_STYLE, writeJson } from '../json/write.ts';
import { lossy, refused } from '../limits.ts';
import { maskByLines } from '../mask-part.ts';
import { mechanismWord } from '../mechanism-word.ts';
import { choice } from '../options.ts';
import { oauthRefusal } from '../product.ts';
import type { SourceDocument } from '../source.ts';
import type { ExportContext, ParsedImport, Target } from '../target.ts';

const NAME = 'Vaultwarden';
const SECURITY = { none: 'off', 'starttls-if-offered': 'starttls', starttls: 'starttls', tls: 'force_tls' } as const;
const MECHANISMS = { auto: undefined, PLAIN: 'Plain', LOGIN: 'Login', 'CRAM-MD5': undefined } as const;

function variables(settings: ProfileSettings, context: ExportContext): EnvChanges {
  const { server, sender, signIn, tls, status } = settings;
  const accepts = server.security !== 'none' && !tls.verifyCertificate ? 'true' : undefined;
  return {
    _ENABLE_SMTP: status === 'active' ? undefined : 'false',
    SMTP_HOST: server.host,
    SMTP_FROM: sender.from.address || undefined,
    SMTP_FROM_NAME: sender.from.name || undefined,
    SMTP_SECURITY: SECURITY[server.security],
    SMTP_PORT: String(server.port),
    ...accountVariables(settings, context, {
      username: 'SMTP_USERNAME',
      password: 'SMTP_PASSWORD',
      passwordFile: 'SMTP_PASSWORD_FILE',
    }),
    SMTP_TIMEOUT: String(server.connectTimeoutSeconds),
    SMTP_AUTH_MECHANISM:
      signIn.method === 'password' ? mechanismWord<string | undefined>(MECHANISMS, signIn.mechanism) : undefined,
    HELO_NAME: server.ehloName || undefined,
    SMTP_ACCEPT_INVALID_CERTS: accepts,
    SMTP_ACCEPT_INVALID_HOSTNAMES: accepts,
    // Both are older names, which an older file may still have.
    SMTP_SSL: undefined,
    SMTP_EXPLICIT_TLS: undefined,
  };
}

function limits({ server, sender, signIn }: ProfileSettings, context: ExportContext): TargetLimit[] {
  const found: TargetLimit[] = [];
  if (sender.from.address === '') {
    found.push(refused('sender.from.address', `${NAME} does not start with a host and without a From address.`));
  }
  if (server.security === 'starttls-if-offered') {
    found.push(lossy('server.security', `${NAME} has no STARTTLS if offered. It is required instead.`));
  }
  if (signIn.method === 'password' && signIn.mechanism === 'CRAM-MD5') {
    found.push(lossy('signIn.mechanism', `${NAME} knows only PLAIN and LOGIN, and chooses itself.`));
  }
  if (signIn.method === 'password' && context.secrets.policy === 'leave-out') {
    found.push(lossy('signIn.method', `${NAME} does not start with a user name and no password. Add it first.`));
  }
  return found;
}

const asVariables: Target = envTarget({
  id: 'vaultwarden',
  name: NAME,
  fileName: '.env',
  summary: 'Variables, or data/config.json of its admin page',
  vocabulary: VAULTWARDEN,
  options: [
    choice('form', 'Form', 'data/config.json is written by the admin page and wins over variables.', [
      ['env', 'Variables'],
      ['file', 'Part of data/config.json'],
    ]),
  ],
  variables,
  limits,
  expresses: [
    'inactive',
    'requireStarttls',
    'ehloName',
    'connectTimeout',
    'verifyCertificate',
    'mechanism',
    'fromName',
  ],
  passwordKey: 'SMTP_PASSWORD',
  passwordElsewhere: 'Make the password a secret of the container, so that SMTP_PASSWORD_FILE finds it',
  restart: [
    { title: 'Make the container anew', command: 'docker compose up -d vaultwarden' },
    { title: 'On the admin page, under SMTP Email Settings, choose Send test email', command: '' },
  ],
});

/** The same settings under the names of config.json: in small letters, numbers and switches without quotes. */
function jsonKeys(settings: ProfileSettings, context: ExportContext): Record<string, JsonValue | undefined> {
  const changes: Record<string, JsonValue | undefined> = { _enable_smtp: settings.status === 'active' };
  for (const [name, value] of Object.entries(variables(settings, context))) {
    if (name === '_ENABLE_SMTP' || name.endsWith('_FILE')) continue;
    const typed = /PORT|TIMEOUT/.test(name) ? Number(value) : /ACCEPT/.test(name) ? value === 'true' : value;
    changes[name.toLowerCase()] = value === undefined ? undefined : typed;
  }
  return changes;
}

function writeFile(existing: string | null, settings: ProfileSettings, context: ExportContext): Result<string> {
  const problem = oauthRefusal(NAME, settings);
  if (problem) return problem;
  // config.json has no way to point at a file, so the password is then left to the environment.
  const policy = context.secrets.policy === 'environment' ? 'leave-out' : context.secrets.policy;
  const changes = jsonKeys(settings, { ...context, secrets: { ...context.secrets, policy } });
  if (existing === null) {
    const present = Object.entries(changes).filter(([, value]) => value !== undefined);
    return ok(`${writeJson(Object.fromEntries(present) as Record<string, JsonValue>, PLAIN_STYLE)}\n`);
  }
  const read = JsonDocument.read(existing);
  if (!read.ok) return read;
  if (!read.value.isObject(read.value.root)) {
    return fail(appErrorOf('TARGET_REFUSES', { target: NAME, field: 'this file', reason: 'it is no JSON object.' }));
  }
  const editor = new JsonEditor(read.value);
  editor.change(read.value.root, changes);
  return ok(editor.result());
}

/** The members of config.json under the names of the variables; [] for any other text. */
function jsonVariables(source: SourceDocument): Variable[] {
  const read = source.looksLikeJson() ? source.json() : null;
  if (!read?.ok) return [];
  const document = read.value;
  return document.members(document.root).flatMap((member) => {
    if (!/^_?(enable_)?(smtp|helo|use_sendmail)/.test(member.key) || member.valueEnd - member.valueStart > 60_000)
      return [];
    const value = document.value(member);
    if (value === null || typeof value === 'object') return [];
    const line = document.lineAt(member.keyStart);
    return [{ name: member.key.toUpperCase(), value: String(value), line, key: member.key, literal: true }];
  });
}

function recognise(source: SourceDocument): number {
  const names = new Set(jsonVariables(source).map(({ name }) => name));
  if (names.size === 0) return asVariables.recognise(source);
  if (!names.has('SMTP_HOST')) return names.has('_ENABLE_SMTP') ? 0.7 : 0;
  return ['_ENABLE_SMTP', 'SMTP_SECURITY', 'SMTP_FROM_NAME', 'SMTP_AUTH_MECHANISM'].some((name) => names.has(name))
    ? 0.93
    : 0;
}

function parse(source: SourceDocument): Result<ParsedImport> {
  if (!source.looksLikeJson()) return asVariables.parse(source);
  const read = source.json();
  if (!read.ok) return read;
  const draft = new ImportDraft();
  if (readVocabulary(VAULTWARDEN, jsonVariables(source), draft)) return draft.result();
  return fail(appErrorOf('NO_MAIL_SETTINGS', { target: NAME }));
}

const isFile = ({ options }: ExportContext) => options.form === 'file';

/** Vaultwarden: variables (src/config.rs), or the file of its admin page. */
export const vaultwarden: Target = {
  ...asVariables,
  recognise,
  fileName: (context) => (isFile(context) ? 'vaultwarden-mail.json' : asVariables.fileName(context)),
  render: (settings, context) =>
    isFile(context) ? writeFile(null, settings, context) : asVariables.render(settings, context),
  merge: (existing, settings, context) =>
    isFile(context) ? writeFile(existing, settings, context) : asVariables.merge(existing, settings, context),
  parse,
  mask: maskByLines((text) => (JsonDocument.read(text).ok ? maskJson(text) : maskEnv(text))),
};
