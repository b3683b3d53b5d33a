import * as z from 'zod/mini';
import { optionalAddress } from './address.ts';
import { hostField, optionalHostField, portField } from './host.ts';
import { LIMITS } from './limits.ts';
import { line, multiline } from './text.ts';

/** Version of the stored profile shape; a library file with a higher one opens read-only. */
export const PROFILE_SCHEMA_VERSION = 1;

/** How the connection is protected. `starttls` means required; `tls` means from the first byte (RFC 8314 3.3). */
export const SECURITIES = ['none', 'starttls-if-offered', 'starttls', 'tls'] as const;
/** See {@link SECURITIES}. */
export type Security = (typeof SECURITIES)[number];

/** Oldest TLS version that is accepted; 1.0 and 1.1 are deprecated (RFC 8996) but old servers have nothing else. */
export const TLS_VERSIONS = ['TLSv1', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3'] as const;
/** See {@link TLS_VERSIONS}. */
export type TlsVersion = (typeof TLS_VERSIONS)[number];

/** SASL mechanisms for a password sign-in; `auto` picks the safest that both sides have. */
export const PASSWORD_MECHANISMS = ['auto', 'PLAIN', 'LOGIN', 'CRAM-MD5', 'SCRAM-SHA-1', 'SCRAM-SHA-256'] as const;
/** See {@link PASSWORD_MECHANISMS}. */
export type PasswordMechanism = (typeof PASSWORD_MECHANISMS)[number];

/** Ways to get an OAuth 2.0 access token; `access-token` means that the user gives one by hand. */
export const OAUTH_GRANTS = ['access-token', 'refresh-token', 'client-credentials'] as const;
/** See {@link OAUTH_GRANTS}. */
export type OAuthGrant = (typeof OAUTH_GRANTS)[number];

/** What a profile is used for; a production profile asks before a test message is sent. */
export const ENVIRONMENTS = ['production', 'staging', 'test'] as const;
/** See {@link ENVIRONMENTS}. */
export type Environment = (typeof ENVIRONMENTS)[number];

const proxy = z.strictObject({
  /** `none` connects directly; the others are RFC 1928 and RFC 9110 9.3.6. */
  kind: z.enum(['none', 'socks5', 'http-connect']),
  host: optionalHostField,
  port: portField,
});

const server = z.strictObject({
  host: hostField,
  port: portField,
  security: z.enum(SECURITIES),
  /** Name given in EHLO; '' lets Relaysmith use this machine's full name. */
  ehloName: optionalHostField,
  /** Seconds to wait for the connection and the greeting. */
  connectTimeoutSeconds: z.int().check(z.gte(1, 'At least 1 second.'), z.lte(600, 'At most 600 seconds.')),
  /** Seconds to wait for each later reply. */
  commandTimeoutSeconds: z.int().check(z.gte(1, 'At least 1 second.'), z.lte(600, 'At most 600 seconds.')),
  proxy,
});

const tls = z.strictObject({
  /** False accepts any certificate; allowed, never silent. */
  verifyCertificate: z.boolean(),
  /** Name to find in the certificate and to send as SNI; '' means the host. */
  serverName: optionalHostField,
  minVersion: z.enum(TLS_VERSIONS),
  /** Private CA certificates as PEM content, never a path; '' means the system's. */
  caPem: multiline(LIMITS.pem).check(
    z.refine((pem) => !pem.includes('PRIVATE KEY'), 'This holds a private key. Paste only certificates here.'),
  ),
  /** Client certificate (chain) as PEM content; its key is a secret. */
  clientCertificatePem: multiline(LIMITS.pem).check(
    z.refine((pem) => !pem.includes('PRIVATE KEY'), 'This holds a private key. Store the key as a secret instead.'),
  ),
});

const oauth = z.strictObject({
  provider: z.enum(['microsoft', 'google', 'other']),
  grant: z.enum(OAUTH_GRANTS),
  /** Token endpoint; '' means the provider's own. Only https, or http on loopback. */
  tokenUrl: line(2_000).check(
    z.refine(
      (url) => url === '' || /^https:\/\/\S+$|^http:\/\/(127\.0\.0\.1|localhost|\[::1\])[:/]\S*$/.test(url),
      'Enter an https address.',
    ),
  ),
  /** Microsoft Entra tenant id or domain. */
  tenant: line(),
  scope: line(1_000),
  clientId: line(),
});

const signIn = z.strictObject({
  method: z.enum(['none', 'password', 'oauth2']),
  username: line(),
  mechanism: z.enum(PASSWORD_MECHANISMS),
  /** The user's explicit word that a password may cross the network without TLS. */
  allowWithoutTls: z.boolean(),
  oauth,
});

const mailbox = z.strictObject({ address: optionalAddress, name: line() });

const header = z.strictObject({
  name: line(76).check(z.regex(/^[!-9;-~]+$/, 'Use letters, digits and hyphens, without a colon.')),
  value: line(LIMITS.headerValue),
});

const sender = z.strictObject({
  from: mailbox,
  replyTo: mailbox,
  /** MAIL FROM and Return-Path (RFC 5321 3.6.3); '' means the From address. */
  envelopeFrom: optionalAddress,
  errorsTo: optionalAddress,
  cc: z.array(optionalAddress).check(z.maxLength(LIMITS.listItems)),
  bcc: z.array(optionalAddress).check(z.maxLength(LIMITS.listItems)),
  headers: z.array(header).check(z.maxLength(LIMITS.headers)),
  /** Whether the server lets this profile send for other sender domains. */
  relayAllowed: z.boolean(),
  /** Domains that may stand in From; [] means only that of the From address. */
  relayDomains: z.array(line(255)).check(z.maxLength(LIMITS.listItems)),
});

/** Options that only Mattermost knows, under its own key names; an absent key is left as the server has it. */
const mattermostOptions = z.strictObject({
  EnableSignUpWithEmail: z.optional(z.boolean()),
  EnableSignInWithEmail: z.optional(z.boolean()),
  EnableSignInWithUsername: z.optional(z.boolean()),
  UseChannelInEmailNotifications: z.optional(z.boolean()),
  RequireEmailVerification: z.optional(z.boolean()),
  FeedbackOrganization: z.optional(line()),
  SendPushNotifications: z.optional(z.boolean()),
  PushNotificationServer: z.optional(line()),
  PushNotificationContents: z.optional(line()),
  PushNotificationBuffer: z.optional(z.int()),
  EnableEmailBatching: z.optional(z.boolean()),
  EmailBatchingBufferSize: z.optional(z.int().check(z.gte(1, 'At least 1.'))),
  EmailBatchingInterval: z.optional(z.int().check(z.gte(30, 'At least 30 seconds.'))),
  EnablePreviewModeBanner: z.optional(z.boolean()),
  EmailNotificationContentsType: z.optional(z.enum(['full', 'generic'])),
  LoginButtonColor: z.optional(line()),
  LoginButtonBorderColor: z.optional(line()),
  LoginButtonTextColor: z.optional(line()),
  /** Stands in ServiceSettings, not in EmailSettings as the product's page says (facts: targets 0.8). */
  EnableSecurityFixAlert: z.optional(z.boolean()),
});

const keycloakOptions = z.strictObject({
  realm: z.optional(line()),
  allowutf8: z.optional(z.boolean()),
  debug: z.optional(z.boolean()),
  /** Milliseconds, as Keycloak keeps them. */
  timeout: z.optional(z.int().check(z.gte(0))),
  writeTimeout: z.optional(z.int().check(z.gte(0))),
});

const keepnetOptions = z.strictObject({
  serviceProvider: z.optional(z.enum(['Gsuite', 'O365', 'Custom'])),
  availableForRequests: z.optional(
    z.array(z.strictObject({ type: line(), resourceId: line() })).check(z.maxLength(LIMITS.listItems)),
  ),
  resourceId: z.optional(line()),
});

const zuoraOptions = z.strictObject({
  /** Name of the provider object inside Zuora. */
  oauthProvider: z.optional(line()),
  socketFactoryPort: z.optional(portField),
  socketFactoryClass: z.optional(line()),
  /** True lets JavaMail fall back to a plain socket in silence; Zuora's default. */
  socketFactoryFallback: z.optional(z.boolean()),
  selected: z.optional(z.boolean()),
});

const productOptions = z.strictObject({
  mattermost: z.optional(mattermostOptions),
  keycloak: z.optional(keycloakOptions),
  keepnet: z.optional(keepnetOptions),
  zuora: z.optional(zuoraOptions),
});

/** Everything of a profile that its user edits. Secrets are no part of it (see secrets.ts). */
export const profileSettings = z.strictObject({
  name: line(LIMITS.profileName).check(z.refine((name) => name.trim() !== '', 'Give the profile a name.')),
  organizations: z.array(line(LIMITS.profileName)).check(z.maxLength(LIMITS.listItems)),
  status: z.enum(['active', 'inactive']),
  notes: multiline(LIMITS.notes),
  /** Provider preset that the settings began with; see presets.ts. */
  provider: line(40),
  server,
  tls,
  signIn,
  sender,
  /** Where test messages go unless told otherwise; '' means the From address. */
  testRecipient: optionalAddress,
  products: productOptions,
  /** Absent when nothing is said. Stands last, where a form puts a key that it adds: settings are compared as text. */
  environment: z.optional(z.enum(ENVIRONMENTS)),
});
/** See {@link profileSettings}. */
export type ProfileSettings = z.infer<typeof profileSettings>;

const stamp = z.strictObject({
  /** ISO 8601, UTC. */
  at: z.iso.datetime(),
  /** Login name on the machine where it happened. */
  by: line(),
});

/** A stored profile: its settings, its identity, and who made and changed it. */
export const profile = z.extend(profileSettings, { id: z.uuid(), created: stamp, updated: stamp });
/** See {@link profile}. */
export type Profile = z.infer<typeof profile>;

/** A new profile's settings: STARTTLS required on 587, certificate checked, password sign-in (RFC 8314 3). */
export function emptySettings(): ProfileSettings {
  return {
    name: '',
    organizations: [],
    status: 'active',
    notes: '',
    provider: 'custom',
    server: {
      host: '',
      port: 587,
      security: 'starttls',
      ehloName: '',
      connectTimeoutSeconds: 10,
      commandTimeoutSeconds: 30,
      proxy: { kind: 'none', host: '', port: 1080 },
    },
    tls: { verifyCertificate: true, serverName: '', minVersion: 'TLSv1.2', caPem: '', clientCertificatePem: '' },
    signIn: {
      method: 'password',
      username: '',
      mechanism: 'auto',
      allowWithoutTls: false,
      oauth: { provider: 'other', grant: 'access-token', tokenUrl: '', tenant: '', scope: '', clientId: '' },
    },
    sender: {
      from: { address: '', name: '' },
      replyTo: { address: '', name: '' },
      envelopeFrom: '',
      errorsTo: '',
      cc: [],
      bcc: [],
      headers: [],
      relayAllowed: false,
      relayDomains: [],
    },
    testRecipient: '',
    products: {},
  };
}

/** The settings of a stored profile, without identity and stamps. */
export function settingsOf(stored: Profile): ProfileSettings {
  const { id: _id, created: _created, updated: _updated, ...settings } = stored;
  return settings;
}

/** A problem with one field, by its dotted path (`server.host`, `sender.headers.0.name`). */
export interface FieldProblem {
  field: string;
  message: string;
}

/** Checks settings against the schema; [] when they are valid. Rules across fields are advice, not errors. */
export function problemsOf(settings: unknown): FieldProblem[] {
  const parsed = profileSettings.safeParse(settings);
  if (parsed.success) return [];
  return parsed.error.issues.map((issue) => ({ field: issue.path.join('.'), message: issue.message }));
}
