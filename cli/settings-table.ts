import { ENVIRONMENTS, OAUTH_GRANTS, PASSWORD_MECHANISMS, SECURITIES } from '../shared/profile.ts';
import type { OptionSpec, OptionTable } from './command.ts';

/** How products and people call the ways of securing a connection. */
const SECURITY_SYNONYMS = {
  ssl: 'tls',
  'ssl/tls': 'tls',
  smtps: 'tls',
  implicit: 'tls',
  'implicit-tls': 'tls',
  explicit: 'starttls',
  'explicit-tls': 'starttls',
  required: 'starttls',
  opportunistic: 'starttls-if-offered',
  auto: 'starttls-if-offered',
  plain: 'none',
  plaintext: 'none',
  off: 'none',
} as const;

/** How a connection is protected. */
export const SECURITY_OPTION = {
  kind: 'text',
  value: 'MODE',
  choices: SECURITIES,
  synonyms: SECURITY_SYNONYMS,
  help: 'none, starttls-if-offered, starttls (required) or tls (from the first byte, as on port 465).',
} as const satisfies OptionSpec;

/** Options about server, TLS and sign-in, for every command that takes settings. */
export const SERVER_OPTIONS = {
  preset: { kind: 'text', value: 'ID', help: 'Begin with a provider’s settings, such as gmail or microsoft365.' },
  host: { kind: 'text', value: 'HOST', help: 'Name or address of the mail server.' },
  port: { kind: 'number', value: 'PORT', range: [1, 65_535], help: 'Port of the mail server.' },
  security: SECURITY_OPTION,
  user: { kind: 'text', value: 'NAME', help: 'User name to sign in with.' },
  auth: { kind: 'text', choices: ['none', 'password', 'oauth2'], help: 'How to sign in.' },
  mechanism: { kind: 'text', choices: PASSWORD_MECHANISMS, help: 'SASL mechanism for a password.' },
  'allow-plain-password': { kind: 'flag', help: 'Let the password cross the network without TLS.' },
  ca: { kind: 'text', value: 'FILE', help: 'Private CA certificates (PEM) to trust; "" for none.' },
  'client-cert': { kind: 'text', value: 'FILE', help: 'Client certificate (PEM); its key is the secret clientKey.' },
  'server-name': { kind: 'text', value: 'NAME', help: 'Name to expect in the certificate, if not the host.' },
  'no-verify': { kind: 'flag', help: 'Accept any certificate.' },
  verify: { kind: 'flag', help: 'Check the certificate again.' },
  'min-tls': { kind: 'text', choices: ['1.0', '1.1', '1.2', '1.3'], help: 'Oldest TLS version to accept.' },
  'ehlo-name': { kind: 'text', value: 'NAME', help: 'Name to give in EHLO.' },
  timeout: {
    kind: 'number',
    value: 'SECONDS',
    range: [1, 600],
    help: 'Longest wait for the connection and for each reply.',
  },
  proxy: { kind: 'text', value: 'URL', help: 'socks5://HOST:PORT, http://HOST:PORT or none.' },
  'oauth-provider': { kind: 'text', choices: ['microsoft', 'google', 'other'], help: 'OAuth 2.0 provider.' },
  'oauth-grant': { kind: 'text', value: 'GRANT', choices: OAUTH_GRANTS, help: 'How to get an access token.' },
  'oauth-token-url': { kind: 'text', value: 'URL', help: 'Token endpoint, if not the provider’s own.' },
  'oauth-tenant': { kind: 'text', value: 'TENANT', help: 'Microsoft Entra tenant.' },
  'oauth-scope': { kind: 'text', value: 'SCOPE', help: 'Scope to ask for.' },
  'oauth-client-id': { kind: 'text', value: 'ID', help: 'OAuth client id.' },
  set: { kind: 'list', value: 'PATH=VALUE', help: 'Any field by its dotted path; the value as JSON or text.' },
} as const satisfies OptionTable;

/** Options about the profile itself and its sender, for `create` and `edit`. */
export const SENDER_OPTIONS = {
  name: { kind: 'text', value: 'NAME', help: 'Name of the profile.' },
  from: { kind: 'text', value: '"NAME <A@B>"', help: 'From address.' },
  'reply-to': { kind: 'text', value: '"NAME <A@B>"', help: 'Reply-To address.' },
  'envelope-from': { kind: 'text', value: 'A@B', help: 'MAIL FROM, if not the From address.' },
  'errors-to': { kind: 'text', value: 'A@B', help: 'Errors-To address.' },
  cc: { kind: 'list', value: 'A@B', help: 'Copy to.' },
  bcc: { kind: 'list', value: 'A@B', help: 'Blind copy to.' },
  header: { kind: 'list', value: '"N: V"', help: 'Custom header.' },
  organization: { kind: 'list', value: 'NAME', help: 'Organisation that the profile is for.' },
  notes: { kind: 'text', value: 'TEXT', help: 'Free notes.' },
  status: { kind: 'text', choices: ['active', 'inactive'], help: 'Whether the profile is in use.' },
  environment: {
    kind: 'text',
    choices: [...ENVIRONMENTS, 'none'],
    help: 'What the profile is used for; none says nothing. For production, send says so when it asks.',
  },
  'test-recipient': { kind: 'text', value: 'A@B', help: 'Where test messages go.' },
} as const satisfies OptionTable;
