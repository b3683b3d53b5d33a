import { appErrorOf } from '../../shared/errors.ts';
import { bareHost, isIPv6 } from '../../shared/host.ts';
import type { ProfileSettings } from '../../shared/profile.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { ApplyStep, TargetInfo, TargetLimit } from '../../shared/target.ts';
import { mergeEnv, quoteEnv } from './env/env.ts';
import { caselessKey, JsonDocument, type JsonValue } from './json/document.ts';
import { JsonEditor } from './json/edit.ts';
import { PLAIN_STYLE, writeJson } from './json/write.ts';
import { commonLimits, refused } from './limits.ts';
import { foreignText } from './lines/foreign.ts';
import { maskText } from './mask-lines.ts';
import { parseMattermost, recogniseMattermost } from './mattermost-import.ts';
import { choice } from './options.ts';
import { secretText } from './secret-policy.ts';
import { shellQuote } from './shell.ts';
import type { ExportContext, Target } from './target.ts';

const NAME = 'Mattermost';
const PASSWORD_VARIABLE = 'MM_EMAILSETTINGS_SMTPPASSWORD';

const info: TargetInfo = {
  id: 'mattermost',
  name: NAME,
  fileName: 'config.json',
  summary: 'EmailSettings of config.json, environment variables, or mmctl commands',
  merges: true,
  options: [
    choice('form', 'Form', 'How the server is to take the settings.', [
      ['file', 'Part of config.json'],
      ['env', 'Environment variables'],
      ['commands', 'mmctl commands'],
    ]),
  ],
};

type Section = Record<string, string | number | boolean>;

/** The sections of config.json that hold outgoing mail, in the server's own order of keys. */
function sections(settings: ProfileSettings, { secrets }: ExportContext): Record<string, Section> {
  const { server, signIn, sender, tls } = settings;
  const { EnableSecurityFixAlert, ...own } = settings.products.mattermost ?? {};
  const signsIn = signIn.method === 'password';
  const password = signsIn ? secretText(secrets, 'password', null) : '';
  const email: Record<string, string | number | boolean | undefined> = {
    EnableSignUpWithEmail: own.EnableSignUpWithEmail,
    EnableSignInWithEmail: own.EnableSignInWithEmail,
    EnableSignInWithUsername: own.EnableSignInWithUsername,
    SendEmailNotifications: settings.status === 'active',
    UseChannelInEmailNotifications: own.UseChannelInEmailNotifications,
    RequireEmailVerification: own.RequireEmailVerification,
    FeedbackName: sender.from.name,
    FeedbackEmail: sender.from.address,
    ReplyToAddress: sender.replyTo.address,
    FeedbackOrganization: own.FeedbackOrganization,
    EnableSMTPAuth: signsIn,
    SMTPUsername: signsIn ? signIn.username : '',
    SMTPPassword: password ?? undefined,
    // The server joins host and port with a colon, so an IPv6 address needs its brackets (mail.go).
    SMTPServer: isIPv6(bareHost(server.host)) ? `[${bareHost(server.host)}]` : server.host,
    // A number here keeps the server from starting: the field is a string (config.go).
    SMTPPort: String(server.port),
    SMTPServerTimeout: server.connectTimeoutSeconds,
    ConnectionSecurity: { none: '', 'starttls-if-offered': 'STARTTLS', starttls: 'STARTTLS', tls: 'TLS' }[
      server.security
    ],
    SendPushNotifications: own.SendPushNotifications,
    PushNotificationServer: own.PushNotificationServer,
    PushNotificationContents: own.PushNotificationContents,
    PushNotificationBuffer: own.PushNotificationBuffer,
    EnableEmailBatching: own.EnableEmailBatching,
    EmailBatchingBufferSize: own.EmailBatchingBufferSize,
    EmailBatchingInterval: own.EmailBatchingInterval,
    EnablePreviewModeBanner: own.EnablePreviewModeBanner,
    SkipServerCertificateVerification: !tls.verifyCertificate,
    EmailNotificationContentsType: own.EmailNotificationContentsType,
    LoginButtonColor: own.LoginButtonColor,
    LoginButtonBorderColor: own.LoginButtonBorderColor,
    LoginButtonTextColor: own.LoginButtonTextColor,
  };
  return {
    EmailSettings: defined(email),
    // Not in EmailSettings, whatever the product's page on the subject says (config.go, ServiceSettings).
    ...(EnableSecurityFixAlert !== undefined && { ServiceSettings: { EnableSecurityFixAlert } }),
  };
}

function defined(section: Record<string, string | number | boolean | undefined>): Section {
  const kept: Section = {};
  for (const key in section) {
    const value = section[key];
    if (value !== undefined) kept[key] = value;
  }
  return kept;
}

function oauthRefused(settings: ProfileSettings): Result<never> | null {
  if (settings.signIn.method !== 'oauth2') return null;
  const reason = 'it has no OAuth 2.0 for mail. Use a password, or a relay that does the OAuth sign-in.';
  return fail(appErrorOf('TARGET_REFUSES', { target: NAME, field: 'signIn.method', reason }));
}

function render(settings: ProfileSettings, context: ExportContext): Result<string> {
  const problem = oauthRefused(settings);
  if (problem) return problem;
  const wanted = sections(settings, context);
  if (context.options.form === 'env') return renderEnv('', wanted);
  if (context.options.form === 'commands') return ok(renderCommands(wanted));
  return ok(`${writeJson(wanted, { ...PLAIN_STYLE, unit: '    ' })}\n`);
}

/** Every value as a variable of the server's environment, merged into an existing env file. */
function renderEnv(existing: string, wanted: Record<string, Section>): Result<string> {
  const foreign = foreignText(NAME, existing);
  if (foreign) return foreign;
  const variables: Record<string, string> = {};
  for (const [section, keys] of Object.entries(wanted)) {
    for (const [key, value] of Object.entries(keys)) {
      const quoted = quoteEnv(String(value));
      if (quoted === null) {
        const reason = 'its text has no form that every reader of env files takes alike. Use the form config.json.';
        return fail(appErrorOf('TARGET_REFUSES', { target: NAME, field: `${section}.${key}`, reason }));
      }
      variables[`MM_${section}_${key}`.toUpperCase()] = quoted;
    }
  }
  return ok(mergeEnv(existing, variables));
}

/** A shell script. The password goes through standard input: arguments are visible to every user of the machine. */
function renderCommands(wanted: Record<string, Section>): string {
  const lines: string[] = [];
  for (const [section, keys] of Object.entries(wanted)) {
    for (const [key, value] of Object.entries(keys)) {
      if (key === 'SMTPPassword' && value !== '') {
        const patch = JSON.stringify({ [section]: { [key]: value } });
        lines.push("mmctl config patch /dev/stdin <<'END_OF_PATCH'", patch, 'END_OF_PATCH');
      } else lines.push(`mmctl config set -- ${section}.${key} ${shellQuote(String(value))}`);
    }
  }
  return `${lines.join('\n')}\n`;
}

function merge(existing: string, settings: ProfileSettings, context: ExportContext): Result<string> {
  const problem = oauthRefused(settings);
  if (problem) return problem;
  const wanted = sections(settings, context);
  if (context.options.form === 'commands') {
    return fail(
      appErrorOf('NOT_AVAILABLE', { what: 'Merging commands into a file', instead: 'Choose the form config.json.' }),
    );
  }
  return context.options.form === 'env' ? renderEnv(existing, wanted) : mergeFile(existing, wanted);
}

function mergeFile(existing: string, wanted: Record<string, Section>): Result<string> {
  const read = JsonDocument.read(existing);
  if (!read.ok) return read;
  const document = read.value;
  if (!document.isObject(document.root)) return refusesFile('it is no JSON object.');
  const email = document.member(document.root, 'EmailSettings', caselessKey);
  const old = email && document.members(email.valueStart).some(({ key }) => /^(UseTLS|ByPassEmail)$/i.test(key));
  if (old) return refusesFile('it has the layout of versions 0.5 to 0.7. Update the server first.');
  const editor = new JsonEditor(document, caselessKey);
  const whole: Record<string, JsonValue> = {};
  for (const [section, keys] of Object.entries(wanted)) {
    const places = document.members(document.root).filter(({ key }) => caselessKey(key, section));
    const objects = places.filter(({ valueStart }) => document.isObject(valueStart));
    for (const { valueStart } of objects) editor.change(valueStart, keys);
    if (objects.length === 0) whole[section] = keys;
  }
  editor.change(document.root, whole);
  return ok(editor.result());
}

function refusesFile(reason: string): Result<never> {
  return fail(appErrorOf('TARGET_REFUSES', { target: NAME, field: 'this file', reason }));
}

function limits(settings: ProfileSettings): TargetLimit[] {
  const { server, signIn, sender, tls } = settings;
  const found: TargetLimit[] = [];
  if (signIn.method === 'oauth2') {
    found.push(refused('signIn.method', `${NAME} has no OAuth 2.0 for mail. Use a password, or a relay in between.`));
  }
  if (signIn.method === 'password' && server.security === 'none') {
    // smtp.PlainAuth and the server's own LOGIN both refuse without TLS, even to localhost (mail.go).
    const text = `${NAME} never signs in without TLS, so every message would fail. Use STARTTLS or TLS, or no sign-in.`;
    found.push(refused('server.security', text));
  }
  if (sender.from.address === '')
    found.push(refused('sender.from.address', `${NAME} sends nothing without a From address.`));
  if (isIPv6(bareHost(server.host)) && server.security !== 'none' && tls.verifyCertificate) {
    const text = `${NAME} looks for the bracketed address in the certificate and never finds it. Use the server’s name.`;
    found.push(refused('server.host', text));
  }
  const common = commonLimits(
    settings,
    NAME,
    ['inactive', 'connectTimeout', 'verifyCertificate', 'fromName', 'replyTo'],
    {
      requireStarttls: 'goes on in plain text when STARTTLS fails. With sign-in on, it stops there and sends nothing.',
      ehloName: 'takes its EHLO name from its site address.',
      commandTimeout: 'has one time limit for the whole delivery: that of the connection.',
      ca: 'trusts only the certificates of its system. Add the CA there.',
      replyToName: 'shows the From name for Reply-To too.',
    },
  );
  return [...found, ...common];
}

function apply(settings: ProfileSettings, context: ExportContext): ApplyStep[] {
  const restart = { title: 'Restart the server', command: 'sudo systemctl restart mattermost' };
  const steps: ApplyStep[] =
    {
      env: [
        {
          title: 'Name the file as EnvironmentFile of the service, or as env_file in Compose',
          command: 'sudo systemctl edit mattermost',
        },
      ],
      commands: [{ title: 'Run the commands where mmctl is signed in', command: 'sh ./mattermost-mail.sh' }],
      file: [{ title: 'Patch the running server', command: 'mmctl config patch mattermost-mail.json' }],
    }[context.options.form as 'env' | 'commands' | 'file'] ?? [];
  if (context.options.form === 'file') {
    steps.push({ title: 'Or, after merging into config.json: reload it', command: 'mmctl config reload' });
  }
  const last = context.options.form === 'env' ? [restart, testStep] : [testStep];
  return [...steps, ...passwordStep(settings, context), ...last];
}

const testStep = { title: 'In System Console, open Environment > SMTP and choose Test Connection', command: '' };

function passwordStep({ signIn }: ProfileSettings, { secrets, options }: ExportContext): ApplyStep[] {
  if (signIn.method !== 'password' || secrets.policy === 'include') return [];
  if (secrets.policy === 'environment') {
    const how = options.form === 'env' ? 'from your secret store' : 'under [Service] or in an EnvironmentFile';
    return [
      {
        title: `Set ${PASSWORD_VARIABLE} in the server’s environment, ${how}`,
        command: 'sudo systemctl edit mattermost',
      },
    ];
  }
  const title =
    secrets.policy === 'placeholder'
      ? 'Put the password in place of the placeholder'
      : 'Enter the password in System Console > Environment > SMTP';
  return [{ title, command: '' }];
}

/** Mattermost: EmailSettings of config.json (server/public/model/config.go). */
export const mattermost: Target = {
  info,
  recognise: recogniseMattermost,
  fileName: ({ options }) =>
    ({ env: 'mattermost-mail.env', commands: 'mattermost-mail.sh' })[options.form ?? ''] ?? 'mattermost-mail.json',
  render,
  merge,
  parse: parseMattermost,
  limits,
  apply,
  mask: maskText,
};
