import { parse } from 'yaml';
import type { ProfileSettings } from '../../../shared/profile.ts';
import { accountVariables, type EnvChanges, envTarget, mailboxText } from '../env/product.ts';
import { MASTODON } from '../env/vocabularies/rails.ts';
import { mechanismWord } from '../mechanism-word.ts';
import type { ExportContext, Target } from '../target.ts';

const STARTTLS = {
  none: { SMTP_ENABLE_STARTTLS: 'never', SMTP_ENABLE_STARTTLS_AUTO: 'false' },
  'starttls-if-offered': { SMTP_ENABLE_STARTTLS: 'auto', SMTP_ENABLE_STARTTLS_AUTO: 'true' },
  starttls: { SMTP_ENABLE_STARTTLS: 'always', SMTP_ENABLE_STARTTLS_AUTO: 'true' },
  // The mail library refuses TLS together with STARTTLS.
  tls: { SMTP_ENABLE_STARTTLS: 'never', SMTP_ENABLE_STARTTLS_AUTO: 'false' },
} as const;

const MECHANISMS = { auto: 'plain', PLAIN: 'plain', LOGIN: 'login', 'CRAM-MD5': 'cram_md5' } as const;

function variables(settings: ProfileSettings, context: ExportContext): EnvChanges {
  const { server, sender, signIn, tls } = settings;
  return {
    SMTP_SERVER: server.host,
    SMTP_PORT: String(server.port),
    ...accountVariables(settings, context, { username: 'SMTP_LOGIN', password: 'SMTP_PASSWORD' }),
    SMTP_AUTH_METHOD: signIn.method === 'none' ? 'none' : mechanismWord<string>(MECHANISMS, signIn.mechanism),
    SMTP_FROM_ADDRESS: sender.from.address ? mailboxText(sender.from) : undefined,
    SMTP_REPLY_TO: sender.replyTo.address || undefined,
    SMTP_RETURN_PATH: sender.envelopeFrom || undefined,
    SMTP_DOMAIN: server.ehloName || undefined,
    ...STARTTLS[server.security],
    SMTP_TLS: server.security === 'tls' ? 'true' : undefined,
    SMTP_SSL: undefined,
    SMTP_OPENSSL_VERIFY_MODE: server.security === 'none' ? undefined : tls.verifyCertificate ? 'peer' : 'none',
  };
}

/** Variables that are settings of their own and no texts. */
const TYPED = /PORT|TLS|METHOD|MODE/;

/** From 4.3 on, email.yml takes each value over as it is, without quotes, and is then read as YAML. */
function refuses(variable: string, value: string): string | null {
  if (value === '' || TYPED.test(variable) || isPlainYaml(value)) return null;
  return 'from 4.3 on, Mastodon puts it into YAML without quotes, where it would change. Use letters, digits and hyphens.';
}

/** What a text without quotes may begin with and hold for every reader of YAML. */
const PLAIN = /^[\p{L}\p{N}_./+$(;^)\\<][\p{L}\p{M}\p{N}\p{P}\p{S} ]*$/u;

function isPlainYaml(value: string): boolean {
  // Ruby's YAML also makes symbols, dates and numbers with commas of plain words.
  if (!PLAIN.test(value) || /^[:=]|^[-+]?[\d.,_:]+$|^\d{4}-\d\d?-\d\d?|[\r\n\t]|<%|^[~<]$/.test(value)) return false;
  return (['1.1', '1.2'] as const).every((version) => {
    try {
      const read: unknown = parse(`value: ${value}\nnext: 1\n`, { version, logLevel: 'silent' });
      return JSON.stringify(read) === JSON.stringify({ value, next: 1 });
    } catch {
      return false;
    }
  });
}

/** Mastodon: .env.production, read by config/email.yml. */
export const mastodon: Target = envTarget({
  id: 'mastodon',
  name: 'Mastodon',
  fileName: '.env.production',
  summary: 'Variables of .env.production',
  vocabulary: MASTODON,
  variables,
  refuses,
  expresses: ['requireStarttls', 'ehloName', 'verifyCertificate', 'mechanism', 'fromName', 'replyTo', 'envelopeFrom'],
  words: {
    connectTimeout: 'has the time limits of its mail library.',
    ca: 'takes its CA certificates from a file on the server: name it in SMTP_CA_FILE.',
  },
  limits: ({ signIn }) =>
    signIn.method === 'password' && signIn.mechanism === 'auto'
      ? [
          {
            severity: 'lossy',
            field: 'signIn.mechanism',
            text: 'Mastodon does not choose the mechanism. PLAIN is written.',
          },
        ]
      : [],
  passwordKey: 'SMTP_PASSWORD',
  passwordElsewhere: 'Set SMTP_PASSWORD in the environment of the services web and sidekiq',
  restart: [
    { title: 'With Docker Compose, make the containers anew', command: 'docker compose up -d' },
    {
      title: 'Without containers, restart the services',
      command: 'sudo systemctl restart mastodon-web mastodon-sidekiq',
    },
    {
      title: 'Send a test message',
      command: 'RAILS_ENV=production bin/rails runner "UserMailer.welcome(User.first).deliver_now"',
    },
  ],
});
