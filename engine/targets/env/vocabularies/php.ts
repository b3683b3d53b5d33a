import type { ImportDraft, ProfileDraft } from '../../draft.ts';
import { readMailUrl, setServerAndAccount } from '../mail-url.ts';
import type { Vocabulary } from '../read-profile.ts';
import type { Found } from '../variables.ts';

/** The image nextcloud (.config/smtp.config.php), in its four generations. */
export const NEXTCLOUD: Vocabulary = {
  id: 'nextcloud',
  product: 'Nextcloud',
  score: (read) => {
    if (!read.has('SMTP_HOST', 'MAIL_SMTPHOST')) return 0;
    if (read.has('SMTP_NAME', 'SMTP_AUTHTYPE', 'MAIL_SMTPHOST', 'NEXTCLOUD_TRUSTED_DOMAINS', 'NEXTCLOUD_ADMIN_USER'))
      return 0.93;
    return read.has('MAIL_DOMAIN') && read.has('MAIL_FROM_ADDRESS') ? 0.8 : 0;
  },
  names: {
    host: ['SMTP_HOST', 'MAIL_SMTPHOST'],
    port: ['SMTP_PORT', 'MAIL_SMTPPORT'],
    username: ['SMTP_NAME', 'MAIL_SMTPNAME'],
    password: ['SMTP_PASSWORD', 'MAIL_SMTPPASSWORD'],
    passwordFile: ['SMTP_PASSWORD_FILE'],
    mechanism: ['SMTP_AUTHTYPE', 'MAIL_SMTPAUTHTYPE'],
  },
  defaultPort: (security) => (security === 'tls' ? 465 : 25),
  security: (read, port) => {
    const secure = read.text('SMTP_SECURE', 'MAIL_SMTPSECURE');
    if (secure?.value === 'ssl') return { value: 'tls', origin: secure.origin };
    if (port === 465) return { value: 'tls' };
    return { value: 'starttls-if-offered', ...(secure && { origin: secure.origin }) };
  },
  more: (read, profile, draft) => {
    const local = read.text('MAIL_FROM_ADDRESS');
    const domain = read.text('MAIL_DOMAIN');
    if (local && local.value !== '' && domain && domain.value !== '') {
      profile.set('sender.from.address', `${local.value.replace(/@.*$/, '')}@${domain.value}`, local.origin);
    } else {
      draft.warn(
        'Nextcloud’s image takes its mail settings only when SMTP_HOST, MAIL_FROM_ADDRESS and MAIL_DOMAIN are all set.',
      );
    }
    const file = read.raw('SMTP_NAME_FILE');
    if (file && file.value !== '')
      draft.ignore(file.origin, 'The user name is in a file on the server. Enter it by hand.');
  },
  family: /^SMTP_/,
};

/** Laravel (config/mail.php), of every version. */
export const LARAVEL: Vocabulary = {
  id: 'laravel',
  product: 'Laravel',
  score: (read) => {
    if (!read.has('MAIL_HOST', 'MAIL_MAILER', 'MAIL_DRIVER')) return 0;
    if (read.has('MAIL_MAILER', 'MAIL_DRIVER')) return 0.92;
    return read.has('APP_KEY', 'MAIL_ENCRYPTION', 'MAIL_SCHEME') ? 0.85 : 0;
  },
  names: {
    host: ['MAIL_HOST'],
    port: ['MAIL_PORT'],
    from: ['MAIL_FROM_ADDRESS'],
    fromName: ['MAIL_FROM_NAME'],
    ehloName: ['MAIL_EHLO_DOMAIN'],
    connectTimeout: ['MAIL_TIMEOUT'],
  },
  defaultPort: () => 587,
  security: (read, port) => {
    const scheme = read.text('MAIL_SCHEME');
    const encryption = read.text('MAIL_ENCRYPTION');
    if (scheme?.value === 'smtps') return { value: 'tls', origin: scheme.origin };
    if (encryption && /^(ssl|smtps)$/i.test(encryption.value)) return { value: 'tls', origin: encryption.origin };
    // From version 9 on the mailer begins with TLS on 465 and else takes STARTTLS when it is offered.
    if (port === 465) return { value: 'tls', ...(encryption && { origin: encryption.origin }) };
    const origin = encryption?.origin ?? scheme?.origin;
    return { value: 'starttls-if-offered', ...(origin && { origin }) };
  },
  more: (read, profile, draft) => {
    const mailer = read.text('MAIL_MAILER', 'MAIL_DRIVER');
    if (mailer) {
      profile.set('status', mailer.value === 'smtp' ? 'active' : 'inactive', mailer.origin);
      if (mailer.value !== 'smtp') draft.warn(`Line ${mailer.origin.line}: this mailer does not send by SMTP.`);
    }
    // The word null stands for nothing.
    const username = read.text('MAIL_USERNAME');
    const isSet = username !== undefined && !/^(null|\(null\)|)$/i.test(username.value);
    if (isSet && username) profile.set('signIn.username', username.value, username.origin);
    profile.settings.signIn.method = isSet || (!username && read.raw('MAIL_USERNAME')) ? 'password' : 'none';
    if (username) profile.trace('signIn.method', username.origin);
    const password = read.secret('MAIL_PASSWORD');
    if (password && !/^(null|\(null\)|)$/i.test(password.value))
      profile.secret('password', password.value, password.origin);
    else if (password && isSet) profile.secret('password', '', password.origin);
  },
};

/** Symfony: everything in one URL. */
export const SYMFONY: Vocabulary = {
  id: 'symfony',
  product: 'Symfony',
  score: (read) => (read.has('MAILER_DSN') ? 0.9 : read.has('MAILER_URL') ? 0.7 : 0),
  urls: ['MAILER_DSN', 'MAILER_URL'],
  names: { from: ['MAILER_FROM', 'MAILER_SENDER'] },
  defaultPort: (security) => (security === 'tls' ? 465 : 25),
  security: () => ({ value: 'starttls-if-offered' }),
  more: (read, profile, draft) => {
    const dsn = read.raw('MAILER_DSN', 'MAILER_URL');
    if (dsn) readDsn(dsn, profile, draft);
  },
};

function readDsn({ value, origin }: Found<string>, profile: ProfileDraft, draft: ImportDraft): void {
  const url = readMailUrl(value, true);
  if (!url || !/^smtps?$/.test(url.scheme)) {
    const off = url?.scheme === 'null';
    profile.set('status', off ? 'inactive' : 'active', origin);
    draft.ignore(origin, off ? 'This switches mail off.' : 'This names no SMTP server. Enter it by hand.');
    return;
  }
  const port = url.port ?? (url.scheme === 'smtps' ? 465 : 25);
  setServerAndAccount(url, origin, profile);
  profile.set('server.port', port, origin);
  const off = (key: string) => /^(0|false|no|off)$/i.test(url.query.get(key) ?? '');
  const on = (key: string) => /^(1|true|yes|on)$/i.test(url.query.get(key) ?? '');
  const implicit = url.scheme === 'smtps' || port === 465;
  const upgrade = on('require_tls') ? 'starttls' : off('auto_tls') ? 'none' : 'starttls-if-offered';
  profile.set('server.security', implicit ? 'tls' : upgrade, origin);
  if (off('verify_peer')) profile.set('tls.verifyCertificate', false, origin);
  const local = url.query.get('local_domain');
  if (local) profile.set('server.ehloName', local, origin);
}
