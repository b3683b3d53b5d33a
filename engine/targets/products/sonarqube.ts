import { appErrorOf } from '../../../shared/errors.ts';
import { bareHost } from '../../../shared/host.ts';
import type { ProfileSettings } from '../../../shared/profile.ts';
import { fail, ok, type Result } from '../../../shared/result.ts';
import type { ApplyStep, TargetInfo, TargetLimit } from '../../../shared/target.ts';
import { JsonDocument, type JsonValue } from '../json/document.ts';
import { type JsonChanges, JsonEditor } from '../json/edit.ts';
import { PLAIN_STYLE, writeJson } from '../json/write.ts';
import { commonLimits, lossy, refused } from '../limits.ts';
import { maskEntries } from '../lines/mask.ts';
import { maskText } from '../mask-lines.ts';
import { choice } from '../options.ts';
import { passwordSteps, refusal } from '../product.ts';
import { readProperties } from '../properties/read.ts';
import { secretText } from '../secret-policy.ts';
import { shellQuote } from '../shell.ts';
import type { ExportContext, Target } from '../target.ts';
import { parseSonarqube, recogniseSonarqube } from './sonarqube-import.ts';

const NAME = 'SonarQube';
const MICROSOFT = 'https://login.microsoftonline.com';

const info: TargetInfo = {
  id: 'sonarqube',
  name: NAME,
  fileName: 'sonarqube-mail.json',
  summary: 'The body of its web API (10.7 and later), or commands for the settings of earlier versions',
  merges: true,
  options: [
    choice('form', 'Form', 'SonarQube keeps these settings in its database; both forms go through its web API.', [
      ['file', 'API body (10.7 and later)'],
      ['commands', 'Commands (up to 9.x)'],
    ]),
  ],
};

const PROTOCOLS = { none: 'NONE', 'starttls-if-offered': 'STARTTLS', starttls: 'STARTTLS', tls: 'SSLTLS' } as const;
/** Names of the same up to 10.6. */
const OLD_PROTOCOLS = { none: '', 'starttls-if-offered': 'starttls', starttls: 'starttls', tls: 'ssl' } as const;

/** Fields of api/v2/system/email-configurations. Undefined removes one. */
function fields(settings: ProfileSettings, context: ExportContext): JsonChanges {
  const { server, signIn, sender } = settings;
  const isOAuth = signIn.method === 'oauth2';
  const password = signIn.method === 'password' ? secretText(context.secrets, 'password', null) : undefined;
  const secret = isOAuth ? secretText(context.secrets, 'clientSecret', null) : undefined;
  return {
    host: bareHost(server.host),
    port: String(server.port),
    securityProtocol: PROTOCOLS[server.security],
    fromAddress: sender.from.address,
    fromName: sender.from.name,
    authMethod: isOAuth ? 'OAUTH' : 'BASIC',
    username: signIn.method === 'none' ? '' : signIn.username,
    // Left alone when nothing is to be written for it.
    ...(password !== null && { basicPassword: password }),
    oauthAuthenticationHost: isOAuth ? MICROSOFT : undefined,
    oauthClientId: isOAuth ? signIn.oauth.clientId : undefined,
    ...(secret !== null && { oauthClientSecret: secret }),
    oauthTenant: isOAuth ? signIn.oauth.tenant || 'common' : undefined,
  };
}

function render(settings: ProfileSettings, context: ExportContext): Result<string> {
  const problem = unwritable(settings, context);
  if (problem) return problem;
  if (context.options.form === 'commands') return ok(commands(settings, context));
  const present = Object.entries(fields(settings, context)).filter(([, value]) => value !== undefined);
  return ok(`${writeJson(Object.fromEntries(present) as Record<string, JsonValue>, PLAIN_STYLE)}\n`);
}

function merge(existing: string, settings: ProfileSettings, context: ExportContext): Result<string> {
  const problem = unwritable(settings, context);
  if (problem) return problem;
  if (context.options.form === 'commands') {
    return fail(
      appErrorOf('NOT_AVAILABLE', { what: 'Merging commands into a file', instead: 'Choose the form API body.' }),
    );
  }
  const read = JsonDocument.read(existing);
  if (!read.ok) return read;
  if (!read.value.isObject(read.value.root)) return refusal(NAME, 'this file', 'it is no JSON object.');
  const editor = new JsonEditor(read.value);
  editor.change(read.value.root, fields(settings, context));
  return ok(editor.result());
}

function unwritable({ signIn }: ProfileSettings, { options, secrets }: ExportContext): Result<never> | null {
  if (options.form === 'commands' && /[\r\n]/.test(secrets.values.password ?? ''))
    return refusal(NAME, 'the password', 'a line break cannot stand in a command. Use the form API body.');
  if (signIn.method !== 'oauth2') return null;
  if (options.form === 'commands') return refusal(NAME, 'signIn.method', 'those versions have no OAuth 2.0 for mail.');
  return signIn.oauth.provider === 'microsoft' ? null : refusal(NAME, 'signIn.oauth.provider', ONLY_MICROSOFT);
}

const ONLY_MICROSOFT = 'OAuth 2.0 works there with Microsoft only.';

/** A shell script. Values go through standard input, so that no password stands in an argument. */
function commands(settings: ProfileSettings, context: ExportContext): string {
  const { server, signIn, sender } = settings;
  const password = signIn.method === 'password' ? secretText(context.secrets, 'password', null) : '';
  const values: Record<string, string | null> = {
    'email.smtp_host.secured': bareHost(server.host),
    'email.smtp_port.secured': String(server.port),
    'email.smtp_secure_connection.secured': OLD_PROTOCOLS[server.security],
    'email.smtp_username.secured': signIn.method === 'password' ? signIn.username : '',
    'email.smtp_password.secured': password,
    'email.from': sender.from.address,
    'email.fromName': sender.from.name,
  };
  const call = 'curl --fail --silent --show-error --netrc-file "$HOME/.sonarqube-netrc"';
  const lines = Object.entries(values).flatMap(([key, value]) => {
    if (value === null) return [];
    if (value === '') return [`${call} --data keys=${key} "$SONAR_URL/api/settings/reset"`];
    const set = `${call} --data key=${key} --data-urlencode value@- "$SONAR_URL/api/settings/set"`;
    return [`printf '%s' ${shellQuote(value)} | ${set}`];
  });
  return ['#!/bin/sh', 'set -eu', ...lines, ''].join('\n');
}

function limits(settings: ProfileSettings, { options, secrets }: ExportContext): TargetLimit[] {
  const { server, signIn, sender } = settings;
  const found: TargetLimit[] = [];
  if (signIn.method === 'oauth2') found.push(...oauthLimits(settings, options.form === 'commands'));
  if (signIn.method === 'password' && signIn.username === '')
    found.push(refused('signIn.method', `${NAME} signs in only with a user name. Enter one, or choose no sign-in.`));
  if (signIn.method !== 'none' && secrets.policy === 'environment')
    found.push(lossy('signIn.method', `${NAME} cannot take the password from the environment. Type it in.`));
  if (server.security === 'starttls-if-offered')
    found.push(lossy('server.security', `${NAME} has one kind of STARTTLS. It is taken as required.`));
  if (sender.from.address === '') found.push(lossy('sender.from.address', `${NAME} then sends as noreply@nowhere.`));
  const common = commonLimits(settings, NAME, ['requireStarttls', 'fromName'], {
    ca: 'trusts the certificates of Java’s trust store. Add the CA there.',
  });
  return [...found, ...common];
}

function oauthLimits({ signIn }: ProfileSettings, old: boolean): TargetLimit[] {
  const { oauth } = signIn;
  if (old) return [refused('signIn.method', `${NAME} has no OAuth 2.0 for mail in those versions.`)];
  const found: TargetLimit[] = [];
  if (oauth.provider !== 'microsoft') found.push(refused('signIn.oauth.provider', `In ${NAME}, ${ONLY_MICROSOFT}`));
  if (oauth.grant !== 'client-credentials')
    found.push(refused('signIn.oauth.grant', `${NAME} gets its token from client id and secret alone.`));
  if (oauth.scope !== '') found.push(lossy('signIn.oauth.scope', `${NAME} chooses the scope itself.`));
  if (oauth.tokenUrl !== '') found.push(lossy('signIn.oauth.tokenUrl', `${NAME} takes the address of the tenant.`));
  return found;
}

function apply(settings: ProfileSettings, context: ExportContext): ApplyStep[] {
  const login = {
    title: 'Put host, login and password of an administrator into ~/.sonarqube-netrc',
    command: 'chmod 600 ~/.sonarqube-netrc',
  };
  const send =
    'curl --fail --netrc-file ~/.sonarqube-netrc -H "Content-Type: application/json" --data @sonarqube-mail.json "$SONAR_URL/api/v2/system/email-configurations"';
  const steps =
    context.options.form === 'commands'
      ? [
          login,
          { title: 'Set SONAR_URL to the server’s address and run the commands', command: 'sh ./sonarqube-mail.sh' },
        ]
      : [
          login,
          { title: 'Send the body; where a configuration is there already, change that one with PATCH', command: send },
        ];
  return [
    ...steps,
    ...passwordSteps(settings, context, {
      key: 'the password under Administration > Configuration > General > Email',
      elsewhere: { title: 'Enter the password under Administration > Configuration > General > Email', command: '' },
    }),
    { title: 'Send a test message there', command: '' },
  ];
}

/** SonarQube: settings in its database, set through its web API. */
export const sonarqube: Target = {
  info,
  recognise: recogniseSonarqube,
  fileName: ({ options }) => (options.form === 'commands' ? 'sonarqube-mail.sh' : 'sonarqube-mail.json'),
  render,
  merge,
  parse: parseSonarqube,
  limits,
  apply,
  mask,
};

function mask(text: string, from = 0, to = text.length): string {
  if (/^\s*#!/.test(text)) {
    // A password can stand in one line only: the one that sets it.
    const secret = /^(printf '%s' ).*( \| curl .*smtp_password\.secured .*)$/gm;
    return text.slice(from, to).replace(secret, '$1••••••••$2');
  }
  const isProperties = /^email\.\w+/m.test(text);
  if (!isProperties) return maskText(text, from, to);
  return maskEntries(text, readProperties(text), from, to, ({ key }) => /pass/i.test(key));
}
