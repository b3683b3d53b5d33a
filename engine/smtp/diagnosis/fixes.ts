import { splitAddress } from '../../../shared/address.ts';
import { type Fix, type FixValue, fieldValue } from '../../../shared/fix.ts';
import { hostSyntax } from '../../../shared/host.ts';
import type { ProfileSettings } from '../../../shared/profile.ts';
import type { FixBuilder } from './rule.ts';

/**
 * The changes that rules offer. None of them lowers security: security only goes to STARTTLS (required) or TLS, and the
 * certificate check, the oldest TLS version and the password's consent are never touched.
 */

type Pair = readonly [field: string, value: FixValue];

function change(settings: ProfileSettings, label: string, ...pairs: readonly Pair[]): Fix | undefined {
  const set = pairs
    .filter(([field, value]) => fieldValue(settings, field) !== value)
    .map(([field, value]) => ({ field, value }));
  return set.length > 0 ? { label, set } : undefined;
}

/** TLS from the first byte on the port as it is. */
export const switchToTls: FixBuilder = (settings) => change(settings, 'Switch to TLS', ['server.security', 'tls']);

/** STARTTLS, required, where TLS from the first byte met plain text. Not for a profile that asked for less. */
export const switchToStarttls: FixBuilder = (settings) =>
  settings.server.security === 'tls'
    ? change(settings, 'Switch to STARTTLS', ['server.security', 'starttls'])
    : undefined;

/** STARTTLS, required, on the port as it is, where the server offers it and the profile does not use it. */
export const upgradeToStarttls: FixBuilder = (settings) =>
  settings.server.security === 'none'
    ? change(settings, 'Switch to STARTTLS', ['server.security', 'starttls'])
    : undefined;

/** Encryption for a profile that has none or only sometimes: TLS on 465, else STARTTLS. */
export const requireEncryption: FixBuilder = (settings) => {
  const { security, port } = settings.server;
  if (security === 'starttls' || security === 'tls') return undefined;
  return port === 465 ? switchToTls(settings) : change(settings, 'Require STARTTLS', ['server.security', 'starttls']);
};

/** The submission port (RFC 6409) with STARTTLS required. */
export const toSubmissionPort: FixBuilder = (settings) =>
  change(settings, 'Use port 587 with STARTTLS', ['server.port', 587], ['server.security', 'starttls']);

/** The port for TLS from the first byte (RFC 8314 3.3). */
export const toTlsPort: FixBuilder = (settings) =>
  change(settings, 'Use port 465 with TLS', ['server.port', 465], ['server.security', 'tls']);

/** The submission port for a profile that signs in; without a sign-in port 587 would only refuse it later. */
export const submissionPortIfSigningIn: FixBuilder = (settings) =>
  settings.signIn.method === 'none' ? undefined : toSubmissionPort(settings);

/** The host out of a pasted address, with its port; `smtps:` also means TLS from the first byte. */
export const cleanHost: FixBuilder = (settings) => {
  const match =
    /^\s*(?:([a-z][a-z0-9+.-]{0,20}):\/\/)?(?:[^/?#@\s]{0,300}@)?([^/?#:@\s]{1,255})(?::(\d{1,5}))?(?:[/?#].{0,2000})?$/i.exec(
      settings.server.host,
    );
  const host = match?.[2] ?? '';
  const port = Number(match?.[3] ?? 0);
  if (hostSyntax(host) !== 'ok') return undefined;
  const pairs: Pair[] = [['server.host', host]];
  if (port >= 1 && port <= 65_535) pairs.push(['server.port', port]);
  if (match?.[1]?.toLowerCase() === 'smtps') pairs.push(['server.security', 'tls']);
  return change(settings, `Use ${host}`, ...pairs);
};

/** The host without what was pasted around it. */
export const trimHost: FixBuilder = (settings) => {
  const host = settings.server.host.replace(/[\s,;"'<>]/g, '').replace(/[/.]$/, '');
  return hostSyntax(host) === 'ok' ? change(settings, `Use ${host}`, ['server.host', host]) : undefined;
};

/** The outgoing twin of a server for reading mail: `imap.example.com` becomes `smtp.example.com`. */
export const outgoingHost: FixBuilder = (settings) => {
  const domain = /^(?:imap|pop3?|pop-mail)\.([^/\s]{1,250})$/i.exec(settings.server.host)?.[1];
  return domain ? change(settings, `Use smtp.${domain}`, ['server.host', `smtp.${domain}`]) : undefined;
};

/** This machine's own full name in EHLO instead of the one that was refused. */
export const ownEhloName: FixBuilder = (settings) =>
  change(settings, 'Use this machine’s full name', ['server.ehloName', '']);

/** The signed-in mailbox as sender, in From and in the envelope, when the user name is an address. */
export const sendAsUser: FixBuilder = (settings) => {
  const { username, method } = settings.signIn;
  if (method === 'none' || !splitAddress(username)) return undefined;
  return change(
    settings,
    'Use the user name as sender',
    ['sender.from.address', username],
    ['sender.envelopeFrom', ''],
  );
};

const SHOWS_PASSWORD: readonly string[] = ['auto', 'PLAIN', 'LOGIN'];

/** The mechanism chosen from what the server offers; not where the one that is set keeps the password off a plain line. */
export const anyMechanism: FixBuilder = (settings) => {
  const { signIn, server } = settings;
  const encrypted = server.security === 'starttls' || server.security === 'tls';
  if (signIn.method !== 'password' || (!SHOWS_PASSWORD.includes(signIn.mechanism) && !encrypted)) return undefined;
  return change(settings, 'Choose the mechanism automatically', ['signIn.mechanism', 'auto']);
};

/** SendGrid's fixed user name. */
export const apikeyUser: FixBuilder = (settings) => change(settings, 'Use apikey', ['signIn.username', 'apikey']);

/** OAuth 2.0 with Microsoft in place of a password. */
export const microsoftOauth: FixBuilder = (settings) =>
  settings.signIn.method === 'password'
    ? change(settings, 'Use OAuth 2.0', ['signIn.method', 'oauth2'], ['signIn.oauth.provider', 'microsoft'])
    : undefined;

const GOOGLE_SCOPE = 'https://mail.google.com/';
const MICROSOFT_APP_SCOPE = 'https://outlook.office365.com/.default';
const MICROSOFT_USER_SCOPE = 'https://outlook.office.com/SMTP.Send offline_access';

/** The scope that the provider's mail server wants. */
export const providerScope: FixBuilder = (settings) => {
  const { provider, grant } = settings.signIn.oauth;
  if (settings.signIn.method !== 'oauth2' || provider === 'other') return undefined;
  const microsoft = grant === 'client-credentials' ? MICROSOFT_APP_SCOPE : MICROSOFT_USER_SCOPE;
  const scope = provider === 'google' ? GOOGLE_SCOPE : microsoft;
  return change(settings, 'Use the scope for sending mail', ['signIn.oauth.scope', scope]);
};
