import type { ImportDraft, ProfileDraft } from '../../draft.ts';
import { readMailUrl, setServerAndAccount } from '../mail-url.ts';
import type { Vocabulary } from '../read-profile.ts';
import type { Found } from '../variables.ts';

/** n8n (user-management.config.ts). */
export const N8N: Vocabulary = {
  id: 'n8n',
  product: 'n8n',
  score: (read) => (read.has('N8N_SMTP_HOST', 'N8N_SMTP_USER', 'N8N_SMTP_SENDER') ? 0.97 : 0),
  names: {
    host: ['N8N_SMTP_HOST'],
    port: ['N8N_SMTP_PORT'],
    username: ['N8N_SMTP_USER'],
    password: ['N8N_SMTP_PASS'],
    passwordFile: ['N8N_SMTP_PASS_FILE'],
    from: ['N8N_SMTP_SENDER'],
  },
  defaultPort: () => 465,
  security: (read) => {
    const ssl = read.flag('N8N_SMTP_SSL');
    const starttls = read.flag('N8N_SMTP_STARTTLS');
    // Without the key, n8n begins with TLS whatever the port is.
    if (!ssl) return { value: 'tls' };
    if (ssl.value) return { value: 'tls', origin: ssl.origin };
    if (starttls) return { value: starttls.value ? 'starttls-if-offered' : 'none', origin: starttls.origin };
    return { value: 'starttls-if-offered', origin: ssl.origin };
  },
  more: (read, profile, draft) => {
    const mode = read.text('N8N_EMAIL_MODE');
    if (mode) profile.set('status', mode.value === 'smtp' ? 'active' : 'inactive', mode.origin);
    for (const name of ['N8N_SMTP_OAUTH_SERVICE_CLIENT', 'N8N_SMTP_OAUTH_PRIVATE_KEY']) {
      const found = read.raw(name);
      if (found && found.value !== '')
        draft.ignore(found.origin, 'Sign-in with a Google service account is not taken over.');
    }
  },
  family: /^N8N_SMTP_/,
};

/** Rocket.Chat: settings that variables overwrite. Their names are in mixed case. */
export const ROCKETCHAT: Vocabulary = {
  id: 'rocketchat',
  product: 'Rocket.Chat',
  score: (read) => (read.names().some((name) => /^(?:OVERWRITE_SETTING_)(?:SMTP_|From_Email)/.test(name)) ? 0.97 : 0),
  names: {
    host: ['OVERWRITE_SETTING_SMTP_Host'],
    port: ['OVERWRITE_SETTING_SMTP_Port'],
    username: ['OVERWRITE_SETTING_SMTP_Username'],
    password: ['OVERWRITE_SETTING_SMTP_Password'],
    from: ['OVERWRITE_SETTING_From_Email'],
  },
  defaultPort: () => 587,
  security: (read) => {
    const protocol = read.text('OVERWRITE_SETTING_SMTP_Protocol');
    const ignore = read.flag('OVERWRITE_SETTING_SMTP_IgnoreTLS');
    if (protocol?.value === 'smtps') return { value: 'tls', origin: protocol.origin };
    if (ignore) return { value: ignore.value ? 'none' : 'starttls-if-offered', origin: ignore.origin };
    // The setting's own default is to ignore TLS.
    return { value: 'none' };
  },
  more: (read, _profile, draft) => {
    const url = read.raw('MAIL_URL');
    if (url && url.value !== '') draft.ignore(url.origin, 'Rocket.Chat makes MAIL_URL itself, from the settings.');
  },
  family: /^OVERWRITE_SETTING_SMTP_/,
};

const URLS = ['SMTP_URL', 'MAIL_URL', 'SMTP_CONNECTION_URL', 'EMAIL_SERVER'];

/** Programs that hand one URL to nodemailer (shared/index.js, parseConnectionUrl), such as those of Meteor. */
export const NODEMAILER_URL: Vocabulary = {
  id: 'env',
  product: 'Environment',
  score: (read) => (URLS.some((name) => readMailUrl(read.raw(name)?.value ?? '')?.scheme.startsWith('smtp')) ? 0.5 : 0),
  urls: URLS,
  names: { from: ['MAIL_FROM', 'SMTP_FROM', 'EMAIL_FROM'] },
  defaultPort: (security) => (security === 'tls' ? 465 : 587),
  security: () => ({ value: 'starttls-if-offered' }),
  more: (read, profile, draft) => {
    const url = read.raw(...URLS);
    if (url) readUrl(url, profile, draft);
  },
};

function readUrl({ value, origin }: Found<string>, profile: ProfileDraft, draft: ImportDraft): void {
  const url = readMailUrl(value);
  if (!url || !/^smtps?$/.test(url.scheme)) {
    draft.ignore(origin, 'This is no mail URL.');
    return;
  }
  const flag = (key: string) => ({ true: true, false: false })[url.query.get(key) ?? ''];
  // Port 465 is TLS from the first byte, unless it is said not to be (smtp-connection, constructor).
  const secure = url.scheme === 'smtps' || (flag('secure') ?? url.port === 465);
  const upgrade = flag('requireTLS') ? 'starttls' : flag('ignoreTLS') ? 'none' : 'starttls-if-offered';
  setServerAndAccount(url, origin, profile);
  profile.set('server.security', secure ? 'tls' : upgrade, origin);
  profile.set('server.port', url.port ?? (secure ? 465 : 587), origin);
  if (flag('tls.rejectUnauthorized') === false) profile.set('tls.verifyCertificate', false, origin);
  const name = url.query.get('name');
  if (name) profile.set('server.ehloName', name, origin);
}
