import { isLoopback } from '../../../shared/host.ts';
import type { ProfileSettings } from '../../../shared/profile.ts';
import type { Result } from '../../../shared/result.ts';
import type { ApplyStep, TargetInfo, TargetLimit } from '../../../shared/target.ts';
import { readEnv } from '../env/env.ts';
import { editIni, GO_INI_KIND } from '../ini/file.ts';
import { headerChanges, maskGoIni } from '../ini/go-ini.ts';
import { readIni } from '../ini/read.ts';
import { goIniLosesOnSave } from '../ini/write.ts';
import { commonLimits, lossy, refused } from '../limits.ts';
import type { LineChange } from '../lines/edit.ts';
import { foreignText } from '../lines/foreign.ts';
import { exactMailbox } from '../lines/mailbox.ts';
import { writeVariables } from '../lines/variables.ts';
import { choice } from '../options.ts';
import { oauthRefusal, passwordSteps, refusal, signInLimits } from '../product.ts';
import { secretText } from '../secret-policy.ts';
import type { ExportContext, Target } from '../target.ts';
import { HEADERS, OLD_KEYS, parseGitea, recogniseGitea } from './gitea-import.ts';

const NAME = 'Gitea';
const PASSWORD_VARIABLE = 'GITEA__mailer__PASSWD';

const info: TargetInfo = {
  id: 'gitea',
  name: 'Gitea, Forgejo',
  fileName: 'app.ini',
  summary: 'The section mailer of app.ini (Gitea 1.18 or later, Forgejo), or variables of its container',
  merges: true,
  options: [
    choice('form', 'Form', 'How the server is to take the settings.', [
      ['file', 'Part of app.ini'],
      ['env', 'Environment variables of the container'],
    ]),
  ],
};

const PROTOCOLS = {
  none: 'smtp',
  'starttls-if-offered': 'smtp+starttls',
  starttls: 'smtp+starttls',
  tls: 'smtps',
} as const;

type Keys = Record<string, string | undefined>;

/** Keys of the section mailer. Undefined removes one. */
function mailerKeys(settings: ProfileSettings, { secrets }: ExportContext): Keys {
  const { server, signIn, sender, tls, status } = settings;
  const signsIn = signIn.method === 'password';
  const password = signsIn ? secretText(secrets, 'password', null) : undefined;
  return {
    ENABLED: String(status === 'active'),
    PROTOCOL: PROTOCOLS[server.security],
    SMTP_ADDR: server.host,
    SMTP_PORT: String(server.port),
    USER: signsIn ? signIn.username || undefined : undefined,
    // Left alone when nothing is to be written for it.
    ...(password !== null && { PASSWD: password }),
    FROM: sender.from.address === '' ? undefined : exactMailbox(sender.from),
    ENVELOPE_FROM: sender.envelopeFrom || undefined,
    HELO_HOSTNAME: server.ehloName || undefined,
    ...(server.ehloName !== '' && { ENABLE_HELO: 'true' }),
    FORCE_TRUST_SERVER_CERT: String(!tls.verifyCertificate),
  };
}

function headers({ sender }: ProfileSettings): Record<string, string> {
  const replyTo = sender.replyTo.address === '' ? [] : [['Reply-To', exactMailbox(sender.replyTo)] as const];
  const own = sender.headers.filter(({ value }) => value !== '').map(({ name, value }) => [name, value] as const);
  return Object.fromEntries([...own, ...replyTo]);
}

function write(existing: string, settings: ProfileSettings, context: ExportContext): Result<string> {
  const keys = mailerKeys(settings, context);
  const wanted = headers(settings);
  const problem =
    foreignText(NAME, existing) ??
    oauthRefusal(NAME, settings) ??
    unwritable({ ...keys, ...wanted }, Object.keys(wanted));
  if (problem) return problem;
  if (context.options.form === 'env') return writeEnv(existing, keys, wanted);
  const { entries } = readIni(existing, GO_INI_KIND.dialect);
  const gogs = entries.some(({ section, key }) => section === 'email' && key === 'HOST');
  if (gogs)
    return refusal(NAME, 'this file', 'it is of Gogs, which has other keys. Import it, and enter the values there.');
  const changes: LineChange[] = [
    // The old names of the same settings: a current server complains about them, or does not start.
    ...OLD_KEYS.map((key) => ({ section: 'mailer', key, value: undefined })),
    ...Object.entries(keys).map(([key, value]) => ({ section: 'mailer', key, value })),
    ...headerChanges(existing, HEADERS, wanted),
  ];
  return editIni(existing, NAME, GO_INI_KIND, changes);
}

function writeEnv(existing: string, keys: Keys, wanted: Record<string, string>): Result<string> {
  const prefix = /^(?:GITEA|FORGEJO)(?=__mailer)/im.exec(existing)?.[0].toUpperCase() ?? 'GITEA';
  // A dot and a hyphen have no place in a variable's name; this is how its reader wants them (environment-to-ini).
  const header = (name: string) => `${prefix}__mailer_0X2E_override_header__${name.replaceAll('-', '_0X2D_')}`;
  const names = Object.keys(wanted).map(header);
  const gone = readEnv(existing)
    .map(({ key }) => key)
    .filter((key) => key.startsWith(header('')) && !names.includes(key));
  return writeVariables(
    NAME,
    existing,
    {
      ...Object.fromEntries(Object.entries(keys).map(([key, value]) => [`${prefix}__mailer__${key}`, value])),
      ...Object.fromEntries(gone.map((key) => [key, undefined])),
      ...Object.fromEntries(Object.entries(wanted).map(([name, value]) => [header(name), value])),
    },
    'app.ini',
  );
}

function unwritable(keys: Keys, headerNames: string[]): Result<never> | null {
  const name = headerNames.find((header) => !/^[A-Za-z0-9-]+$/.test(header));
  if (name !== undefined) return refusal(NAME, name, 'only letters, digits and hyphens may stand in a header’s name.');
  for (const [key, value] of Object.entries(keys)) {
    if (value !== undefined && goIniLosesOnSave(value)) return refusal(NAME, key, REWRITES);
  }
  return null;
}

const REWRITES = 'the server writes the file itself at times, and then loses the quotes or the backslash at its ends.';

function limits(settings: ProfileSettings, context: ExportContext): TargetLimit[] {
  const { server, signIn, sender } = settings;
  const found: TargetLimit[] = signInLimits(NAME, settings);
  if (signIn.method === 'password' && server.security === 'none' && !isLoopback(server.host)) {
    found.push(lossy('server.security', `Without TLS, ${NAME} signs in only where the server offers CRAM-MD5.`));
  }
  if (signIn.method === 'password' && context.secrets.policy === 'environment' && context.options.form !== 'env') {
    const text = `${NAME}’s file cannot point to the environment. Only its container takes ${PASSWORD_VARIABLE}.`;
    found.push(lossy('signIn.method', text));
  }
  if (sender.from.address === '') {
    const text = signIn.method === 'password' ? 'sends as the user name' : 'has no sender';
    found.push(lossy('sender.from.address', `Without a From address, ${NAME} ${text}.`));
    if (sender.from.name !== '') found.push(lossy('sender.from.name', `${NAME} has no name without an address.`));
  }
  if (sender.replyTo.address === '' && sender.replyTo.name !== '')
    found.push(lossy('sender.replyTo.name', `${NAME} has no name without an address.`));
  const expressed = ['inactive', 'ehloName', 'verifyCertificate', 'fromName', 'replyTo', 'replyToName'] as const;
  return [
    ...found,
    ...headerLimits(settings),
    ...commonLimits(settings, NAME, [...expressed, 'envelopeFrom', 'headers']),
  ];
}

function headerLimits({ sender }: ProfileSettings): TargetLimit[] {
  const found: TargetLimit[] = [];
  const names = [...sender.headers.map(({ name }) => name), ...(sender.replyTo.address === '' ? [] : ['Reply-To'])];
  if (new Set(names).size < names.length)
    found.push(lossy('sender.headers', `${NAME} holds one value for each header.`));
  if (sender.headers.some(({ value }) => value === ''))
    found.push(lossy('sender.headers', `${NAME} takes a header without a value out of the message.`));
  if (sender.headers.some(({ name }) => !/^[A-Za-z0-9-]+$/.test(name)))
    found.push(refused('sender.headers', `${NAME} takes only letters, digits and hyphens in a header’s name.`));
  return found;
}

function apply(settings: ProfileSettings, context: ExportContext): ApplyStep[] {
  const env = context.options.form === 'env';
  return [
    env
      ? { title: 'Name the file as env_file of the container', command: '' }
      : { title: 'Merge the file into app.ini', command: '' },
    ...passwordSteps(settings, context, {
      key: env ? PASSWORD_VARIABLE : 'PASSWD',
      elsewhere: env
        ? { title: `Mount the password as a file and name it in ${PASSWORD_VARIABLE}__FILE`, command: '' }
        : {
            title: `Enter the password as PASSWD; its container also takes ${PASSWORD_VARIABLE}, or the file that ${PASSWORD_VARIABLE}__FILE names`,
            command: '',
          },
    }),
    env
      ? { title: 'Start the container anew', command: 'docker compose up -d' }
      : { title: 'Restart the server', command: 'sudo systemctl restart gitea' },
    { title: 'Send a test under Site Administration > Configuration > Mailer', command: '' },
  ];
}

/** Gitea and Forgejo: the section mailer of app.ini (modules/setting/mailer.go). */
export const gitea: Target = {
  info,
  recognise: recogniseGitea,
  fileName: ({ options }) => (options.form === 'env' ? 'gitea-mail.env' : 'gitea-mail.ini'),
  render: (settings, context) => write('', settings, context),
  merge: write,
  parse: parseGitea,
  limits,
  apply,
  mask: maskGoIni,
};
