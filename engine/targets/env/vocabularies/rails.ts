import type { SecurityReading, Vocabulary } from '../read-profile.ts';
import type { Variables } from '../variables.ts';

/** Mastodon (config/email.yml). */
export const MASTODON: Vocabulary = {
  id: 'mastodon',
  product: 'Mastodon',
  score: (read) => {
    if (!read.has('SMTP_SERVER')) return 0;
    if (read.has('LOCAL_DOMAIN', 'SMTP_RETURN_PATH', 'SMTP_AUTH_METHOD', 'SMTP_OPENSSL_VERIFY_MODE')) return 0.92;
    return read.has('SMTP_LOGIN') ? 0.85 : 0.5;
  },
  names: {
    host: ['SMTP_SERVER'],
    port: ['SMTP_PORT'],
    username: ['SMTP_LOGIN'],
    password: ['SMTP_PASSWORD'],
    from: ['SMTP_FROM_ADDRESS'],
    replyTo: ['SMTP_REPLY_TO'],
    envelopeFrom: ['SMTP_RETURN_PATH'],
    ehloName: ['SMTP_DOMAIN'],
    verifyMode: ['SMTP_OPENSSL_VERIFY_MODE'],
    mechanism: ['SMTP_AUTH_METHOD'],
    caFile: ['SMTP_CA_FILE'],
  },
  defaultPort: () => 25,
  security: mastodonSecurity,
  more: (read, profile, draft) => {
    const method = read.text('SMTP_DELIVERY_METHOD');
    if (method && !/^(smtp|)$/i.test(method.value)) {
      profile.set('status', 'inactive', method.origin);
      draft.warn(`Line ${method.origin.line}: mail is not sent by SMTP (SMTP_DELIVERY_METHOD).`);
    }
  },
  family: /^SMTP_/,
};

function mastodonSecurity(read: Variables): SecurityReading {
  const tls = [read.flag('SMTP_TLS'), read.flag('SMTP_SSL')].find((flag) => flag?.value);
  const mode = read.text('SMTP_ENABLE_STARTTLS');
  const auto = read.flag('SMTP_ENABLE_STARTTLS_AUTO');
  if (tls) return { value: 'tls', origin: tls.origin };
  if (mode?.value === 'always') return { value: 'starttls', origin: mode.origin };
  if (mode?.value === 'never') return { value: 'none', origin: mode.origin };
  if (mode?.value === 'auto') return { value: 'starttls-if-offered', origin: mode.origin };
  if (auto) return { value: auto.value ? 'starttls-if-offered' : 'none', origin: auto.origin };
  return { value: 'starttls-if-offered' };
}

/** Discourse in a container (discourse_docker, config/application). */
export const DISCOURSE: Vocabulary = {
  id: 'discourse',
  product: 'Discourse',
  score: (read) => (read.has('DISCOURSE_SMTP_ADDRESS') ? 0.97 : 0),
  names: {
    host: ['DISCOURSE_SMTP_ADDRESS'],
    port: ['DISCOURSE_SMTP_PORT'],
    username: ['DISCOURSE_SMTP_USER_NAME'],
    password: ['DISCOURSE_SMTP_PASSWORD'],
    from: ['DISCOURSE_NOTIFICATION_EMAIL'],
    ehloName: ['DISCOURSE_SMTP_DOMAIN'],
    verifyMode: ['DISCOURSE_SMTP_OPENSSL_VERIFY_MODE'],
    mechanism: ['DISCOURSE_SMTP_AUTHENTICATION'],
    connectTimeout: ['DISCOURSE_SMTP_OPEN_TIMEOUT'],
    commandTimeout: ['DISCOURSE_SMTP_READ_TIMEOUT'],
  },
  // discourse_defaults.conf; the sample's comment says 587.
  defaultPort: () => 25,
  security: (read) => {
    const force = read.flag('DISCOURSE_SMTP_FORCE_TLS');
    const starttls = read.flag('DISCOURSE_SMTP_ENABLE_START_TLS');
    if (force?.value) return { value: 'tls', origin: force.origin };
    if (starttls) return { value: starttls.value ? 'starttls-if-offered' : 'none', origin: starttls.origin };
    return { value: 'starttls-if-offered' };
  },
  family: /^DISCOURSE_SMTP_/,
};

/** The image sameersbn/gitlab, which has names of its own. */
export const DOCKER_GITLAB: Vocabulary = {
  id: 'docker-gitlab',
  product: 'GitLab (sameersbn)',
  score: (read) => {
    if (!read.has('SMTP_HOST', 'SMTP_DOMAIN', 'SMTP_ENABLED')) return 0;
    return read.has('GITLAB_HOST', 'GITLAB_EMAIL', 'GITLAB_SECRETS_DB_KEY_BASE', 'GITLAB_PORT') ? 0.93 : 0;
  },
  names: {
    host: ['SMTP_HOST'],
    port: ['SMTP_PORT'],
    username: ['SMTP_USER'],
    password: ['SMTP_PASS'],
    from: ['GITLAB_EMAIL'],
    fromName: ['GITLAB_EMAIL_DISPLAY_NAME'],
    replyTo: ['GITLAB_EMAIL_REPLY_TO'],
    ehloName: ['SMTP_DOMAIN'],
    verifyMode: ['SMTP_OPENSSL_VERIFY_MODE'],
    mechanism: ['SMTP_AUTHENTICATION'],
    enabled: ['SMTP_ENABLED'],
    caFile: ['SMTP_CA_FILE'],
  },
  defaultPort: () => 587,
  security: (read) => {
    const tls = read.flag('SMTP_TLS');
    const starttls = read.flag('SMTP_STARTTLS');
    if (tls?.value) return { value: 'tls', origin: tls.origin };
    // SMTP_TLS=false says only that TLS does not begin with the first byte.
    if (starttls) return { value: starttls.value ? 'starttls-if-offered' : 'none', origin: starttls.origin };
    return { value: 'starttls-if-offered' };
  },
  family: /^SMTP_/,
};
