import { appErrorOf } from '../../../shared/errors.ts';
import { bareHost } from '../../../shared/host.ts';
import type { PasswordMechanism } from '../../../shared/profile.ts';
import { fail, type Result } from '../../../shared/result.ts';
import { ImportDraft, type ProfileDraft } from '../draft.ts';
import { type MsmtpAccount, readMsmtprc } from '../lines/msmtprc.ts';
import { type FoundText, LineSection } from '../lines/section.ts';
import { setPort } from '../product.ts';
import type { SourceDocument } from '../source.ts';
import type { ParsedImport } from '../target.ts';

const NAME = 'msmtp';

/** Accounts of one file that are read. */
const MAX_ACCOUNTS = 100;

const MECHANISMS: Record<string, PasswordMechanism> = {
  on: 'auto',
  plain: 'PLAIN',
  login: 'LOGIN',
  'cram-md5': 'CRAM-MD5',
  'scram-sha-1': 'SCRAM-SHA-1',
  'scram-sha-256': 'SCRAM-SHA-256',
};

/** How surely a text is an msmtprc: an account, and commands that only it has. */
export function recogniseMsmtp({ lines: text }: SourceDocument): number {
  if (!/^[ \t]*(?:account[ \t]+[^\s=:]+|defaults)[ \t]*(?::.*)?$/m.test(text)) return 0;
  if (/^[ \t]*(?:tls_starttls|passwordeval|tls_trust_file|auto_from|set_from_header)[ \t]+[^\s=:]/m.test(text))
    return 0.9;
  return /^[ \t]*host[ \t]+[^\s=:]/m.test(text) && /^[ \t]*(?:from|auth|user|port|tls)[ \t]+[^\s=:]/m.test(text)
    ? 0.8
    : 0;
}

/** True for a command that holds the secret which it prints. */
export function printsSecret(command: string): boolean {
  return /\b(?:echo|printf)\b/.test(command);
}

/** Reads every account that has a host, the default one first. */
export function parseMsmtp(source: SourceDocument): Result<ParsedImport> {
  const { accounts } = readMsmtprc(source.text);
  const draft = new ImportDraft();
  const last = accounts.filter(({ name }, index) => accounts.findLastIndex((other) => other.name === name) === index);
  // `account default : a` is only another name for a.
  const alias = last.find(
    ({ name, section, effective, bases }) =>
      name === 'default' && bases.length > 0 && !effective.some((entry) => entry.section === section),
  );
  const named = last.filter((account) => account !== alias);
  const first = named.find(({ name }) => name === (alias?.bases[0] ?? 'default'));
  const ordered = [...(first ? [first] : []), ...named.filter((account) => account !== first)];
  const withHost = ordered.filter(({ effective }) => effective.some(({ key }) => key === 'host'));
  if (withHost.length === 0) return fail(appErrorOf('NO_MAIL_SETTINGS', { target: NAME }));
  for (const { name, line } of accounts.filter((account) => !last.includes(account)))
    draft.warn(`Line ${line}: The account ${name} stands more than once. ${NAME} does not start with it.`);
  for (const account of withHost.slice(0, MAX_ACCOUNTS)) readAccount(account, draft);
  return draft.result();
}

function readAccount({ name, effective }: MsmtpAccount, draft: ImportDraft): void {
  const account = new LineSection(effective);
  const profile = draft.profile();
  readServer(account, profile, draft);
  readSignIn(account, profile, draft);
  const from = account.filled('from');
  if (from && /%/.test(from.value))
    draft.ignore(from.origin, 'The sender is made of names of the system. Enter it by hand.');
  else if (from?.origin.key === 'from') profile.set('sender.from.address', from.value, from.origin);
  const full = account.filled('from_full_name');
  if (full) profile.set('sender.from.name', full.value, full.origin);
  for (const key of ['tls_trust_file', 'tls_cert_file', 'tls_key_file', 'tls_crl_file']) {
    const path = account.filled(key);
    if (path && path.value !== 'system')
      draft.ignore(path.origin, 'A path is not followed. Paste the certificate into the profile.');
  }
  for (const origin of account.rest()) draft.ignore(origin, 'This command has no counterpart here.');
  profile.finish(NAME, name === 'default' ? '' : name);
}

function isOn(found: FoundText | undefined): boolean {
  // A command without its argument means on.
  return found !== undefined && found.value !== 'off';
}

function readServer(account: LineSection, profile: ProfileDraft, draft: ImportDraft): void {
  const { server } = profile.settings;
  const tls = account.get('tls');
  const starttls = account.get('tls_starttls');
  const implicit = isOn(tls) && starttls !== undefined && !isOn(starttls);
  server.security = !isOn(tls) ? 'none' : implicit ? 'tls' : 'starttls';
  const origin = (implicit ? starttls : tls)?.origin;
  if (origin) profile.trace('server.security', origin);
  server.port = implicit ? 465 : 25;
  const host = account.get('host');
  if (host) profile.set('server.host', bareHost(host.value), host.origin);
  setPort(profile, draft, account.filled('port'));
  const check = account.get('tls_certcheck');
  const finger = account.filled('tls_fingerprint');
  if (finger)
    draft.ignore(finger.origin, 'A fingerprint has no counterpart here. Add the certificate as a CA instead.');
  if (check) profile.set('tls.verifyCertificate', isOn(check), check.origin);
  const override = account.filled('tls_host_override');
  if (override) profile.set('tls.serverName', override.value, override.origin);
  const domain = account.filled('domain');
  if (domain && domain.value !== 'localhost') profile.set('server.ehloName', domain.value, domain.origin);
  const timeout = account.filled('timeout');
  if (timeout && /^\d{1,6}$/.test(timeout.value))
    profile.set('server.connectTimeoutSeconds', Number(timeout.value), timeout.origin);
  const proxy = account.filled('proxy_host');
  const port = account.filled('proxy_port');
  if (!proxy) return;
  profile.set('server.proxy.kind', 'socks5', proxy.origin);
  profile.set('server.proxy.host', bareHost(proxy.value), proxy.origin);
  if (port && /^\d{1,5}$/.test(port.value)) profile.set('server.proxy.port', Number(port.value), port.origin);
}

function readSignIn(account: LineSection, profile: ProfileDraft, draft: ImportDraft): void {
  const auth = account.get('auth');
  const method = auth?.value === '' ? 'on' : (auth?.value ?? 'off');
  if (auth) profile.set('signIn.method', method === 'off' ? 'none' : 'password', auth.origin);
  const known = Object.hasOwn(MECHANISMS, method) ? MECHANISMS[method] : undefined;
  if (auth && known && known !== 'auto') profile.set('signIn.mechanism', known, auth.origin);
  else if (auth && /^(?:xoauth2|oauthbearer)$/.test(method)) {
    profile.set('signIn.method', 'oauth2', auth.origin);
    draft.warn(
      `Line ${auth.origin.line}: The OAuth 2.0 token comes from a command. Its client and its server stand elsewhere.`,
    );
  } else if (auth && !known && method !== 'off') draft.ignore(auth.origin, 'This mechanism cannot be chosen here.');
  const user = account.filled('user');
  if (user) profile.set('signIn.username', user.value, user.origin);
  const command = account.filled('passwordeval');
  const password = account.get('password');
  const kind = profile.settings.signIn.method === 'oauth2' ? 'accessToken' : 'password';
  if (command) profile.reference(kind, printsSecret(command.value) ? '' : command.value, command.origin);
  else if (password) profile.secret(kind, password.value, password.origin);
}
