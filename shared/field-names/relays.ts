import type { ProductNames } from './types.ts';

/** What mail programs and plain environment variables call the fields. */
export const relayNames: readonly ProductNames[] = [
  {
    target: 'postfix',
    product: 'Postfix',
    place: '',
    names: {
      'server.host': 'relayhost',
      'server.port': 'relayhost',
      'server.security': 'smtp_tls_security_level, smtp_tls_wrappermode',
      'server.ehloName': 'smtp_helo_name',
      'server.connectTimeoutSeconds': 'smtp_connect_timeout',
      'signIn.method': 'smtp_sasl_auth_enable',
      'tls.verifyCertificate': 'smtp_tls_security_level',
      'tls.minVersion': 'smtp_tls_mandatory_protocols, smtp_tls_protocols',
    },
  },
  {
    target: 'msmtp',
    product: 'msmtp',
    place: '',
    names: {
      'server.host': 'host',
      'server.port': 'port',
      'server.security': 'tls, tls_starttls',
      'server.ehloName': 'domain',
      'server.connectTimeoutSeconds': 'timeout',
      'signIn.method': 'auth',
      'signIn.username': 'user',
      'signIn.mechanism': 'auth',
      'secret.password': 'password',
      'sender.from.address': 'from',
      'tls.verifyCertificate': 'tls_certcheck',
      'tls.serverName': 'tls_host_override',
    },
  },
  {
    target: 'env',
    product: 'Environment',
    place: '',
    names: {
      'server.host': 'SMTP_HOST',
      'server.port': 'SMTP_PORT',
      'server.security': 'SMTP_ENCRYPTION',
      'server.ehloName': 'SMTP_HELO_NAME',
      'signIn.username': 'SMTP_USERNAME',
      'secret.password': 'SMTP_PASSWORD',
      'sender.from.address': 'SMTP_FROM',
      'sender.from.name': 'SMTP_FROM_NAME',
      'sender.replyTo.address': 'SMTP_REPLY_TO',
      'tls.verifyCertificate': 'SMTP_VERIFY_CERTIFICATE',
    },
  },
];
