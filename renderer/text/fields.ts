import type { SecretKind } from '../../shared/secrets.ts';

/** The names of the fields and of the secrets. */

export const fields = {
  name: 'Name',
  organizations: 'Organisations',
  status: 'Status',
  environment: 'Environment',
  notes: 'Notes',
  provider: 'Provider',
  'server.host': 'Host',
  'server.port': 'Port',
  'server.security': 'Security',
  'server.ehloName': 'EHLO name',
  'server.connectTimeoutSeconds': 'Connection timeout',
  'server.commandTimeoutSeconds': 'Reply timeout',
  'server.proxy.kind': 'Proxy',
  'server.proxy.host': 'Proxy host',
  'server.proxy.port': 'Proxy port',
  'tls.verifyCertificate': 'Check the certificate',
  'tls.serverName': 'Server name',
  'tls.minVersion': 'Oldest TLS version',
  'tls.caPem': 'Private CA',
  'tls.clientCertificatePem': 'Client certificate',
  'signIn.method': 'Method',
  'signIn.username': 'User name',
  'signIn.mechanism': 'Mechanism',
  'signIn.allowWithoutTls': 'Allow sign-in without TLS',
  'signIn.oauth.provider': 'OAuth provider',
  'signIn.oauth.grant': 'Grant',
  'signIn.oauth.tokenUrl': 'Token address',
  'signIn.oauth.tenant': 'Tenant',
  'signIn.oauth.scope': 'Scope',
  'signIn.oauth.clientId': 'Client ID',
  'sender.from.address': 'From address',
  'sender.from.name': 'From name',
  'sender.replyTo.address': 'Reply-To address',
  'sender.replyTo.name': 'Reply-To name',
  'sender.envelopeFrom': 'Envelope sender',
  'sender.errorsTo': 'Errors-To',
  'sender.cc': 'Cc',
  'sender.bcc': 'Bcc',
  'sender.headers': 'Custom headers',
  'sender.relayAllowed': 'Relay for other domains',
  'sender.relayDomains': 'Relay domains',
  testRecipient: 'Test recipient',
  products: 'Product options',
} satisfies Record<string, string>;

export const secretLabels: Record<SecretKind, string> = {
  password: 'Password',
  clientSecret: 'Client secret',
  refreshToken: 'Refresh token',
  accessToken: 'Access token',
  clientKey: 'Key of the client certificate',
  clientKeyPassphrase: 'Passphrase of the key',
};

/** The label of a field by its dotted path; parts of lists and products get their own key names. */
export function fieldLabel(path: string): string {
  if (Object.hasOwn(fields, path)) return fields[path as keyof typeof fields];
  const [first, second, third] = path.split('.');
  if (first === 'products' && second) {
    const product = `${second[0]?.toUpperCase()}${second.slice(1)}`;
    return third ? `${product}: ${third}` : product;
  }
  if (first === 'sender' && second === 'headers') return fields['sender.headers'];
  const parent = `${first}.${second}`;
  return Object.hasOwn(fields, parent) ? fields[parent as keyof typeof fields] : path;
}
