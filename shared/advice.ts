import { splitAddress } from './address.ts';
import type { Fix, FixValue } from './fix.ts';
import { hostSyntax, isAddress, isLoopback } from './host.ts';
import { presetForHost } from './presets.ts';
import type { ProfileSettings } from './profile.ts';

/** A warning or hint on a profile: allowed, never silent. */
export interface Advice {
  /** Stable id such as `port-465-expects-tls`. */
  id: string;
  /** Field that it belongs to, by dotted path. */
  field: string;
  severity: 'info' | 'warning';
  text: string;
  fix?: Fix;
}

type Check = (settings: ProfileSettings) => Omit<Advice, 'id'> | null;

const set = (label: string, ...pairs: [field: string, value: FixValue][]): Fix => ({
  label,
  set: pairs.map(([field, value]) => ({ field, value })),
});

const warning = (field: string, text: string, fix?: Fix): Omit<Advice, 'id'> => ({
  field,
  severity: 'warning',
  text,
  ...(fix && { fix }),
});

const info = (field: string, text: string, fix?: Fix): Omit<Advice, 'id'> => ({
  ...warning(field, text, fix),
  severity: 'info',
});

const INCOMING_PORTS: Record<number, string> = { 110: 'POP3', 143: 'IMAP', 993: 'IMAP', 995: 'POP3' };

const usesPassword = ({ signIn }: ProfileSettings) => signIn.method === 'password';
const fromDomain = ({ sender }: ProfileSettings) => splitAddress(sender.from.address)?.domain.toLowerCase() ?? '';

/** Every check by its id, in the order in which a door shows them. Rules on one field's form are errors, not advice. */
const checks: Record<string, Check> = {
  // RFC 8314 3.3: 465 is TLS from the first byte; a client that waits for a greeting there waits for ever.
  'port-465-expects-tls': ({ server }) =>
    server.port === 465 && server.security !== 'tls'
      ? warning(
          'server.security',
          'Port 465 expects TLS from the first byte.',
          set('Switch to TLS', ['server.security', 'tls']),
        )
      : null,
  'tls-on-starttls-port': ({ server }) =>
    server.security === 'tls' && [25, 587, 2525].includes(server.port)
      ? warning(
          'server.security',
          `Port ${server.port} begins in plain text and then switches to TLS.`,
          set('Switch to STARTTLS', ['server.security', 'starttls']),
        )
      : null,
  'incoming-port': ({ server }) => {
    const protocol = INCOMING_PORTS[server.port];
    return protocol
      ? warning(
          'server.port',
          `Port ${server.port} is for reading mail (${protocol}), not for sending it.`,
          set('Use port 587 with STARTTLS', ['server.port', 587], ['server.security', 'starttls']),
        )
      : null;
  },
  'incoming-host': ({ server }) => {
    const match = /^(imap|pop3?|pop-mail)\.(.+)$/i.exec(server.host);
    return match?.[2]
      ? warning(
          'server.host',
          'This name looks like the server for reading mail.',
          set(`Use smtp.${match[2]}`, ['server.host', `smtp.${match[2]}`]),
        )
      : null;
  },
  'password-without-tls': (settings) =>
    settings.server.security === 'none' && settings.signIn.method !== 'none' && !isLoopback(settings.server.host)
      ? warning(
          'server.security',
          settings.signIn.allowWithoutTls
            ? 'The user name and password cross the network unprotected. Anyone on the way can read them.'
            : 'Without TLS the password is not sent, so the sign-in will fail.',
          set('Switch to STARTTLS', ['server.security', 'starttls']),
        )
      : null,
  'starttls-can-be-stripped': ({ server, signIn }) =>
    server.security === 'starttls-if-offered' && signIn.method !== 'none'
      ? warning(
          'server.security',
          'Someone on the way can remove the offer of STARTTLS, and mail then travels in plain text.',
          set('Require STARTTLS', ['server.security', 'starttls']),
        )
      : null,
  'plain-text-mail': ({ server, signIn }) =>
    server.security === 'none' && signIn.method === 'none' && !isLoopback(server.host)
      ? info(
          'server.security',
          'Mail crosses the network unprotected.',
          set('Use STARTTLS if offered', ['server.security', 'starttls-if-offered']),
        )
      : null,
  'certificate-not-checked': ({ server, tls }) =>
    !tls.verifyCertificate && server.security !== 'none'
      ? warning(
          'tls.verifyCertificate',
          'Any server can pose as this one, because its certificate is not checked. A private CA can be added instead.',
          set('Check the certificate', ['tls.verifyCertificate', true]),
        )
      : null,
  // RFC 8996 retired both; only some very old servers have nothing newer.
  'old-tls': ({ tls }) =>
    tls.minVersion === 'TLSv1' || tls.minVersion === 'TLSv1.1'
      ? warning(
          'tls.minVersion',
          `${tls.minVersion.replace('v', ' ')} is broken and retired.`,
          set('Require TLS 1.2', ['tls.minVersion', 'TLSv1.2']),
        )
      : null,
  'address-as-host': ({ server, tls }) =>
    isAddress(server.host) &&
    !isLoopback(server.host) &&
    tls.serverName === '' &&
    server.security !== 'none' &&
    tls.verifyCertificate
      ? info(
          'server.host',
          'Certificates rarely name an IP address. Use the server’s name, or set the server name under TLS.',
        )
      : null,
  'short-host': ({ server }) =>
    hostSyntax(server.host) === 'ok' &&
    !isAddress(server.host) &&
    !server.host.includes('.') &&
    !isLoopback(server.host)
      ? info(
          'server.host',
          'A short name works only where this network’s DNS adds the domain. The full name works everywhere.',
        )
      : null,
  'gmail-app-password': (settings) =>
    usesPassword(settings) && presetForHost(settings.server.host)?.id === 'google'
      ? info(
          'signIn.username',
          'Gmail takes only an app password here: 16 letters, made under Security in the Google account.',
        )
      : null,
  // Dates: facts on Microsoft's announcement of 27 January 2026; see the rule M365_5730.
  'microsoft-password': (settings) =>
    usesPassword(settings) && presetForHost(settings.server.host)?.id === 'microsoft365'
      ? warning(
          'signIn.method',
          'Microsoft 365 turns password sign-in for SMTP off by default at the end of December 2026.',
          set('Use OAuth 2.0', ['signIn.method', 'oauth2'], ['signIn.oauth.provider', 'microsoft']),
        )
      : null,
  'username-missing': ({ signIn, sender }) =>
    signIn.method !== 'none' && signIn.username === ''
      ? warning(
          'signIn.username',
          'Signing in needs a user name.',
          sender.from.address ? set('Use the From address', ['signIn.username', sender.from.address]) : undefined,
        )
      : null,
  'username-edge-space': ({ signIn }) =>
    signIn.username !== signIn.username.trim()
      ? warning(
          'signIn.username',
          'The user name begins or ends with a space.',
          set('Remove the space', ['signIn.username', signIn.username.trim()]),
        )
      : null,
  'from-missing': ({ sender, signIn }) =>
    sender.from.address === ''
      ? warning(
          'sender.from.address',
          'Without a From address neither sender nor recipient can be tested.',
          splitAddress(signIn.username)
            ? set('Use the user name', ['sender.from.address', signIn.username])
            : undefined,
        )
      : null,
  'from-differs-from-login': ({ server, signIn, sender }) => {
    const bound = presetForHost(server.host)?.bindsSender ?? false;
    const login = splitAddress(signIn.username);
    if (
      !bound ||
      !login ||
      sender.from.address === '' ||
      sender.from.address.toLowerCase() === signIn.username.toLowerCase()
    )
      return null;
    return info(
      'sender.from.address',
      'This provider accepts another sender than the signed-in one only where it was allowed there first.',
      set('Use the user name', ['sender.from.address', signIn.username]),
    );
  },
  'from-outside-relay-domains': (settings) => {
    const domain = fromDomain(settings);
    const { relayAllowed, relayDomains } = settings.sender;
    if (!relayAllowed || relayDomains.length === 0 || domain === '') return null;
    if (relayDomains.some((allowed) => allowed.toLowerCase() === domain)) return null;
    return warning('sender.from.address', `The domain ${domain} is not among the domains that this relay is for.`);
  },
  'envelope-differs': ({ sender }) => {
    const envelope = splitAddress(sender.envelopeFrom)?.domain.toLowerCase();
    const from = splitAddress(sender.from.address)?.domain.toLowerCase();
    return envelope && from && envelope !== from
      ? info(
          'sender.envelopeFrom',
          'Bounces go to another domain than From. SPF is checked for that one, and DMARC may then fail.',
        )
      : null;
  },
  'sendgrid-username': ({ server, signIn }) =>
    presetForHost(server.host)?.id === 'sendgrid' && signIn.method === 'password' && signIn.username !== 'apikey'
      ? warning(
          'signIn.username',
          'SendGrid’s user name is always the word apikey.',
          set('Use apikey', ['signIn.username', 'apikey']),
        )
      : null,
  'ehlo-short': ({ server }) =>
    server.ehloName !== '' && !server.ehloName.includes('.') && !isAddress(server.ehloName)
      ? warning(
          'server.ehloName',
          'Many servers refuse a short EHLO name. Use a full name such as app.example.com.',
          set('Use this machine’s full name', ['server.ehloName', '']),
        )
      : null,
  'client-certificate-without-tls': ({ server, tls }) =>
    tls.clientCertificatePem !== '' && server.security === 'none'
      ? warning('tls.clientCertificatePem', 'The client certificate is used only with TLS, which is off.')
      : null,
  'product-placeholder': ({ server }) =>
    (server.host === 'dockerhost' && server.port === 2500) || (server.host === 'localhost' && server.port === 10_025)
      ? info('server.host', 'This is Mattermost’s placeholder, not a mail server. Enter your own.')
      : null,
};

/** Everything worth saying about these settings, warnings before hints. Pure; safe to call at each key press. */
export function adviceOn(settings: ProfileSettings): Advice[] {
  const found = Object.entries(checks).flatMap(([id, check]) => {
    const advice = check(settings);
    return advice ? [{ id, ...advice }] : [];
  });
  return [
    ...found.filter(({ severity }) => severity === 'warning'),
    ...found.filter(({ severity }) => severity === 'info'),
  ];
}
