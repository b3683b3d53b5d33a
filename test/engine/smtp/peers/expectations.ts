import type { OAuthGrant, PasswordMechanism, Security, TlsVersion } from '../../../../shared/profile.ts';
import type { Stage } from '../../../../shared/report.ts';

/** What a run does other than a person who filled in the endpoint's settings as they are. */
export interface Variation {
  security?: Security;
  ehloName?: string;
  /** Connection and reply time limit. */
  seconds?: number;
  /** '' looks for the host in the certificate. */
  serverName?: string;
  /** `public` leaves the private CA out. */
  trust?: 'public';
  verify?: boolean;
  minVersion?: TlsVersion;
  from?: string;
  to?: string;
  /** Headers of some 900 bytes each that make the message larger. */
  padding?: number;
  client?: 'good' | 'expired' | 'untrusted';
  /** `token` where the endpoint would take a password too. */
  signIn?: 'none' | 'token';
  allowWithoutTls?: boolean;
  mechanism?: PasswordMechanism;
  /** Null gives none. */
  password?: string | null;
  token?: 'expiredToken' | 'otherUserToken' | 'wrongScopeToken';
  grant?: OAuthGrant;
  refresh?: 'revokedRefreshToken';
  clientSecret?: string;
  tokenPath?: string;
  /** The app whose refresh token is replaced with each use. */
  rotating?: true;
}

/** How a run that sends a message must end. */
export interface Expectation {
  /** `group/name`. */
  endpoint: string;
  given?: Variation;
  /** Stage that fails; left out where the message must be accepted and delivered. */
  ends?: Stage;
  /** Rule of the diagnosis; several where chance on the server's side decides. */
  rule?: string | readonly string[];
  /** Label of the fix that the diagnosis must offer. No label: none may be offered. */
  fix?: string;
  /** Rule that a run with the fix applied ends with; left out where it must pass. */
  afterFix?: string;
  /** Rules that must stand among what is also possible. */
  also?: readonly string[];
  /** All rules that must warn, and no others may. */
  warns?: readonly string[];
}

/** The same for both endpoints of the TLS matrix: the one with STARTTLS and its `-implicit` twin. */
function both(
  name: string,
  rest: Omit<Expectation, 'endpoint' | 'ends'> & { ends?: Stage | 'handshake' },
): Expectation[] {
  const { ends, ...same } = rest;
  const at = (stage: Stage) => (ends === undefined ? {} : { ends: ends === 'handshake' ? stage : ends });
  return [
    { ...same, ...at('starttls'), endpoint: `tlsmatrix/${name}` },
    { ...same, ...at('tls'), endpoint: `tlsmatrix/${name}-implicit` },
  ];
}

const POSTFIX: readonly Expectation[] = [
  { endpoint: 'postfix/plain-opt-starttls' },
  { endpoint: 'postfix/plain-opt-starttls', given: { to: 'bob@elsewhere.test' }, ends: 'rcpt', rule: 'RELAY_DENIED' },
  { endpoint: 'postfix/plain-opt-starttls', given: { security: 'starttls-if-offered' } },
  {
    endpoint: 'postfix/plain-opt-starttls',
    given: { security: 'tls' },
    ends: 'tls',
    rule: 'TLS_WRONG_VERSION',
    fix: 'Switch to STARTTLS',
  },
  { endpoint: 'postfix/plain-opt-starttls-unused' },
  { endpoint: 'postfix/plain-ipv6' },
  { endpoint: 'postfix/plain-notls' },
  { endpoint: 'postfix/plain-notls', given: { security: 'starttls' }, ends: 'starttls', rule: 'STARTTLS_NOT_OFFERED' },
  { endpoint: 'postfix/plain-notls', given: { security: 'starttls-if-offered' } },
  { endpoint: 'postfix/submission' },
  { endpoint: 'postfix/submission', given: { mechanism: 'LOGIN' } },
  { endpoint: 'postfix/submission', given: { mechanism: 'CRAM-MD5' } },
  { endpoint: 'postfix/submission', given: { mechanism: 'SCRAM-SHA-1' } },
  { endpoint: 'postfix/submission', given: { mechanism: 'SCRAM-SHA-256' } },
  {
    endpoint: 'postfix/submission',
    given: { password: 'not-it-Alice' },
    ends: 'auth',
    rule: 'AUTH_BAD_CREDENTIALS_578',
  },
  { endpoint: 'postfix/submission', given: { password: null }, ends: 'auth', rule: 'AUTH_NO_SECRET' },
  {
    endpoint: 'postfix/submission',
    given: { security: 'none' },
    ends: 'auth',
    rule: 'AUTH_ONLY_AFTER_TLS',
    fix: 'Require STARTTLS',
  },
  {
    endpoint: 'postfix/submission',
    given: { security: 'none', signIn: 'none' },
    ends: 'mail',
    rule: 'STARTTLS_REQUIRED',
    fix: 'Require STARTTLS',
    // It is the first of two faults.
    afterFix: 'CLIENT_HOST_REJECTED',
  },
  { endpoint: 'postfix/submission', given: { signIn: 'none' }, ends: 'rcpt', rule: 'CLIENT_HOST_REJECTED' },
  { endpoint: 'postfix/submission-special-password' },
  { endpoint: 'postfix/submission-special-password', given: { mechanism: 'CRAM-MD5' } },
  { endpoint: 'postfix/submission-special-password', given: { mechanism: 'SCRAM-SHA-256' } },
  { endpoint: 'postfix/submission-disabled-account', ends: 'auth', rule: 'AUTH_BAD_CREDENTIALS_578' },
  { endpoint: 'postfix/smtps' },
  {
    endpoint: 'postfix/smtps',
    given: { security: 'starttls', seconds: 2 },
    ends: 'greeting',
    rule: 'GREET_TIMEOUT_TLS_EXPECTED',
    fix: 'Switch to TLS',
  },
  { endpoint: 'postfix/smtps-noauth' },
  { endpoint: 'postfix/auth-cleartext' },
  { endpoint: 'postfix/auth-cleartext', given: { allowWithoutTls: false }, ends: 'auth', rule: 'AUTH_WITHHELD' },
  { endpoint: 'postfix/auth-both' },
  {
    endpoint: 'postfix/auth-both',
    given: { security: 'none' },
    ends: 'auth',
    rule: 'AUTH_WITHHELD_STARTTLS',
    fix: 'Switch to STARTTLS',
  },
  { endpoint: 'postfix/auth-after-tls' },
  {
    endpoint: 'postfix/auth-after-tls',
    given: { security: 'none' },
    ends: 'auth',
    rule: 'AUTH_ONLY_AFTER_TLS',
    fix: 'Require STARTTLS',
  },
  { endpoint: 'postfix/auth-only-plain' },
  {
    endpoint: 'postfix/auth-only-plain',
    given: { mechanism: 'LOGIN' },
    ends: 'auth',
    rule: 'AUTH_MECH_NOT_OFFERED',
    fix: 'Choose the mechanism automatically',
  },
  { endpoint: 'postfix/auth-only-login' },
  { endpoint: 'postfix/auth-only-cram-md5' },
  { endpoint: 'postfix/auth-only-digest-md5', ends: 'auth', rule: 'AUTH_NO_COMMON_MECH' },
  { endpoint: 'postfix/auth-only-scram-sha-1' },
  {
    endpoint: 'postfix/auth-only-scram-sha-1',
    given: { password: 'not-it-Alice' },
    ends: 'auth',
    rule: 'AUTH_BAD_CREDENTIALS_578',
  },
  { endpoint: 'postfix/auth-only-scram-sha-256' },
  {
    endpoint: 'postfix/auth-only-scram-sha-256',
    given: { password: 'not-it-Alice' },
    ends: 'auth',
    rule: 'AUTH_BAD_CREDENTIALS_578',
  },
  { endpoint: 'postfix/auth-broken-syntax' },
  { endpoint: 'postfix/auth-cyrus' },
  {
    endpoint: 'postfix/auth-cyrus',
    given: { password: 'not-it-Alice' },
    ends: 'auth',
    rule: 'AUTH_BAD_CREDENTIALS_578',
  },
  { endpoint: 'postfix/strict-helo' },
  {
    endpoint: 'postfix/strict-helo',
    given: { ehloName: 'shorthost' },
    ends: 'rcpt',
    rule: 'EHLO_NEED_FQDN',
    fix: 'Use this machine’s full name',
  },
  { endpoint: 'postfix/strict-helo-early' },
  {
    endpoint: 'postfix/strict-helo-early',
    given: { ehloName: 'shorthost' },
    ends: 'ehlo',
    rule: 'EHLO_NEED_FQDN',
    fix: 'Use this machine’s full name',
  },
  { endpoint: 'postfix/sender-mismatch' },
  {
    endpoint: 'postfix/sender-mismatch',
    given: { from: 'bob@mail.test' },
    ends: 'rcpt',
    rule: 'SENDER_NOT_OWNED',
    fix: 'Use the user name as sender',
  },
  { endpoint: 'postfix/small-size' },
  { endpoint: 'postfix/small-size', given: { padding: 3 }, ends: 'mail', rule: 'SIZE_EXCEEDED_ADVERTISED' },
  { endpoint: 'postfix/recipient-rules' },
  { endpoint: 'postfix/recipient-rules', given: { to: 'greylisted@mail.test' }, ends: 'rcpt', rule: 'RCPT_GREYLIST' },
  { endpoint: 'postfix/recipient-rules', given: { to: 'unknown@mail.test' }, ends: 'rcpt', rule: 'RCPT_UNKNOWN' },
  { endpoint: 'postfix/recipient-rules', given: { to: 'full@mail.test' }, ends: 'rcpt', rule: 'RCPT_MAILBOX_FULL' },
  { endpoint: 'postfix/recipient-rules', given: { to: 'spam@mail.test' }, ends: 'rcpt', rule: 'DATA_SPAM' },
  { endpoint: 'postfix/recipient-rules', given: { to: 'down@mail.test' }, ends: 'rcpt', rule: 'SERVER_421' },
  { endpoint: 'postfix/client-blocked', ends: 'greeting', rule: 'GREET_554_RBL' },
  { endpoint: 'postfix/few-extensions' },
  {
    endpoint: 'postfix/auth-backend-down',
    ends: 'starttls',
    // The server process dies during or right after the handshake.
    rule: ['EHLO_LOST_AFTER_TLS', 'TLS_RESET'],
  },
  { endpoint: 'postfix/tls-unavailable', ends: 'starttls', rule: 'STARTTLS_454' },
  { endpoint: 'postfix/tls-handshake-failure', ends: 'starttls', rule: 'TLS_HANDSHAKE_FAILURE' },
];

const DOVECOT: readonly Expectation[] = [
  { endpoint: 'dovecot/submission' },
  { endpoint: 'dovecot/submission', given: { mechanism: 'CRAM-MD5' } },
  {
    endpoint: 'dovecot/submission',
    given: { password: 'not-it-Alice' },
    ends: 'auth',
    rule: 'AUTH_BAD_CREDENTIALS_578',
  },
  { endpoint: 'dovecot/submission', given: { signIn: 'none' }, ends: 'mail', rule: 'AUTH_REQUIRED' },
  { endpoint: 'dovecot/submissions' },
  { endpoint: 'dovecot/submission-notls' },
  { endpoint: 'dovecot/submission-disabled-account', ends: 'auth', rule: 'AUTH_BAD_CREDENTIALS_578' },
];

const AIOSMTPD: readonly Expectation[] = [
  { endpoint: 'aiosmtpd/plain' },
  { endpoint: 'aiosmtpd/starttls' },
  { endpoint: 'aiosmtpd/starttls-required' },
  {
    endpoint: 'aiosmtpd/starttls-required',
    given: { security: 'none' },
    ends: 'mail',
    rule: 'STARTTLS_REQUIRED',
    fix: 'Require STARTTLS',
  },
  { endpoint: 'aiosmtpd/starttls-auth' },
  { endpoint: 'aiosmtpd/starttls-auth', given: { mechanism: 'LOGIN' } },
  {
    endpoint: 'aiosmtpd/starttls-auth',
    given: { password: 'not-it-Alice' },
    ends: 'auth',
    rule: 'AUTH_BAD_CREDENTIALS_578',
  },
  { endpoint: 'aiosmtpd/starttls-auth', given: { signIn: 'none' }, ends: 'mail', rule: 'AUTH_REQUIRED' },
  { endpoint: 'aiosmtpd/implicit-auth' },
  { endpoint: 'aiosmtpd/auth-cleartext' },
  { endpoint: 'aiosmtpd/auth-cleartext', given: { allowWithoutTls: false }, ends: 'auth', rule: 'AUTH_WITHHELD' },
  { endpoint: 'aiosmtpd/auth-login-only' },
  { endpoint: 'aiosmtpd/auth-plain-only' },
  { endpoint: 'aiosmtpd/auth-tempfail', ends: 'auth', rule: 'AUTH_454_TEMP' },
  { endpoint: 'aiosmtpd/auth-534', ends: 'auth', rule: 'AUTH_APP_PASSWORD' },
  { endpoint: 'aiosmtpd/reject-data', ends: 'data', rule: 'DATA_SPAM' },
  { endpoint: 'aiosmtpd/no-final-reply', given: { seconds: 3 }, ends: 'data', rule: 'DATA_TIMEOUT' },
  // Its alert is lost: the server closes first. What is left to see is a closed connection.
  { endpoint: 'aiosmtpd/tls10-only', ends: 'starttls', rule: 'TLS_RESET' },
  { endpoint: 'aiosmtpd/tls10-only', given: { minVersion: 'TLSv1' } },
  { endpoint: 'aiosmtpd/tls10-only-implicit', ends: 'tls', rule: 'TLS_RESET' },
  { endpoint: 'aiosmtpd/tls11-only', ends: 'starttls', rule: 'TLS_RESET' },
  { endpoint: 'aiosmtpd/tls11-only', given: { minVersion: 'TLSv1.1' } },
  { endpoint: 'aiosmtpd/tls12-only' },
  { endpoint: 'aiosmtpd/tls13-only' },
  { endpoint: 'aiosmtpd/tls13-only-implicit' },
  { endpoint: 'aiosmtpd/client-cert', given: { client: 'good' } },
  { endpoint: 'aiosmtpd/client-cert', ends: 'starttls', rule: 'TLS_CLIENT_CERT_REQUIRED' },
  { endpoint: 'aiosmtpd/client-cert-implicit', given: { client: 'good' } },
  {
    endpoint: 'aiosmtpd/client-cert-implicit',
    ends: 'greeting',
    rule: 'TLS_CLIENT_CERT_REQUIRED',
  },
];

const OAUTH: readonly Expectation[] = [
  { endpoint: 'oauth/oauth-submission' },
  { endpoint: 'oauth/oauth-submission', given: { signIn: 'token' } },
  { endpoint: 'oauth/oauth-submission', given: { signIn: 'token', grant: 'refresh-token' } },
  { endpoint: 'oauth/oauth-submission', given: { signIn: 'token', grant: 'client-credentials' } },
  {
    endpoint: 'oauth/oauth-submission',
    given: { signIn: 'token', grant: 'refresh-token', rotating: true },
    // This run alone has nowhere to keep the new one.
    warns: ['OAUTH_REFRESH_LOST'],
  },
  {
    endpoint: 'oauth/oauth-submission',
    given: { signIn: 'token', grant: 'refresh-token', refresh: 'revokedRefreshToken', tokenPath: '/google/token' },
    ends: 'oauth',
    rule: 'OAUTH_INVALID_GRANT',
  },
  {
    endpoint: 'oauth/oauth-submission',
    given: { signIn: 'token', grant: 'refresh-token', refresh: 'revokedRefreshToken', tokenPath: '/microsoft/token' },
    ends: 'oauth',
    rule: 'M365_OAUTH_SIGN_IN_AGAIN',
  },
  {
    endpoint: 'oauth/oauth-submission',
    given: {
      signIn: 'token',
      grant: 'client-credentials',
      clientSecret: 'not-the-secret',
      tokenPath: '/microsoft/token',
    },
    ends: 'oauth',
    rule: 'M365_OAUTH_SECRET',
  },
  {
    endpoint: 'oauth/oauth-submission',
    given: { signIn: 'token', grant: 'refresh-token', refresh: 'revokedRefreshToken' },
    ends: 'oauth',
    rule: 'OAUTH_INVALID_GRANT',
  },
  {
    endpoint: 'oauth/oauth-submission',
    given: { signIn: 'token', grant: 'client-credentials', clientSecret: 'not-the-secret' },
    ends: 'oauth',
    rule: 'OAUTH_INVALID_CLIENT',
  },
  {
    endpoint: 'oauth/oauth-submission',
    given: { signIn: 'token', grant: 'client-credentials', tokenPath: '/broken/token' },
    ends: 'oauth',
    rule: 'OAUTH_ENDPOINT_BROKEN',
  },
  {
    endpoint: 'oauth/oauth-submission',
    given: { signIn: 'token', grant: 'client-credentials', tokenPath: '/notjson/token' },
    ends: 'oauth',
    rule: 'OAUTH_ENDPOINT_NOT_JSON',
  },
  {
    endpoint: 'oauth/oauth-submission',
    given: { signIn: 'token', grant: 'client-credentials', tokenPath: '/slow/token', seconds: 3 },
    ends: 'oauth',
    rule: 'OAUTH_ENDPOINT_SLOW',
  },
  { endpoint: 'oauth/oauth-xoauth2-only' },
  { endpoint: 'oauth/oauth-xoauth2-only', given: { token: 'expiredToken' }, ends: 'auth', rule: 'OAUTH_XOAUTH2_ERROR' },
  {
    endpoint: 'oauth/oauth-xoauth2-only',
    given: { token: 'otherUserToken' },
    ends: 'auth',
    rule: 'OAUTH_XOAUTH2_ERROR',
  },
  {
    endpoint: 'oauth/oauth-xoauth2-only',
    given: { token: 'wrongScopeToken' },
    ends: 'auth',
    rule: 'OAUTH_XOAUTH2_ERROR',
  },
  { endpoint: 'oauth/oauth-oauthbearer-only' },
  {
    endpoint: 'oauth/oauth-oauthbearer-only',
    given: { token: 'expiredToken' },
    ends: 'auth',
    rule: 'OAUTH_XOAUTH2_ERROR',
  },
  { endpoint: 'oauth/oauth-smtps' },
  { endpoint: 'oauth/oauth-cleartext' },
  { endpoint: 'oauth/oauth-cleartext', given: { allowWithoutTls: false }, ends: 'auth', rule: 'AUTH_WITHHELD' },
  { endpoint: 'oauth/oauth-dovecot-submission' },
  { endpoint: 'oauth/oauth-dovecot-submission', given: { signIn: 'token' } },
  {
    endpoint: 'oauth/oauth-dovecot-submission',
    given: { signIn: 'token', token: 'expiredToken' },
    ends: 'auth',
    rule: 'OAUTH_XOAUTH2_ERROR',
  },
];

const TLS_MATRIX: readonly Expectation[] = [
  ...both('cert-good', {}),
  ...both('cert-good', { given: { serverName: '' } }),
  ...both('cert-good', { given: { serverName: 'other.example' }, ends: 'certificate', rule: 'CERT_NAME_MISMATCH' }),
  ...both('cert-good', { given: { trust: 'public' }, ends: 'certificate', rule: 'CERT_PRIVATE_CA' }),
  ...both('cert-good-ecdsa', {}),
  ...both('cert-wildcard', {}),
  ...both('cert-wildcard', { given: { serverName: '' }, ends: 'certificate', rule: 'CERT_IP_HOST' }),
  ...both('cert-wildcard', { given: { serverName: 'mail.test' }, ends: 'certificate', rule: 'CERT_NAME_MISMATCH' }),
  ...both('cert-ip-only', {}),
  ...both('cert-ip-only', { given: { serverName: 'mail.test' }, ends: 'certificate', rule: 'CERT_NAME_MISMATCH' }),
  ...both('cert-cn-only', { warns: ['CERT_CN_ONLY'] }),
  ...both('cert-wrong-host', { ends: 'certificate', rule: 'CERT_NAME_MISMATCH' }),
  ...both('cert-wrong-host', { given: { serverName: '' }, ends: 'certificate', rule: 'CERT_IP_HOST' }),
  ...both('cert-wrong-host', { given: { verify: false } }),
  ...both('cert-expired', { ends: 'certificate', rule: 'CERT_EXPIRED' }),
  ...both('cert-not-yet-valid', { ends: 'certificate', rule: 'CERT_NOT_YET' }),
  ...both('cert-self-signed', { ends: 'certificate', rule: 'CERT_SELF_SIGNED' }),
  ...both('cert-self-signed', { given: { verify: false } }),
  // A root that is not sent leaves nothing to tell it from a missing intermediate.
  ...both('cert-untrusted-root', { ends: 'certificate', rule: 'CERT_INCOMPLETE_CHAIN', also: ['CERT_PRIVATE_CA'] }),
  ...both('cert-untrusted-root-full', { ends: 'certificate', rule: 'CERT_PRIVATE_CA' }),
  ...both('cert-incomplete-chain', { ends: 'certificate', rule: 'CERT_INCOMPLETE_CHAIN', also: ['CERT_PRIVATE_CA'] }),
  ...both('cert-expired-intermediate', { ends: 'certificate', rule: 'CERT_EXPIRED' }),
  ...both('cert-expired-root', { ends: 'certificate', rule: 'CERT_EXPIRED' }),
  ...both('cert-rsa1024', { warns: ['CERT_WEAK_KEY_WARN'] }),
  ...both('cert-rsa768', { ends: 'certificate', rule: 'TLS_KEY_TOO_SMALL' }),
  ...both('cert-sha1', { ends: 'certificate', rule: 'TLS_MD_TOO_WEAK' }),
  ...both('cert-client-eku', { ends: 'certificate', rule: 'CERT_PURPOSE' }),
  ...both('cert-not-a-ca', { ends: 'certificate', rule: 'CERT_CHAIN_INVALID' }),
  ...both('proto-tlsv1', { ends: 'handshake', rule: 'TLS_PROTOCOL_VERSION' }),
  ...both('proto-tlsv1', { given: { minVersion: 'TLSv1' } }),
  ...both('proto-tlsv1.1', { ends: 'handshake', rule: 'TLS_PROTOCOL_VERSION' }),
  ...both('proto-tlsv1.2', {}),
  ...both('proto-tlsv1.2', { given: { minVersion: 'TLSv1.3' }, ends: 'handshake', rule: 'TLS_PROTOCOL_VERSION' }),
  ...both('proto-tlsv1.3', {}),
  ...both('cipher-rsa-kx', { warns: ['TLS_NO_FORWARD_SECRECY'] }),
  ...both('cipher-dh1024', { warns: ['TLS_DH_WEAK'] }),
  ...both('cipher-anon', { ends: 'handshake', rule: 'TLS_HANDSHAKE_FAILURE' }),
  { endpoint: 'tlsmatrix/client-cert-required', ends: 'starttls', rule: 'TLS_CLIENT_CERT_REQUIRED' },
  { endpoint: 'tlsmatrix/client-cert-required-implicit', ends: 'greeting', rule: 'TLS_CLIENT_CERT_REQUIRED' },
  ...both('client-cert-required', { given: { client: 'good' } }),
  {
    endpoint: 'tlsmatrix/client-cert-required',
    given: { client: 'expired' },
    ends: 'starttls',
    rule: 'TLS_UNKNOWN_CA_ALERT',
  },
  {
    endpoint: 'tlsmatrix/client-cert-required-implicit',
    given: { client: 'untrusted' },
    ends: 'greeting',
    rule: 'TLS_UNKNOWN_CA_ALERT',
  },
  ...both('client-cert-relay', { given: { client: 'good' } }),
  ...both('client-cert-relay', { ends: 'rcpt', rule: 'CLIENT_HOST_REJECTED' }),
  ...both('client-cert-relay', { given: { client: 'untrusted' }, ends: 'rcpt', rule: 'CLIENT_HOST_REJECTED' }),
];

const SMTP_SINK: readonly Expectation[] = [
  { endpoint: 'smtpsink/auth-odd', ends: 'auth', rule: 'AUTH_BAD_CHALLENGE' },
  { endpoint: 'smtpsink/auth-odd', given: { signIn: 'none' } },
  { endpoint: 'smtpsink/no-auth' },
  { endpoint: 'smtpsink/helo-only' },
  { endpoint: 'smtpsink/helo-only', given: { security: 'starttls' }, ends: 'ehlo', rule: 'EHLO_NOT_SUPPORTED' },
  { endpoint: 'smtpsink/reject-connect', ends: 'greeting', rule: 'GREET_554' },
  { endpoint: 'smtpsink/tempfail-connect', ends: 'greeting', rule: 'SERVER_TEMP_ERROR' },
  { endpoint: 'smtpsink/close-on-connect', ends: 'greeting', rule: 'GREET_CLOSED' },
  { endpoint: 'smtpsink/close-421-ehlo', ends: 'ehlo', rule: 'SERVER_421' },
  { endpoint: 'smtpsink/close-after-ehlo', ends: 'ehlo', rule: 'CONN_LOST' },
  { endpoint: 'smtpsink/close-after-mail', ends: 'mail', rule: 'CONN_LOST' },
  { endpoint: 'smtpsink/close-after-dot', ends: 'data', rule: 'DATA_LOST' },
  { endpoint: 'smtpsink/reject-mail', ends: 'mail', rule: 'SENDER_REFUSED' },
  { endpoint: 'smtpsink/reject-rcpt', ends: 'rcpt', rule: 'RCPT_UNKNOWN' },
  { endpoint: 'smtpsink/tempfail-rcpt', ends: 'rcpt', rule: 'RCPT_GREYLIST' },
  { endpoint: 'smtpsink/reject-data', ends: 'data', rule: 'DATA_REFUSED' },
  { endpoint: 'smtpsink/reject-dot', ends: 'data', rule: 'DATA_SPAM' },
  { endpoint: 'smtpsink/slow-greeting' },
  { endpoint: 'smtpsink/slow-greeting', given: { seconds: 2 }, ends: 'greeting', rule: 'GREET_TIMEOUT' },
  { endpoint: 'smtpsink/slow-dot' },
  { endpoint: 'smtpsink/slow-dot', given: { seconds: 2 }, ends: 'data', rule: 'DATA_TIMEOUT' },
  { endpoint: 'smtpsink/never-answers', given: { seconds: 2 }, ends: 'ehlo', rule: 'CMD_TIMEOUT' },
  { endpoint: 'smtpsink/pix', warns: ['GREET_PIX_MASKED'] },
  { endpoint: 'smtpsink/minimal' },
  // Its greeting says ESMTP, so nothing tells LMTP from a server that blocks EHLO.
  { endpoint: 'smtpsink/lmtp', ends: 'ehlo', rule: 'EHLO_NOT_SUPPORTED' },
];

/** Every endpoint of every server, at least once. */
export const EXPECTATIONS: readonly Expectation[] = [
  ...POSTFIX,
  ...DOVECOT,
  ...AIOSMTPD,
  ...OAUTH,
  ...TLS_MATRIX,
  ...SMTP_SINK,
];
