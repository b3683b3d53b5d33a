import { appErrorOf } from '../../../shared/errors.ts';
import { bareHost } from '../../../shared/host.ts';
import type { ProfileSettings } from '../../../shared/profile.ts';
import { fail, ok, type Result } from '../../../shared/result.ts';
import type { ApplyStep, TargetInfo, TargetLimit } from '../../../shared/target.ts';
import { escapeControls } from '../../../shared/text.ts';
import { isSecretKey } from '../json/mask.ts';
import { commonLimits, lossy, refused } from '../limits.ts';
import { editLines } from '../lines/edit.ts';
import { foreignText } from '../lines/foreign.ts';
import { maskEntries } from '../lines/mask.ts';
import { MSMTP_SYNTAX, type Msmtprc, msmtpUnwritable, readMsmtprc } from '../lines/msmtprc.ts';
import { mechanismWord } from '../mechanism-word.ts';
import { freeText } from '../options.ts';
import { passwordSteps, refusal, signInLimits } from '../product.ts';
import { mergingEach } from '../render-many.ts';
import { secretText } from '../secret-policy.ts';
import type { ExportContext, Target } from '../target.ts';
import { parseMsmtp, printsSecret, recogniseMsmtp } from './msmtp-import.ts';

const NAME = 'msmtp';
const PASSWORD_COMMAND = 'printenv SMTP_PASSWORD';

const info: TargetInfo = {
  id: 'msmtp',
  name: NAME,
  fileName: 'msmtprc',
  summary: 'An account of ~/.msmtprc or /etc/msmtprc',
  merges: true,
  options: [
    freeText('account', 'Account', 'Name of the account to write; else the one that the file uses by default.'),
  ],
};

const MECHANISMS = {
  auto: 'on',
  PLAIN: 'plain',
  LOGIN: 'login',
  'CRAM-MD5': 'cram-md5',
  'SCRAM-SHA-1': 'scram-sha-1',
  'SCRAM-SHA-256': 'scram-sha-256',
} as const;

/** What a command is set to where it would otherwise be inherited from defaults or another account. */
const RESET: Record<string, string> = { domain: 'localhost', proxy_host: '', tls_host_override: '' };

type Keys = Record<string, string | undefined>;

/** Commands of the account. Undefined removes one. */
function accountKeys(settings: ProfileSettings, { secrets }: ExportContext): Keys {
  const { server, signIn, sender, tls } = settings;
  const encrypted = server.security !== 'none';
  const { kind, host, port } = server.proxy;
  return {
    host: bareHost(server.host),
    port: String(server.port),
    from: sender.envelopeFrom || sender.from.address || undefined,
    tls: encrypted ? 'on' : 'off',
    tls_starttls: encrypted ? (server.security === 'tls' ? 'off' : 'on') : undefined,
    tls_certcheck: encrypted ? (tls.verifyCertificate ? 'on' : 'off') : undefined,
    tls_host_override: (encrypted && tls.serverName) || undefined,
    auth: signIn.method === 'password' ? mechanismWord<string>(MECHANISMS, signIn.mechanism) : 'off',
    user: signIn.method === 'password' ? signIn.username || undefined : undefined,
    ...passwordKeys(settings, secrets),
    domain: server.ehloName || undefined,
    timeout: String(server.connectTimeoutSeconds),
    proxy_host: kind === 'socks5' ? bareHost(host) : undefined,
    proxy_port: kind === 'socks5' ? String(port) : undefined,
  };
}

function passwordKeys({ signIn }: ProfileSettings, secrets: ExportContext['secrets']): Keys {
  if (signIn.method !== 'password') return { password: undefined, passwordeval: undefined };
  if (secrets.policy === 'environment') return { password: undefined, passwordeval: PASSWORD_COMMAND };
  const password = secretText(secrets, 'password', null);
  // Nothing is written: an existing password, or the command for it, is left alone.
  return password === null ? {} : { password, passwordeval: undefined };
}

function write(existing: string, settings: ProfileSettings, context: ExportContext): Result<string> {
  if (settings.signIn.method === 'oauth2') return refusal(NAME, 'signIn.method', OAUTH);
  const foreign = foreignText(NAME, existing);
  if (foreign) return foreign;
  const keys = accountKeys(settings, context);
  for (const [key, value] of Object.entries(keys)) {
    const reason = value === undefined ? null : msmtpUnwritable(value);
    if (reason) return refusal(NAME, key, reason);
  }
  // %U and the like stand for parts of the system's names, and there is no escape.
  if (keys.from?.includes('%')) return refusal(NAME, 'sender.from.address', 'it takes % for a name of the system.');
  const file = readMsmtprc(existing);
  const account = chooseAccount(file, context.options.account ?? '');
  if (!account.ok) return account;
  const section = `account ${account.value}`;
  const own = file.accounts.findLast(({ name }) => name === account.value);
  const inherits = (key: string) =>
    own?.effective.some((entry) => entry.section !== section && entry.key === key) ?? false;
  const name = file.entries.some((entry) => entry.section === section && entry.key === 'from_full_name');
  const changes = Object.entries({
    ...keys,
    // Only newer versions know it, and older ones do not start with it: kept up where it already stands.
    ...(name && { from_full_name: settings.sender.from.name || undefined }),
  }).map(([key, value]) => ({ section, key, value: value ?? (inherits(key) ? RESET[key] : undefined) }));
  return ok(editLines(existing, file, changes, MSMTP_SYNTAX));
}

const OAUTH = 'it takes an OAuth 2.0 token only from a command of yours (auth xoauth2 and passwordeval).';

/** The account to write: the one that was named, else the file's default, else its only one. */
function chooseAccount({ accounts }: Msmtprc, wanted: string): Result<string> {
  if (wanted !== '') {
    return /^[^\s:,"#]+$/.test(wanted) ? ok(wanted) : refusal(NAME, 'account', 'a name of one word is needed.');
  }
  const standard = accounts.findLast(({ name }) => name === 'default');
  const [base] = standard?.bases ?? [];
  const [first, second] = accounts;
  if (standard) return ok(base !== undefined && standard.effective.length > 0 ? base : 'default');
  if (!first || !second) return ok(first?.name ?? 'default');
  const names = accounts.slice(0, 10).map(({ name }) => escapeControls(name.slice(0, 60)));
  const reason = `it holds these accounts: ${names.join(', ')}. Name one with the option Account.`;
  return fail(appErrorOf('TARGET_REFUSES', { target: NAME, field: 'this file', reason }));
}

function limits(settings: ProfileSettings): TargetLimit[] {
  const { server, signIn, sender } = settings;
  const found: TargetLimit[] =
    signIn.method === 'oauth2' ? [refused('signIn.method', `In ${NAME}, ${OAUTH}`)] : signInLimits(NAME, settings);
  if (server.security === 'starttls-if-offered')
    found.push(lossy('server.security', `${NAME} has no STARTTLS if offered. It is required instead.`));
  if (signIn.method === 'password' && signIn.mechanism === 'auto' && server.security === 'none') {
    const text = `Without TLS, ${NAME} chooses only mechanisms that do not show the password.`;
    found.push(lossy('server.security', text));
  }
  if (sender.envelopeFrom !== '' && sender.envelopeFrom !== sender.from.address) {
    const text = `${NAME} knows one sender, the envelope’s. From is up to the program that sends.`;
    found.push(lossy('sender.from.address', text), lossy('sender.envelopeFrom', text));
  }
  if (server.proxy.kind === 'http-connect') found.push(lossy('server.proxy', `${NAME} knows only SOCKS proxies.`));
  const expressed = [
    'requireStarttls',
    'ehloName',
    'connectTimeout',
    'proxy',
    'verifyCertificate',
    'serverName',
    'mechanism',
    'scram',
    'envelopeFrom',
  ] as const;
  const common = commonLimits(settings, NAME, expressed, {
    ca: 'takes a CA from a file. Save it and name it in tls_trust_file.',
    clientCertificate: 'takes a client certificate from a file. Name it in tls_cert_file and tls_key_file.',
    fromName: 'leaves the name of the sender to the program that sends. Only newer versions have from_full_name.',
    replyTo: 'leaves Reply-To to the program that sends.',
    headers: 'leaves headers to the program that sends.',
  });
  return [...found, ...common];
}

function apply(settings: ProfileSettings, context: ExportContext): ApplyStep[] {
  const account = context.options.account || 'default';
  return [
    {
      title: 'Save the file as ~/.msmtprc, readable by you alone: msmtp refuses a password in any other',
      command: 'chmod 600 ~/.msmtprc',
    },
    ...passwordSteps(settings, context, {
      key: 'password, or let msmtp find it in the keyring',
      elsewhere: {
        title: 'Set SMTP_PASSWORD in the environment of what calls msmtp, from your secret store',
        command: '',
      },
    }),
    {
      title: 'Look at what msmtp read',
      command: /^[\w.-]+$/.test(account) ? `msmtp --pretend --account=${account}` : 'msmtp --pretend',
    },
  ];
}

/** msmtp: an account of an msmtprc (src/conf.c). */
export const msmtp: Target = {
  info,
  recognise: recogniseMsmtp,
  fileName: () => 'msmtprc-mail',
  render: (settings, context) => write('', settings, context),
  renderMany: mergingEach({ render: (settings, context) => write('', settings, context), merge: write }, 'account'),
  merge: write,
  parse: parseMsmtp,
  limits,
  apply,
  mask: (text, from, to) =>
    maskEntries(text, readMsmtprc(text), from, to, ({ key, value }) =>
      key === 'passwordeval' ? printsSecret(value) : isSecretKey(key),
    ),
};
