import type { ProfileSettings } from '../../../shared/profile.ts';
import { accountVariables, type EnvChanges, envTarget } from '../env/product.ts';
import { METABASE } from '../env/vocabularies/others.ts';
import type { ExportContext, Target } from '../target.ts';

const SECURITY = { none: 'none', 'starttls-if-offered': 'tls', starttls: 'starttls', tls: 'ssl' } as const;

function variables(settings: ProfileSettings, context: ExportContext): EnvChanges {
  const { server, sender } = settings;
  return {
    MB_EMAIL_SMTP_HOST: server.host,
    MB_EMAIL_SMTP_PORT: String(server.port),
    MB_EMAIL_SMTP_SECURITY: SECURITY[server.security],
    ...accountVariables(settings, context, { username: 'MB_EMAIL_SMTP_USERNAME', password: 'MB_EMAIL_SMTP_PASSWORD' }),
    MB_EMAIL_FROM_ADDRESS: sender.from.address || undefined,
    MB_EMAIL_FROM_NAME: sender.from.name || undefined,
    MB_EMAIL_REPLY_TO: sender.replyTo.address ? JSON.stringify([sender.replyTo.address]) : undefined,
  };
}

/** Metabase: variables, which lock the same settings in its admin pages. */
export const metabase: Target = envTarget({
  id: 'metabase',
  name: 'Metabase',
  fileName: '.env',
  summary: 'Variables of the container or service',
  vocabulary: METABASE,
  variables,
  expresses: ['requireStarttls', 'fromName', 'replyTo'],
  words: { ca: 'trusts the CAs of its Java. Import the CA into the trust store there.' },
  passwordKey: 'MB_EMAIL_SMTP_PASSWORD',
  passwordElsewhere: 'Set MB_EMAIL_SMTP_PASSWORD in the environment of the container',
  restart: [
    { title: 'Make the container anew', command: 'docker compose up -d metabase' },
    { title: 'Under Admin > Settings > Email, choose Send test email', command: '' },
  ],
});
