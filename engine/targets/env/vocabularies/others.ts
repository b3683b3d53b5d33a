import type { Security } from '../../../../shared/profile.ts';
import type { ImportDraft } from '../../draft.ts';
import { type SecurityReading, setMailbox, setMechanism, type Vocabulary } from '../read-profile.ts';
import type { Found, Variables } from '../variables.ts';

/** Metabase. */
export const METABASE: Vocabulary = {
  id: 'metabase',
  product: 'Metabase',
  score: (read) => (read.names().some((name) => /^MB_EMAIL_(SMTP|FROM)_/.test(name)) ? 0.97 : 0),
  names: {
    host: ['MB_EMAIL_SMTP_HOST'],
    port: ['MB_EMAIL_SMTP_PORT'],
    username: ['MB_EMAIL_SMTP_USERNAME'],
    password: ['MB_EMAIL_SMTP_PASSWORD'],
    from: ['MB_EMAIL_FROM_ADDRESS'],
    fromName: ['MB_EMAIL_FROM_NAME'],
  },
  defaultPort: (security) => (security === 'tls' ? 465 : security === 'none' ? 25 : 587),
  security: (read, _port, draft) =>
    word(read, draft, 'MB_EMAIL_SMTP_SECURITY', 'none', {
      none: 'none',
      tls: 'starttls-if-offered',
      starttls: 'starttls',
      ssl: 'tls',
    }),
  more: (read, profile, draft) => {
    const replyTo = read.text('MB_EMAIL_REPLY_TO');
    if (!replyTo || replyTo.value === '') return;
    const addresses = addressList(replyTo.value);
    if (!addresses) draft.ignore(replyTo.origin, 'Metabase wants a list in JSON here, such as ["help@example.com"].');
    else if (addresses[0]) setMailbox({ value: addresses[0], origin: replyTo.origin }, 'replyTo', profile);
    if (addresses && addresses.length > 1) {
      draft.ignore(replyTo.origin, 'There are several Reply-To addresses. The first was taken.');
    }
  },
  family: /^MB_EMAIL_/,
};

function addressList(text: string): string[] | null {
  try {
    const list: unknown = JSON.parse(text);
    return Array.isArray(list) && list.every((item) => typeof item === 'string') ? list : null;
  } catch {
    return null;
  }
}

/** Reads a word for the security; another one is reported and the product's default stands. */
function word(
  read: Variables,
  draft: ImportDraft,
  name: string,
  standard: Security,
  words: Record<string, Security>,
): SecurityReading {
  const found = read.text(name);
  if (!found || found.value === '') return { value: standard };
  const value = words[found.value.toLowerCase()];
  if (value) return { value, origin: found.origin };
  draft.ignore(found.origin, `Use one of ${Object.keys(words).join(', ')} here.`);
  return { value: standard };
}

/** Vaultwarden (src/config.rs), with the names that older versions had. */
export const VAULTWARDEN: Vocabulary = {
  id: 'vaultwarden',
  product: 'Vaultwarden',
  score: (read) => {
    if (!read.has('SMTP_HOST')) return 0;
    if (
      read.has('SMTP_EXPLICIT_TLS', 'SMTP_ACCEPT_INVALID_CERTS', 'SMTP_ACCEPT_INVALID_HOSTNAMES', 'SMTP_EMBED_IMAGES')
    )
      return 0.95;
    if (read.has('ADMIN_TOKEN', 'SIGNUPS_ALLOWED', 'WEBSOCKET_ENABLED', 'INVITATIONS_ALLOWED')) return 0.93;
    const security = read.raw('SMTP_SECURITY')?.value;
    return read.has('SMTP_FROM') && /^(starttls|force_tls|off)$/.test(security ?? '') ? 0.9 : 0;
  },
  names: {
    host: ['SMTP_HOST'],
    port: ['SMTP_PORT'],
    username: ['SMTP_USERNAME'],
    password: ['SMTP_PASSWORD'],
    passwordFile: ['SMTP_PASSWORD_FILE'],
    from: ['SMTP_FROM'],
    fromName: ['SMTP_FROM_NAME'],
    ehloName: ['HELO_NAME'],
    connectTimeout: ['SMTP_TIMEOUT'],
    enabled: ['_ENABLE_SMTP'],
  },
  defaultPort: (security) => ({ none: 25, 'starttls-if-offered': 587, starttls: 587, tls: 465 })[security],
  security: vaultwardenSecurity,
  more: (read, profile, draft) => {
    const accepts = [read.flag('SMTP_ACCEPT_INVALID_CERTS'), read.flag('SMTP_ACCEPT_INVALID_HOSTNAMES')];
    const found = accepts.find((flag) => flag?.value) ?? accepts.find((flag) => flag !== undefined);
    if (found) profile.set('tls.verifyCertificate', !found.value, found.origin);
    const mechanisms = read.text('SMTP_AUTH_MECHANISM');
    const listed = (mechanisms?.value ?? '').split(',').map((item) => item.replace(/["'\s]/g, ''));
    const [only] = listed;
    if (mechanisms && only && listed.length === 1 && !/^xoauth2$/i.test(only)) {
      setMechanism({ value: only, origin: mechanisms.origin }, profile, draft);
    } else if (mechanisms && listed.some((item) => /^xoauth2$/i.test(item))) {
      draft.ignore(mechanisms.origin, 'Vaultwarden’s XOAUTH2 takes a ready-made token in place of the password.');
    }
    const sendmail = read.flag('USE_SENDMAIL');
    if (sendmail?.value) draft.warn(`Line ${sendmail.origin.line}: mail goes through sendmail, not through SMTP.`);
  },
};

function vaultwardenSecurity(read: Variables, _port: number | null, draft: ImportDraft): SecurityReading {
  const explicit = read.flag('SMTP_EXPLICIT_TLS');
  const ssl = read.flag('SMTP_SSL');
  if (read.has('SMTP_SECURITY')) {
    return word(read, draft, 'SMTP_SECURITY', 'starttls', { starttls: 'starttls', force_tls: 'tls', off: 'none' });
  }
  // The old pair is named the wrong way round: explicit is TLS from the first byte.
  if (explicit?.value) return { value: 'tls', origin: explicit.origin };
  if (ssl) return { value: ssl.value ? 'starttls' : 'none', origin: ssl.origin };
  return { value: 'starttls' };
}

/** Grafana's variables over grafana.ini. */
export const GRAFANA: Vocabulary = {
  id: 'grafana',
  product: 'Grafana',
  score: (read) => (read.names().some((name) => name.startsWith('GF_SMTP_')) ? 0.97 : 0),
  names: {
    host: ['GF_SMTP_HOST'],
    username: ['GF_SMTP_USER'],
    password: ['GF_SMTP_PASSWORD'],
    passwordFile: ['GF_SMTP_PASSWORD__FILE'],
    from: ['GF_SMTP_FROM_ADDRESS'],
    fromName: ['GF_SMTP_FROM_NAME'],
    ehloName: ['GF_SMTP_EHLO_IDENTITY'],
    enabled: ['GF_SMTP_ENABLED'],
    skipVerify: ['GF_SMTP_SKIP_VERIFY'],
  },
  defaultPort: () => 25,
  security: (read, port) => {
    // The mail library begins with TLS on 465 and nowhere else.
    if (port === 465) return { value: 'tls', ...originOf(read.raw('GF_SMTP_HOST')) };
    const policy = read.text('GF_SMTP_STARTTLS_POLICY');
    const values: Record<string, Security> = { MandatoryStartTLS: 'starttls', NoStartTLS: 'none' };
    return { value: values[policy?.value ?? ''] ?? 'starttls-if-offered', ...originOf(policy) };
  },
  family: /^GF_SMTP_/,
};

function originOf(found: Found<unknown> | undefined): Pick<SecurityReading, 'origin'> {
  return found ? { origin: found.origin } : {};
}

/** Gitea and Forgejo: `GITEA__mailer__KEY`; the names come here with the prefix in one spelling. */
export const GITEA: Vocabulary = {
  id: 'gitea',
  product: 'Gitea',
  score: (read) => (read.names().some((name) => name.startsWith('GITEA__MAILER__')) ? 0.97 : 0),
  names: {
    host: ['GITEA__MAILER__SMTP_ADDR', 'GITEA__MAILER__HOST'],
    port: ['GITEA__MAILER__SMTP_PORT'],
    username: ['GITEA__MAILER__USER'],
    password: ['GITEA__MAILER__PASSWD'],
    passwordFile: ['GITEA__MAILER__PASSWD__FILE'],
    from: ['GITEA__MAILER__FROM'],
    envelopeFrom: ['GITEA__MAILER__ENVELOPE_FROM'],
    ehloName: ['GITEA__MAILER__HELO_HOSTNAME'],
    enabled: ['GITEA__MAILER__ENABLED'],
    skipVerify: ['GITEA__MAILER__FORCE_TRUST_SERVER_CERT', 'GITEA__MAILER__SKIP_VERIFY'],
  },
  defaultPort: (security) => ({ none: 25, 'starttls-if-offered': 587, starttls: 587, tls: 465 })[security],
  security: giteaSecurity,
  family: /^GITEA__MAILER__/,
};

function giteaSecurity(read: Variables, port: number | null): SecurityReading {
  const protocol = read.text('GITEA__MAILER__PROTOCOL');
  const values: Record<string, Security> = { smtp: 'none', smtps: 'tls', 'smtp+starttls': 'starttls-if-offered' };
  const named = values[protocol?.value.toLowerCase() ?? ''];
  if (named && protocol) return { value: named, origin: protocol.origin };
  const old = read.flag('GITEA__MAILER__IS_TLS_ENABLED');
  if (old) return { value: old.value ? 'tls' : 'starttls-if-offered', origin: old.origin };
  // Without a protocol the port tells (mailer.go).
  if (port === 25) return { value: 'none' };
  return { value: port === 587 ? 'starttls-if-offered' : 'tls' };
}
