import type { ProductNames } from './types.ts';

/** What products for business software and automation call the fields. */
export const businessNames: readonly ProductNames[] = [
  {
    target: 'odoo',
    product: 'Odoo',
    place: '',
    names: {
      'server.host': 'smtp_server',
      'server.port': 'smtp_port',
      'server.security': 'smtp_ssl',
      'signIn.username': 'smtp_user',
      'secret.password': 'smtp_password',
      'sender.from.address': 'email_from',
      'tls.verifyCertificate': 'smtp_ssl',
    },
  },
  {
    target: 'zuora',
    product: 'Zuora',
    place: '',
    names: {
      'server.host': 'SMTP Server Name',
      'server.port': 'SMTP Port',
      'server.security': 'SMTP Enable StartTLS, SMTP SocketFactory Class',
      'signIn.method': 'Authentication',
      'signIn.username': 'SMTP User Name',
      'secret.password': 'Password',
      'sender.from.address': 'SMTP User Name',
    },
  },
  {
    target: 'metabase',
    product: 'Metabase',
    place: '',
    names: {
      'server.host': 'MB_EMAIL_SMTP_HOST',
      'server.port': 'MB_EMAIL_SMTP_PORT',
      'server.security': 'MB_EMAIL_SMTP_SECURITY',
      'signIn.username': 'MB_EMAIL_SMTP_USERNAME',
      'secret.password': 'MB_EMAIL_SMTP_PASSWORD',
      'sender.from.address': 'MB_EMAIL_FROM_ADDRESS',
      'sender.from.name': 'MB_EMAIL_FROM_NAME',
      'sender.replyTo.address': 'MB_EMAIL_REPLY_TO',
    },
  },
  {
    target: 'n8n',
    product: 'n8n',
    place: '',
    names: {
      'server.host': 'N8N_SMTP_HOST',
      'server.port': 'N8N_SMTP_PORT',
      'server.security': 'N8N_SMTP_STARTTLS, N8N_SMTP_SSL',
      'signIn.username': 'N8N_SMTP_USER',
      'secret.password': 'N8N_SMTP_PASS',
      'sender.from.address': 'N8N_SMTP_SENDER',
      'sender.from.name': 'N8N_SMTP_SENDER',
    },
  },
];
