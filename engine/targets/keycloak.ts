import { SHEET_FORM } from '../../shared/entry-sheet.ts';
import { appErrorOf } from '../../shared/errors.ts';
import type { ProfileSettings } from '../../shared/profile.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { ApplyStep, TargetInfo } from '../../shared/target.ts';
import { tokenEndpoint } from '../smtp/oauth/endpoint.ts';
import { sheetSteps, sheetText } from './entry-sheet.ts';
import { JsonDocument } from './json/document.ts';
import { JsonEditor } from './json/edit.ts';
import { PLAIN_STYLE, writeJson } from './json/write.ts';
import { parseKeycloak, recogniseKeycloak } from './keycloak-import.ts';
import { keycloakLimits } from './keycloak-limits.ts';
import { isKeycloakSheet, keycloakSheet, maskKeycloakSheet } from './keycloak-sheet.ts';
import { maskText } from './mask-lines.ts';
import { choice, freeText } from './options.ts';
import { secretText } from './secret-policy.ts';
import { shellQuote } from './shell.ts';
import type { ExportContext, Target } from './target.ts';

const NAME = 'Keycloak';

/** Keycloak's own time limits, in milliseconds (DefaultEmailSenderProvider). */
const DEFAULT_TIMEOUT = '10000';

const info: TargetInfo = {
  id: 'keycloak',
  name: 'Keycloak / ZTrust',
  fileName: 'realm-export.json',
  summary: 'smtpServer of a realm: a part to send, a whole export to merge into, or a kcadm command',
  merges: true,
  options: [
    choice('form', 'Form', 'How the server is to take the settings.', [
      ['file', 'Realm file'],
      ['commands', 'kcadm command'],
      ['sheet', 'Entry sheet for the Email tab'],
    ]),
    freeText('realm', 'Realm', 'Name of the realm. Needed for a command, and for a file with several realms.'),
    choice('reference', 'Reference', 'Where the secret is kept, when the file only points to it.', [
      ['vault', 'Keycloak’s vault'],
      ['env', 'Environment variable (read only by kc.sh import and --import-realm)'],
    ]),
  ],
};

/** A key's new value; '' takes the value out, undefined takes the key out. An absent key is left as it is. */
type SmtpServer = Record<string, string | undefined>;

/** Key in the vault, and in capitals name of the variable. */
const SECRET_NAMES = { password: 'smtp_password', clientSecret: 'smtp_client_secret' } as const;

function secretFor(kind: keyof typeof SECRET_NAMES, { secrets, options }: ExportContext): string | null {
  const name = SECRET_NAMES[kind];
  const reference = options.reference === 'env' ? name.toUpperCase() : `vault.${name}`;
  return secretText(secrets, kind, `$\{${reference}}`);
}

/** The map that the server keeps. Every value is a text, also numbers and switches. */
function smtpServer(settings: ProfileSettings, context: ExportContext): SmtpServer {
  const { server, sender } = settings;
  const own = settings.products.keycloak ?? {};
  return {
    host: server.host,
    port: String(server.port),
    from: sender.from.address,
    fromDisplayName: sender.from.name,
    replyTo: sender.replyTo.address,
    replyToDisplayName: sender.replyTo.name,
    envelopeFrom: sender.envelopeFrom,
    ssl: String(server.security === 'tls'),
    starttls: String(server.security === 'starttls' || server.security === 'starttls-if-offered'),
    ...signInKeys(settings, context),
    ...(own.allowutf8 !== undefined && { allowutf8: String(own.allowutf8) }),
    ...(own.debug !== undefined && { debug: String(own.debug) }),
    connectionTimeout: String(server.connectTimeoutSeconds * 1000),
    timeout: String(own.timeout ?? server.commandTimeoutSeconds * 1000),
    ...(own.writeTimeout !== undefined && { writeTimeout: String(own.writeTimeout) }),
  };
}

function signInKeys(settings: ProfileSettings, context: ExportContext): SmtpServer {
  const { method, username, oauth } = settings.signIn;
  const tokenKeys = { authTokenUrl: undefined, authTokenScope: undefined, authTokenClientId: undefined };
  if (method === 'none') {
    const gone = { user: undefined, password: undefined, ...tokenKeys, authTokenClientSecret: undefined };
    return { auth: 'false', authType: 'basic', ...gone };
  }
  // Without authType, 26.2.0 to 26.2.4 keep a mask as the password (keycloak#39486).
  if (method === 'password') {
    const password = secretFor('password', context);
    const written = { auth: 'true', authType: 'basic', user: username, ...(password !== null && { password }) };
    return { ...written, ...tokenKeys, authTokenClientSecret: undefined };
  }
  const secret = secretFor('clientSecret', context);
  return {
    auth: 'true',
    authType: 'token',
    user: username,
    password: undefined,
    authTokenUrl: tokenEndpoint(oauth),
    authTokenScope: oauth.scope,
    authTokenClientId: oauth.clientId,
    ...(secret !== null && { authTokenClientSecret: secret }),
  };
}

/** The map for a place where nothing is yet: without empty values and without what the server does anyway. */
function forNew(wanted: SmtpServer): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const key in wanted) {
    const value = wanted[key];
    if (value !== undefined && !isDefault(key, value)) kept[key] = value;
  }
  return kept;
}

function isDefault(key: string, value: string): boolean {
  return value === '' || (value === DEFAULT_TIMEOUT && (key === 'connectionTimeout' || key === 'timeout'));
}

function realmOf(settings: ProfileSettings, { options }: ExportContext): string {
  return options.realm || (settings.products.keycloak?.realm ?? '');
}

function render(settings: ProfileSettings, context: ExportContext): Result<string> {
  if (context.options.form === SHEET_FORM) {
    return sheetText(NAME, keycloakSheet(settings), context.secrets);
  }
  const realm = realmOf(settings, context);
  const fragment = { ...(realm && { realm }), smtpServer: forNew(smtpServer(settings, context)) };
  const text = writeJson(fragment, PLAIN_STYLE);
  if (context.options.form !== 'commands') return ok(`${text}\n`);
  // Through standard input: the arguments of a command are visible to every user of the machine.
  return ok(`kcadm.sh update ${realmPath(realm)} -f - <<'END_OF_SETTINGS'\n${text}\nEND_OF_SETTINGS\n`);
}

function realmPath(realm: string): string {
  return shellQuote(`realms/${realm || 'YOUR-REALM'}`);
}

function merge(existing: string, settings: ProfileSettings, context: ExportContext): Result<string> {
  if (context.options.form !== 'file') {
    const what = context.options.form === SHEET_FORM ? 'Merging a sheet into a file' : 'Merging a command into a file';
    return fail(appErrorOf('NOT_AVAILABLE', { what, instead: 'Choose the form realm file.' }));
  }
  const read = JsonDocument.read(existing);
  if (!read.ok) return read;
  const document = read.value;
  const place = findRealm(document, realmOf(settings, context), context.options.realm ?? '');
  if (!place.ok) return place;
  const wanted = smtpServer(settings, context);
  const editor = new JsonEditor(document);
  const places = document.members(place.value).filter(({ key }) => key === 'smtpServer');
  const objects = places.filter(({ valueStart }) => document.isObject(valueStart));
  for (const { valueStart } of objects) {
    const present = new Set(document.members(valueStart).map(({ key }) => key));
    const changes = Object.entries(wanted).filter(
      ([key, value]) => present.has(key) || (value !== undefined && !isDefault(key, value)),
    );
    editor.change(valueStart, Object.fromEntries(changes));
  }
  if (objects.length === 0) editor.change(place.value, { smtpServer: forNew(wanted) });
  return ok(editor.result());
}

/** Offset of the realm to change. A file of several needs the name; a named realm must be the one that is there. */
function findRealm(document: JsonDocument, realm: string, asked: string): Result<number> {
  const realms = document.isArray(document.root) ? document.elements(document.root) : [document.root];
  const objects = realms.filter((offset) => document.isObject(offset));
  const nameOf = (offset: number) => {
    const member = document.member(offset, 'realm');
    return member ? document.value(member) : undefined;
  };
  const named = objects.find((offset) => nameOf(offset) === realm);
  if (named !== undefined) return ok(named);
  const [only] = objects;
  if (only === undefined) return refusesFile('it holds no realm.');
  if (objects.length > 1) return refusesFile('it holds several realms. Name one with the option Realm.');
  if (asked !== '' && nameOf(only) !== undefined) return refusesFile('it is the file of another realm.');
  return ok(only);
}

function refusesFile(reason: string): Result<never> {
  return fail(appErrorOf('TARGET_REFUSES', { target: NAME, field: 'this file', reason }));
}

function apply(settings: ProfileSettings, context: ExportContext): ApplyStep[] {
  if (context.options.form === SHEET_FORM) {
    return [
      { title: 'In the admin console, open Realm settings > Email', command: '' },
      ...sheetSteps(keycloakSheet(settings)),
      { title: 'Choose Save, then Test connection', command: '' },
    ];
  }
  const path = realmPath(realmOf(settings, context));
  const steps: ApplyStep[] =
    context.options.form === 'commands'
      ? [{ title: 'Run the command where kcadm is signed in', command: 'sh ./keycloak-mail.sh' }]
      : [{ title: 'Send the part to the running server', command: `kcadm.sh update ${path} -f keycloak-mail.json` }];
  const test =
    'In the admin console, open Realm settings > Email and choose Test connection (partial import leaves mail out)';
  return [...steps, ...secretSteps(settings, context), { title: test, command: '' }];
}

function secretSteps({ signIn }: ProfileSettings, { secrets, options }: ExportContext): ApplyStep[] {
  if (signIn.method === 'none' || secrets.policy === 'include') return [];
  const word = signIn.method === 'oauth2' ? 'client secret' : 'password';
  const key = SECRET_NAMES[signIn.method === 'oauth2' ? 'clientSecret' : 'password'];
  if (secrets.policy !== 'environment') {
    return [{ title: `Enter the ${word} in the admin console, under Realm settings > Email`, command: '' }];
  }
  if (options.reference === 'env') {
    return [
      {
        title: `Set ${key.toUpperCase()} in the environment of kc.sh import. A running server does not read it`,
        command: '',
      },
    ];
  }
  // The file vault's names: realm and key joined by one underscore, those inside doubled.
  const file = key.replaceAll('_', '__');
  return [
    {
      title: `Put the ${word} into the server’s vault under ${key}; in a file vault that is the file REALM_${file}`,
      command: '',
    },
  ];
}

/** Keycloak and the products made of it, such as ZTrust: the map smtpServer of a realm. */
export const keycloak: Target = {
  info,
  recognise: recogniseKeycloak,
  fileName: ({ options }) =>
    ({ commands: 'keycloak-mail.sh', sheet: 'keycloak-entry-sheet.txt' })[options.form ?? ''] ?? 'keycloak-mail.json',
  render,
  merge,
  parse: parseKeycloak,
  limits: keycloakLimits,
  sheet: (settings) => ok(keycloakSheet(settings)),
  apply,
  mask: (text, from, to) => (isKeycloakSheet(text) ? maskKeycloakSheet : maskText)(text, from, to),
};
