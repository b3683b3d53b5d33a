import type { Security } from '../../../../shared/profile.ts';
import type { ImportDraft, ProfileDraft } from '../../draft.ts';
import { readMailUrl, setServerAndAccount } from '../mail-url.ts';
import { type SecurityReading, setMailbox, type Vocabulary } from '../read-profile.ts';
import type { Found } from '../variables.ts';

/** authentik (authentik/lib/default.yml). */
export const AUTHENTIK: Vocabulary = {
  id: 'authentik',
  product: 'authentik',
  score: (read) => (read.names().some((name) => name.startsWith('AUTHENTIK_EMAIL__')) ? 0.97 : 0),
  names: {
    host: ['AUTHENTIK_EMAIL__HOST'],
    port: ['AUTHENTIK_EMAIL__PORT'],
    username: ['AUTHENTIK_EMAIL__USERNAME'],
    password: ['AUTHENTIK_EMAIL__PASSWORD'],
    from: ['AUTHENTIK_EMAIL__FROM'],
    connectTimeout: ['AUTHENTIK_EMAIL__TIMEOUT'],
  },
  defaultPort: () => 25,
  security: (read, _port, draft) =>
    exclusivePair(read.flag('AUTHENTIK_EMAIL__USE_TLS'), read.flag('AUTHENTIK_EMAIL__USE_SSL'), 'authentik', draft),
  family: /^AUTHENTIK_EMAIL__/,
};

/** Django's two switches: USE_TLS is STARTTLS, required; USE_SSL is TLS from the first byte; both is an error. */
export function exclusivePair(
  tls: Found<boolean> | undefined,
  ssl: Found<boolean> | undefined,
  product: string,
  draft: ImportDraft,
): SecurityReading {
  if (tls?.value && ssl?.value) {
    draft.warn(
      `Line ${ssl.origin.line}: STARTTLS (USE_TLS) and TLS (USE_SSL) are both on. ${product} sends nothing then.`,
    );
  }
  if (ssl?.value) return { value: 'tls', origin: ssl.origin };
  if (tls?.value) return { value: 'starttls', origin: tls.origin };
  const origin = tls?.origin ?? ssl?.origin;
  return { value: 'none', ...(origin && { origin }) };
}

const DJANGO_SIGNS = [
  'EMAIL_HOST_USER',
  'EMAIL_HOST_PASSWORD',
  'EMAIL_BACKEND',
  'DJANGO_SETTINGS_MODULE',
  'DJANGO_SECRET_KEY',
];

/** Django with variables named as its settings, or with the URL of dj-email-url and django-environ. */
export const DJANGO: Vocabulary = {
  id: 'django',
  product: 'Django',
  score: (read) => {
    if (read.has('EMAIL_URL', 'DJANGO_EMAIL_URL')) return 0.9;
    if (!read.has('EMAIL_HOST')) return 0;
    return read.has(...DJANGO_SIGNS) ? 0.88 : 0;
  },
  urls: ['EMAIL_URL', 'DJANGO_EMAIL_URL'],
  names: {
    host: ['EMAIL_HOST'],
    port: ['EMAIL_PORT'],
    username: ['EMAIL_HOST_USER'],
    password: ['EMAIL_HOST_PASSWORD'],
    from: ['DEFAULT_FROM_EMAIL'],
    connectTimeout: ['EMAIL_TIMEOUT'],
  },
  defaultPort: () => 25,
  security: (read, _port, draft) =>
    exclusivePair(read.flag('EMAIL_USE_TLS'), read.flag('EMAIL_USE_SSL'), 'Django', draft),
  more: (read, profile, draft) => {
    const url = read.raw('EMAIL_URL', 'DJANGO_EMAIL_URL');
    if (url && url.value !== '') readEmailUrl(url, profile, draft);
    const backend = read.text('EMAIL_BACKEND', 'DJANGO_EMAIL_BACKEND');
    if (backend && backend.value !== '') {
      const smtp = /(^|\.)smtp\.|^smtp$/i.test(backend.value);
      profile.set('status', smtp ? 'active' : 'inactive', backend.origin);
    }
    const server = read.text('SERVER_EMAIL');
    if (server && server.value !== '' && server.value !== read.raw('DEFAULT_FROM_EMAIL')?.value) {
      draft.ignore(server.origin, 'This is the sender of error mails only.');
    }
  },
};

/** Schemes of dj-email-url and django-environ; `smtps` is STARTTLS in both. */
const SCHEMES: Record<string, { security: Security; port: number }> = {
  smtp: { security: 'none', port: 25 },
  submission: { security: 'starttls', port: 587 },
  submit: { security: 'starttls', port: 587 },
  smtps: { security: 'starttls', port: 587 },
  'smtp+tls': { security: 'starttls', port: 587 },
  'smtp+ssl': { security: 'tls', port: 465 },
};

function readEmailUrl({ value, origin }: Found<string>, profile: ProfileDraft, draft: ImportDraft): void {
  const url = readMailUrl(value);
  if (!url) {
    const reference = /^\$|^\{\{/.test(value);
    draft.ignore(origin, reference ? 'This points to another variable.' : 'This is no mail URL.');
    return;
  }
  const scheme = SCHEMES[url.scheme];
  if (!scheme) {
    profile.set('status', 'inactive', origin);
    draft.warn(`Line ${origin.line}: the URL names no SMTP server, so no mail is sent.`);
    return;
  }
  const on = (key: string) => /^(true|1|yes|on)$/i.test(url.query.get(key) ?? '');
  const security =
    on('ssl') || on('EMAIL_USE_SSL') ? 'tls' : on('tls') || on('EMAIL_USE_TLS') ? 'starttls' : scheme.security;
  setServerAndAccount(url, origin, profile);
  profile.set('server.port', url.port ?? scheme.port, origin);
  profile.set('server.security', security, origin);
  const timeout = url.query.get('timeout') ?? url.query.get('EMAIL_TIMEOUT');
  if (timeout && /^\d{1,4}$/.test(timeout)) profile.set('server.connectTimeoutSeconds', Number(timeout), origin);
  const from = url.query.get('_default_from_email');
  if (from) setMailbox({ value: from, origin }, 'from', profile);
  if (url.scheme === 'smtps') {
    draft.warn(`Line ${origin.line}: smtps means STARTTLS here, not TLS from the first byte.`);
  }
}
