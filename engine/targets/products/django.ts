import { hostPort } from '../../../shared/host.ts';
import type { ProfileSettings } from '../../../shared/profile.ts';
import { ok, type Result } from '../../../shared/result.ts';
import type { ApplyStep, TargetInfo, TargetLimit } from '../../../shared/target.ts';
import { type CodeChanges, editCode } from '../code/edit.ts';
import { maskCode } from '../code/mask.ts';
import type { CodeValue } from '../code/value.ts';
import { envVariables } from '../env/env.ts';
import { readMailUrl, urlPart } from '../env/mail-url.ts';
import { maskEnv } from '../env/mask.ts';
import {
  accountVariables,
  type EnvChanges,
  mailboxText,
  nameLimits,
  READER,
  readersOf,
  writeChanges,
} from '../env/product.ts';
import { commonLimits, lossy } from '../limits.ts';
import { maskByLines } from '../mask-part.ts';
import { choice } from '../options.ts';
import { oauthRefusal, passwordSteps, refusal, signInLimits } from '../product.ts';
import { pythonText } from '../python/literal.ts';
import { readPython } from '../python/read.ts';
import { secretText } from '../secret-policy.ts';
import type { ExportContext, Target } from '../target.ts';
import { isMailSetting, parseDjango, recogniseDjango } from './django-import.ts';

const NAME = 'Django';
const BACKEND = {
  active: 'django.core.mail.backends.smtp.EmailBackend',
  inactive: 'django.core.mail.backends.dummy.EmailBackend',
};

const info: TargetInfo = {
  id: 'django',
  name: NAME,
  fileName: 'settings.py',
  summary: 'settings.py, variables of the same names, or EMAIL_URL',
  merges: true,
  options: [
    choice('form', 'Form', 'How the program is to take the settings.', [
      ['file', 'settings.py'],
      ['env', 'Variables named as the settings'],
      ['url', 'EMAIL_URL'],
    ]),
    choice('library', 'Library', 'Which library reads EMAIL_URL. They name the kinds of TLS differently.', [
      ['environ', 'django-environ'],
      ['dj-email-url', 'dj-email-url'],
    ]),
    READER,
  ],
};

const text = (value: string): CodeValue => ({ kind: 'text', value });

const isStarttls = ({ server }: ProfileSettings) =>
  server.security === 'starttls' || server.security === 'starttls-if-offered';

function settingsFile(existing: string, settings: ProfileSettings, context: ExportContext): CodeChanges {
  const { server, sender, signIn, status } = settings;
  const signsIn = signIn.method === 'password';
  const os = existing === '' || /^import os\b/m.test(existing) ? 'os' : "__import__('os')";
  const reference = `${os}.environ['EMAIL_HOST_PASSWORD']`;
  const password = signsIn ? secretText(context.secrets, 'password', reference) : null;
  const byReference = context.secrets.policy === 'environment';
  return {
    EMAIL_BACKEND: text(BACKEND[status]),
    EMAIL_HOST: text(server.host),
    EMAIL_PORT: { kind: 'number', value: server.port },
    EMAIL_HOST_USER: signsIn ? text(signIn.username) : undefined,
    ...(password !== null && {
      EMAIL_HOST_PASSWORD: byReference ? { kind: 'expression', text: password } : text(password),
    }),
    ...(!signsIn && { EMAIL_HOST_PASSWORD: undefined }),
    // Both at once is an error.
    EMAIL_USE_TLS: { kind: 'flag', value: isStarttls(settings) },
    EMAIL_USE_SSL: { kind: 'flag', value: server.security === 'tls' },
    EMAIL_TIMEOUT: { kind: 'number', value: server.connectTimeoutSeconds },
    DEFAULT_FROM_EMAIL: sender.from.address ? text(mailboxText(sender.from)) : undefined,
  };
}

const SYNTAX = {
  delimiter: ' = ',
  write: (value: CodeValue) => {
    if (value.kind === 'text') return pythonText(value.value);
    if (value.kind === 'expression') return value.text;
    if (value.kind === 'flag') return value.value ? 'True' : 'False';
    return value.kind === 'number' ? String(value.value) : 'None';
  },
};

function writeFile(existing: string, settings: ProfileSettings, context: ExportContext): Result<string> {
  const changes = settingsFile(existing, settings, context);
  const referenced = existing === '' && Object.values(changes).some((value) => value?.kind === 'expression');
  const begun = referenced ? 'import os\n\n' : existing;
  return ok(editCode(begun, readPython(begun, isMailSetting), changes, SYNTAX));
}

function variables(settings: ProfileSettings, context: ExportContext): EnvChanges {
  const { server, sender, status } = settings;
  return {
    EMAIL_BACKEND: BACKEND[status],
    EMAIL_HOST: server.host,
    EMAIL_PORT: String(server.port),
    ...accountVariables(settings, context, { username: 'EMAIL_HOST_USER', password: 'EMAIL_HOST_PASSWORD' }),
    EMAIL_USE_TLS: isStarttls(settings) ? 'True' : 'False',
    EMAIL_USE_SSL: server.security === 'tls' ? 'True' : 'False',
    EMAIL_TIMEOUT: String(server.connectTimeoutSeconds),
    DEFAULT_FROM_EMAIL: sender.from.address ? mailboxText(sender.from) : undefined,
  };
}

/** The URL in the words of one library; what it held of a password stays when nothing is known of a new one. */
function url(existing: string, settings: ProfileSettings, context: ExportContext): EnvChanges {
  const { server, signIn, sender } = settings;
  const old = envVariables(existing).findLast(({ name }) => name === 'EMAIL_URL');
  const kept = old ? (readMailUrl(old.value)?.password ?? '') : '';
  const password = secretText(context.secrets, 'password', null) ?? kept;
  const account =
    signIn.method === 'none' ? '' : `${urlPart(signIn.username)}${password === '' ? '' : `:${urlPart(password)}`}@`;
  const environ = context.options.library !== 'dj-email-url';
  const scheme = isStarttls(settings)
    ? environ
      ? 'smtp+tls'
      : 'submission'
    : server.security === 'tls' && environ
      ? 'smtp+ssl'
      : 'smtp';
  const query = environ
    ? ''
    : `?${server.security === 'tls' ? 'ssl=True&' : ''}timeout=${server.connectTimeoutSeconds}`;
  return {
    EMAIL_URL: `${scheme}://${account}${hostPort(server.host, server.port)}/${query}`,
    DEFAULT_FROM_EMAIL: sender.from.address ? mailboxText(sender.from) : undefined,
  };
}

function write(existing: string, settings: ProfileSettings, context: ExportContext): Result<string> {
  const problem = oauthRefusal(NAME, settings);
  if (problem) return problem;
  const { form } = context.options;
  if (form === 'file') return writeFile(existing, settings, context);
  const changes = form === 'url' ? url(existing, settings, context) : variables(settings, context);
  const proxy = Object.entries(changes).find(([, value]) => value?.startsWith('$'));
  if (proxy)
    return refusal(NAME, proxy[0], 'django-environ takes a value that begins with $ for the name of another variable.');
  return writeChanges(existing, NAME, changes, readersOf(context));
}

function limits(settings: ProfileSettings, { options, secrets }: ExportContext): TargetLimit[] {
  const { server, signIn, status } = settings;
  const found = [...signInLimits(NAME, settings), ...nameLimits(NAME, settings, 'from')];
  if (server.security === 'starttls-if-offered') {
    found.push(lossy('server.security', `${NAME} has no STARTTLS if offered. It is required instead.`));
  }
  if (options.form === 'url') {
    if (status === 'inactive') found.push(lossy('status', 'The URL takes effect although the profile is inactive.'));
    if (options.library !== 'dj-email-url' && server.connectTimeoutSeconds !== 10) {
      found.push(lossy('server.connectTimeoutSeconds', 'The URL has no time limit. Set EMAIL_TIMEOUT in settings.py.'));
    }
    if (signIn.method === 'password' && secrets.policy === 'environment') {
      found.push(
        lossy('signIn.method', 'The URL holds the password itself. Set the whole of EMAIL_URL in the environment.'),
      );
    }
  }
  const common = commonLimits(settings, NAME, ['inactive', 'requireStarttls', 'connectTimeout', 'fromName'], {
    commandTimeout: 'has one time limit, that of the connection, for replies too.',
    ca: 'trusts the CAs of Python’s system. Add the CA there, or name it in SSL_CERT_FILE.',
    clientCertificate: 'takes a client certificate from files: name them in EMAIL_SSL_CERTFILE and EMAIL_SSL_KEYFILE.',
  });
  return [...found, ...common];
}

function apply(settings: ProfileSettings, context: ExportContext): ApplyStep[] {
  const { form } = context.options;
  const where = 'in the environment of the web server and of the workers';
  return [
    ...passwordSteps(settings, context, {
      key: form === 'url' ? 'the password in EMAIL_URL, percent-encoded' : 'EMAIL_HOST_PASSWORD',
      elsewhere: { title: form === 'url' ? `Set EMAIL_URL ${where}` : `Set EMAIL_HOST_PASSWORD ${where}`, command: '' },
    }),
    { title: 'Restart the web server and the workers', command: '' },
    { title: 'Send a test message', command: 'python manage.py sendtestemail YOUR-ADDRESS' },
  ];
}

/** Django: settings.py, which is a program and is only read here, never run; or variables that it takes them from. */
export const django: Target = {
  info,
  recognise: recogniseDjango,
  fileName: ({ options }) => (options.form === 'file' ? 'mail_settings.py' : 'django-mail.env'),
  render: (settings, context) => write('', settings, context),
  merge: write,
  parse: parseDjango,
  limits,
  apply,
  mask: maskByLines((whole) => maskEnv(maskCode(whole, readPython(whole, isMailSetting)))),
};
