import { appErrorOf } from '../../../shared/errors.ts';
import { hostPort } from '../../../shared/host.ts';
import { type ProfileSettings, TLS_VERSIONS } from '../../../shared/profile.ts';
import { fail, ok, type Result } from '../../../shared/result.ts';
import type { ApplyStep, TargetInfo, TargetLimit } from '../../../shared/target.ts';
import { SHOWN_MASK } from '../json/mask.ts';
import { commonLimits, lossy, refused } from '../limits.ts';
import { editLines } from '../lines/edit.ts';
import { foreignText } from '../lines/foreign.ts';
import { MAIN_CF_SYNTAX, readPostfix, TABLE_SYNTAX } from '../lines/main-cf.ts';
import { maskEntries } from '../lines/mask.ts';
import { mechanismWord } from '../mechanism-word.ts';
import { choice } from '../options.ts';
import { refusal, signInLimits } from '../product.ts';
import { secretText } from '../secret-policy.ts';
import type { ExportContext, Target } from '../target.ts';
import { isPasswordTable, parsePostfix, recognisePostfix } from './postfix-import.ts';

const NAME = 'Postfix';
const TABLE = '/etc/postfix/sasl_passwd';
const CA_FILE = '/etc/postfix/relay-ca.pem';

const info: TargetInfo = {
  id: 'postfix',
  name: 'Postfix (relay host)',
  fileName: 'main.cf',
  summary: 'relayhost and TLS in main.cf, user name and password in sasl_passwd',
  merges: true,
  options: [
    choice('form', 'File', 'Postfix keeps the password apart from the rest. Export both when you sign in.', [
      ['main', 'main.cf'],
      ['passwords', 'sasl_passwd'],
    ]),
    choice('table', 'Kind of table', 'What postmap makes of sasl_passwd; newer systems have no hash.', [
      ['hash', 'hash'],
      ['lmdb', 'lmdb'],
      ['texthash', 'texthash (no postmap)'],
    ]),
  ],
};

const MECHANISMS = {
  auto: undefined,
  PLAIN: 'plain',
  LOGIN: 'login',
  'CRAM-MD5': 'cram-md5',
  'SCRAM-SHA-1': 'scram-sha-1',
  'SCRAM-SHA-256': 'scram-sha-256',
} as const;

/** The relay as both files name it. Brackets keep Postfix from asking DNS for its mail exchangers. */
function relayOf({ server }: ProfileSettings): string {
  const joined = hostPort(server.host, server.port);
  return joined.startsWith('[') ? joined : joined.replace(/^(.*):/, '[$1]:');
}

/** Parameters of main.cf. Undefined removes one, so that Postfix's default counts. */
function parameters(
  settings: ProfileSettings,
  { options }: ExportContext,
  there: ReadonlySet<string>,
): Record<string, string | undefined> {
  const { server, signIn, tls } = settings;
  const signsIn = signIn.method === 'password';
  const isSecure = verifies(settings);
  const protocols = server.security === 'none' ? undefined : excludedVersions(tls.minVersion);
  const required = server.security === 'starttls' || server.security === 'tls';
  return {
    relayhost: relayOf(settings),
    smtp_sasl_auth_enable: signsIn ? 'yes' : 'no',
    // An existing table is kept in use, whatever its kind and place.
    ...(signsIn && !there.has('smtp_sasl_password_maps') && { smtp_sasl_password_maps: `${options.table}:${TABLE}` }),
    // The default forbids mechanisms that show the password, even under TLS.
    ...(signsIn && { smtp_sasl_security_options: 'noanonymous' }),
    smtp_sasl_mechanism_filter: signsIn ? mechanismWord<string | undefined>(MECHANISMS, signIn.mechanism) : undefined,
    // Both are the level's forms of before 2.3.
    smtp_use_tls: undefined,
    smtp_enforce_tls: undefined,
    smtp_tls_security_level: level(settings),
    smtp_tls_wrappermode: server.security === 'tls' ? 'yes' : undefined,
    smtp_tls_secure_cert_match: isSecure && tls.serverName !== '' ? tls.serverName : undefined,
    ...(isSecure && tls.caPem !== '' && { smtp_tls_CAfile: CA_FILE }),
    // Without any of these Postfix trusts nobody, and every delivery would be put off.
    ...(isSecure &&
      tls.caPem === '' &&
      !there.has('smtp_tls_CAfile') &&
      !there.has('smtp_tls_CApath') && {
        tls_append_default_CA: 'yes',
      }),
    smtp_tls_mandatory_protocols: required ? protocols : undefined,
    smtp_tls_protocols: server.security === 'starttls-if-offered' ? protocols : undefined,
    smtp_helo_name: server.ehloName || undefined,
    smtp_connect_timeout: `${server.connectTimeoutSeconds}s`,
  };
}

function verifies({ server, tls }: ProfileSettings): boolean {
  return tls.verifyCertificate && (server.security === 'starttls' || server.security === 'tls');
}

function level(settings: ProfileSettings): string {
  const { security } = settings.server;
  if (security === 'none') return 'none';
  if (security === 'starttls-if-offered') return 'may';
  return verifies(settings) ? 'secure' : 'encrypt';
}

/** Versions that are shut out: `>=TLSv1.2` says the same, but only since 3.6. */
function excludedVersions(oldest: ProfileSettings['tls']['minVersion']): string {
  const older = TLS_VERSIONS.slice(0, TLS_VERSIONS.indexOf(oldest));
  return ['SSLv2', 'SSLv3', ...older].map((version) => `!${version}`).join(', ');
}

function write(existing: string, settings: ProfileSettings, context: ExportContext): Result<string> {
  const foreign = foreignText(NAME, existing);
  if (foreign) return foreign;
  if (settings.signIn.method === 'oauth2') return refusal(NAME, 'signIn.method', OAUTH);
  return context.options.form === 'passwords'
    ? writeTable(existing, settings, context)
    : writeMain(existing, settings, context);
}

const OAUTH = 'it has no OAuth 2.0 without a plug-in. Use a password.';

function writeMain(existing: string, settings: ProfileSettings, context: ExportContext): Result<string> {
  if (settings.signIn.method === 'password' && context.secrets.policy === 'include') {
    return refusal(
      NAME,
      'the password',
      'every user of the machine can read main.cf. Choose the file sasl_passwd for it.',
    );
  }
  if (isPasswordTable(existing))
    return refusal(NAME, 'this file', 'it is a table of passwords. Choose the file sasl_passwd.');
  const reading = readPostfix(existing, 'parameters');
  if (reading.fault)
    return fail(
      appErrorOf('PARSE_FAILED', { format: 'main.cf', ...reading.fault, detail: `${reading.fault.detail}.` }),
    );
  const there = new Set(reading.entries.filter(({ value }) => value !== '').map(({ key }) => key));
  const changes = Object.entries(parameters(settings, context, there)).map(([key, value]) => ({
    section: '',
    key,
    value,
  }));
  return ok(editLines(existing, reading, changes, MAIN_CF_SYNTAX));
}

function writeTable(existing: string, settings: ProfileSettings, { secrets }: ExportContext): Result<string> {
  const { method, username } = settings.signIn;
  if (method !== 'password') return refusal(NAME, 'sasl_passwd', 'without a sign-in there is nothing to put into it.');
  if (username.includes(':')) return refusal(NAME, 'signIn.username', 'a colon ends the user name in sasl_passwd.');
  const reading = readPostfix(existing, 'table');
  const relay = relayOf(settings);
  const old = reading.entries.findLast(({ key }) => key === relay)?.value ?? '';
  // Nothing is to be written: the password stays, if it is this user's.
  const kept = old.startsWith(`${username}:`) ? old.slice(username.length + 1) : '';
  const password = secretText(secrets, 'password', null) ?? kept;
  const value = `${username}:${password}`;
  if (/[\n\0]/.test(value)) return refusal(NAME, 'the password', 'a line break cannot stand in sasl_passwd.');
  if (value !== value.trim() || /^[\u0085\u180e]|[\u0085\u180e]$/.test(value)) {
    return refusal(NAME, 'the password', 'blanks at the ends are lost in sasl_passwd.');
  }
  return ok(editLines(existing, reading, [{ section: '', key: relay, value }], TABLE_SYNTAX));
}

function limits(settings: ProfileSettings, context: ExportContext): TargetLimit[] {
  const { server, signIn, tls } = settings;
  const found: TargetLimit[] =
    signIn.method === 'oauth2'
      ? [refused('signIn.method', `${NAME} has no OAuth 2.0 without a plug-in. Use a password.`)]
      : signInLimits(NAME, settings);
  if (signIn.method === 'password' && signIn.username.includes(':'))
    found.push(refused('signIn.username', `${NAME} ends the user name at a colon.`));
  if (context.options.form === 'passwords')
    return [...found, ...tableLimits(settings, context), ...otherLimits(settings)];
  if (signIn.method === 'password')
    found.push(
      lossy('signIn.username', 'main.cf holds neither user name nor password. Export the file sasl_passwd as well.'),
    );
  if (server.security === 'starttls-if-offered' && tls.verifyCertificate)
    found.push(lossy('tls.verifyCertificate', `${NAME} checks no certificate when TLS is optional.`));
  if (tls.serverName !== '' && server.security !== 'none' && !verifies(settings))
    found.push(lossy('tls.serverName', `${NAME} looks for a name only where it checks the certificate.`));
  return [...found, ...otherLimits(settings)];
}

function tableLimits({ server, tls, signIn }: ProfileSettings, { secrets }: ExportContext): TargetLimit[] {
  const text = 'sasl_passwd holds only server, user name and password. Export main.cf as well.';
  const found = [lossy('server.security', text)];
  if (secrets.policy === 'environment' && signIn.method === 'password')
    found.push(lossy('signIn.method', 'sasl_passwd cannot point to the environment. Enter the password in it.'));
  const asked = {
    'server.ehloName': server.ehloName !== '',
    'server.connectTimeoutSeconds': server.connectTimeoutSeconds !== 10,
    'signIn.mechanism': signIn.mechanism !== 'auto',
    'tls.verifyCertificate': !tls.verifyCertificate,
    'tls.serverName': tls.serverName !== '',
    'tls.minVersion': tls.minVersion !== 'TLSv1.2',
  };
  return [...found, ...Object.entries(asked).flatMap(([field, isAsked]) => (isAsked ? [lossy(field, text)] : []))];
}

function otherLimits(settings: ProfileSettings): TargetLimit[] {
  const expressed = [
    'requireStarttls',
    'ehloName',
    'connectTimeout',
    'verifyCertificate',
    'serverName',
    'minVersion',
    'mechanism',
    'scram',
  ] as const;
  return commonLimits(settings, NAME, expressed, {
    ca: `reads the CA from a file. Save it as ${CA_FILE}.`,
    clientCertificate: 'takes a client certificate from files: smtp_tls_cert_file and smtp_tls_key_file.',
    fromName: 'leaves From to the programs that send.',
    replyTo: 'leaves Reply-To to the programs that send.',
    replyToName: 'leaves Reply-To to the programs that send.',
    envelopeFrom: 'leaves the envelope sender to the programs that send.',
    headers: 'leaves headers to the programs that send.',
    bcc: 'copies all mail or none (always_bcc), so this is left to the programs that send.',
  }).concat(senderLimit(settings));
}

function senderLimit({ sender }: ProfileSettings): TargetLimit[] {
  return sender.from.address === ''
    ? []
    : [lossy('sender.from.address', `${NAME} leaves From to the programs that send.`)];
}

function apply({ signIn, tls }: ProfileSettings, { options, secrets }: ExportContext): ApplyStep[] {
  if (options.form === 'passwords') {
    const empty = secrets.policy !== 'include';
    return [
      {
        title: `Save the file as ${TABLE}, readable by root alone`,
        command: `sudo install -m 600 sasl_passwd ${TABLE}`,
      },
      ...(empty ? [{ title: 'Enter the password after the colon', command: `sudoedit ${TABLE}` }] : []),
      ...(options.table === 'texthash'
        ? []
        : [{ title: 'Make the table', command: `sudo postmap ${options.table}:${TABLE}` }]),
      { title: 'Let the running server take it', command: 'sudo postfix reload' },
    ];
  }
  return [
    { title: 'Merge the file into /etc/postfix/main.cf', command: '' },
    ...(tls.caPem === '' ? [] : [{ title: `Save the CA certificate as ${CA_FILE}`, command: '' }]),
    ...(signIn.method === 'password' ? [{ title: 'Export the file sasl_passwd, too', command: '' }] : []),
    { title: 'Check the file', command: 'sudo postfix check' },
    { title: 'Let the running server take it', command: 'sudo postfix reload' },
  ];
}

/** Postfix as a client of a relay: main.cf and sasl_passwd (postconf(5)). */
export const postfix: Target = {
  info,
  recognise: recognisePostfix,
  fileName: ({ options }) => (options.form === 'passwords' ? 'sasl_passwd' : 'main-relay.cf'),
  render: (settings, context) => write('', settings, context),
  merge: write,
  parse: parsePostfix,
  limits,
  apply,
  mask: (text, from, to) =>
    isPasswordTable(text)
      ? maskTable(text, from, to)
      : maskEntries(text, readPostfix(text, 'parameters'), from, to, ({ value }) => /\b(?:static|inline):/.test(value)),
};

/** The user name may be seen, the rest of the value not. */
function maskTable(text: string, from?: number, to?: number): string {
  const reading = readPostfix(text, 'table');
  const passwords = reading.entries.map((entry) => {
    const colon = entry.value.indexOf(':') + 1;
    return { ...entry, value: entry.value.slice(colon), valueStart: entry.valueStart + colon };
  });
  const shown = maskEntries(text, { ...reading, entries: passwords }, from, to, () => true);
  return shown.replace(/^(\s*#[ \t]*\S+[ \t]+[^:\s]+:)\S.*$/gm, `$1${SHOWN_MASK}`);
}
