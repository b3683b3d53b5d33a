import { hostPort, isLoopback } from '../../../shared/host.ts';
import type { ProfileSettings } from '../../../shared/profile.ts';
import type { Result } from '../../../shared/result.ts';
import type { ApplyStep, TargetInfo, TargetLimit } from '../../../shared/target.ts';
import { editIni, GO_INI_KIND } from '../ini/file.ts';
import { headerChanges, maskGoIni } from '../ini/go-ini.ts';
import { commonLimits, lossy, refused } from '../limits.ts';
import type { LineChange } from '../lines/edit.ts';
import { foreignText } from '../lines/foreign.ts';
import { exactMailbox } from '../lines/mailbox.ts';
import { writeVariables } from '../lines/variables.ts';
import { choice } from '../options.ts';
import { oauthRefusal, passwordSteps, refusal, signInLimits } from '../product.ts';
import { secretText } from '../secret-policy.ts';
import type { ExportContext, Target } from '../target.ts';
import { HEADERS, parseGrafana, recogniseGrafana } from './grafana-import.ts';

const NAME = 'Grafana';
const PASSWORD_VARIABLE = 'SMTP_PASSWORD';

const info: TargetInfo = {
  id: 'grafana',
  name: NAME,
  fileName: 'grafana.ini',
  summary: 'The section smtp of grafana.ini, or GF_SMTP_ variables',
  merges: true,
  options: [
    choice('form', 'Form', 'How the server is to take the settings.', [
      ['file', 'Part of grafana.ini'],
      ['env', 'Environment variables'],
    ]),
  ],
};

/** What Grafana replaces in any value, from a file or a variable; there is no escape (pkg/setting/expanders.go). */
const EXPANDED = /\$(?:__\w+)?\{[^}]+\}/;

/** A header that does not begin each part with a capital letter keeps Grafana from starting (setting_smtp.go). */
const CANONICAL = /^[A-Z][A-Za-z0-9]*(?:-[A-Z][A-Za-z0-9]*)*$/;

const POLICIES = {
  none: 'NoStartTLS',
  'starttls-if-offered': 'OpportunisticStartTLS',
  starttls: 'MandatoryStartTLS',
  // Only port 465 begins with TLS. On another port the strict policy at least never sends in plain text.
  tls: 'MandatoryStartTLS',
} as const;

/** Keys of the section smtp. Undefined removes one; an empty text would be taken as not set. */
function smtpKeys(settings: ProfileSettings, { options, secrets }: ExportContext): Record<string, string | undefined> {
  const { server, signIn, sender, tls, status } = settings;
  const reference = options.form === 'env' ? null : `$__env{${PASSWORD_VARIABLE}}`;
  const password = signIn.method === 'password' ? secretText(secrets, 'password', reference) : undefined;
  return {
    enabled: String(status === 'active'),
    host: hostPort(server.host, server.port),
    user: signIn.method === 'password' ? signIn.username || undefined : undefined,
    // Left alone when nothing is to be written for it.
    ...(password !== null && { password }),
    skip_verify: String(!tls.verifyCertificate),
    from_address: sender.from.address || undefined,
    from_name: sender.from.name || undefined,
    ehlo_identity: server.ehloName || undefined,
    startTLS_policy: POLICIES[server.security],
  };
}

function headers({ sender }: ProfileSettings): Record<string, string> {
  const replyTo = sender.replyTo.address === '' ? [] : [['Reply-To', exactMailbox(sender.replyTo)] as const];
  const own = sender.headers
    .filter(({ value }) => value !== '')
    .map(({ name, value }) => [canonical(name), value] as const);
  return Object.fromEntries([...own, ...replyTo]);
}

function canonical(name: string): string {
  return name.replace(/(^|-)([a-z])/g, (_, before: string, letter: string) => before + letter.toUpperCase());
}

function write(existing: string, settings: ProfileSettings, context: ExportContext): Result<string> {
  const problem = foreignText(NAME, existing) ?? oauthRefusal(NAME, settings) ?? unwritable(settings, context);
  if (problem) return problem;
  const keys = smtpKeys(settings, context);
  if (context.options.form === 'env') {
    const variables = Object.entries(keys).map(([key, value]) => [`GF_SMTP_${key.toUpperCase()}`, value] as const);
    return writeVariables(NAME, existing, Object.fromEntries(variables), 'grafana.ini');
  }
  const changes: LineChange[] = Object.entries(keys).map(([key, value]) => ({ section: 'smtp', key, value }));
  return editIni(existing, NAME, GO_INI_KIND, [...changes, ...headerChanges(existing, HEADERS, headers(settings))]);
}

function unwritable(settings: ProfileSettings, context: ExportContext): Result<never> | null {
  const { password, ...keys } = smtpKeys(settings, context);
  const written = context.options.form === 'env' ? {} : headers(settings);
  for (const [key, value] of Object.entries({ ...keys, ...written })) {
    if (value !== undefined && EXPANDED.test(value)) return refusal(NAME, key, EXPANDS);
  }
  const name = Object.keys(written).find((header) => !CANONICAL.test(header));
  if (name !== undefined) return refusal(NAME, name, 'only letters, digits and hyphens may stand in a header’s name.');
  if (context.secrets.policy !== 'include' || password === undefined || !EXPANDED.test(password)) return null;
  return refusal(NAME, 'the password', `${EXPANDS} Choose the environment reference instead.`);
}

const EXPANDS = 'it takes $' + '{...} for a variable.';

function limits(settings: ProfileSettings, { options }: ExportContext): TargetLimit[] {
  const { server, signIn, sender } = settings;
  const found: TargetLimit[] = signInLimits(NAME, settings);
  if ((server.security === 'tls') !== (server.port === 465)) {
    const text =
      server.port === 465
        ? `${NAME} always begins with TLS on port 465.`
        : `${NAME} begins with TLS only on port 465. Use that port, or STARTTLS.`;
    found.push(refused('server.security', text));
  }
  if (signIn.method === 'password' && server.security === 'none' && !isLoopback(server.host)) {
    const text = `Without TLS, ${NAME} signs in only where the server offers CRAM-MD5.`;
    found.push(lossy('server.security', text));
  }
  if (sender.from.address === '')
    found.push(lossy('sender.from.address', `${NAME} then sends as admin@grafana.localhost.`));
  if (sender.from.name === '') found.push(lossy('sender.from.name', `${NAME} then shows the name Grafana.`));
  return [
    ...found,
    ...headerLimits(settings, options.form === 'env'),
    ...otherLimits(settings, options.form === 'env'),
  ];
}

function headerLimits({ sender }: ProfileSettings, env: boolean): TargetLimit[] {
  if (env) return [];
  const found: TargetLimit[] = [];
  const names = sender.headers.map(({ name }) => name.toLowerCase());
  if (sender.replyTo.address !== '') names.push('reply-to');
  if (new Set(names).size < names.length)
    found.push(lossy('sender.headers', `${NAME} holds one value for each header.`));
  if (sender.headers.some(({ value }) => value === ''))
    found.push(lossy('sender.headers', `${NAME} leaves out headers without a value.`));
  if (sender.headers.some(({ name }) => !CANONICAL.test(canonical(name))))
    found.push(
      refused('sender.headers', `${NAME} does not start with other than letters, digits and hyphens in a name.`),
    );
  if (sender.replyTo.address === '' && sender.replyTo.name !== '')
    found.push(lossy('sender.replyTo.name', `${NAME} has no place for a name without an address.`));
  return found;
}

function otherLimits(settings: ProfileSettings, env: boolean): TargetLimit[] {
  const common = ['inactive', 'requireStarttls', 'ehloName', 'verifyCertificate', 'fromName'] as const;
  // A variable changes only headers that the file already has.
  const words = { headers: 'takes headers only from grafana.ini.', replyTo: 'takes Reply-To only from grafana.ini.' };
  return env
    ? commonLimits(settings, NAME, common, words)
    : commonLimits(settings, NAME, [...common, 'headers', 'replyTo', 'replyToName']);
}

function apply(settings: ProfileSettings, context: ExportContext): ApplyStep[] {
  const env = context.options.form === 'env';
  const place = env
    ? { title: 'Name the file as EnvironmentFile of the service, or as env_file in Compose', command: '' }
    : { title: 'Merge the file into /etc/grafana/grafana.ini', command: '' };
  const variable = env ? 'GF_SMTP_PASSWORD' : PASSWORD_VARIABLE;
  return [
    place,
    ...passwordSteps(settings, context, {
      key: env ? 'GF_SMTP_PASSWORD' : 'password',
      elsewhere: {
        title: `Set ${variable} in the server’s environment, from your secret store`,
        command: 'sudo systemctl edit grafana-server',
      },
    }),
    ...(env && settings.signIn.method === 'password' && context.secrets.policy !== 'include'
      ? [{ title: 'Or, in its Docker image, name a file with the password in GF_SMTP_PASSWORD__FILE', command: '' }]
      : []),
    { title: 'Restart the server', command: 'sudo systemctl restart grafana-server' },
    { title: 'Test an email contact point under Alerting > Contact points', command: '' },
  ];
}

/** Grafana: the section smtp of grafana.ini (pkg/setting/setting_smtp.go). */
export const grafana: Target = {
  info,
  recognise: recogniseGrafana,
  fileName: ({ options }) => (options.form === 'env' ? 'grafana-mail.env' : 'grafana-mail.ini'),
  render: (settings, context) => write('', settings, context),
  merge: write,
  parse: parseGrafana,
  limits,
  apply,
  mask: maskGoIni,
};
