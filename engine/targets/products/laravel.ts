import type { ProfileSettings } from '../../../shared/profile.ts';
import type { TargetLimit } from '../../../shared/target.ts';
import { accountVariables, type EnvChanges, envTarget } from '../env/product.ts';
import { LARAVEL } from '../env/vocabularies/php.ts';
import { lossy, refused } from '../limits.ts';
import type { ExportContext, Target } from '../target.ts';

function variables(settings: ProfileSettings, context: ExportContext): EnvChanges {
  const { server, sender, status } = settings;
  const tls = server.security === 'tls';
  return {
    MAIL_MAILER: status === 'active' ? 'smtp' : 'log',
    MAIL_DRIVER: undefined,
    // From version 12 on it is MAIL_SCHEME, before that MAIL_ENCRYPTION; each leaves the other's variable alone.
    MAIL_SCHEME: tls ? 'smtps' : 'smtp',
    MAIL_ENCRYPTION: tls ? 'ssl' : 'tls',
    MAIL_HOST: server.host,
    MAIL_PORT: String(server.port),
    ...accountVariables(settings, context, { username: 'MAIL_USERNAME', password: 'MAIL_PASSWORD' }),
    MAIL_FROM_ADDRESS: sender.from.address || undefined,
    MAIL_FROM_NAME: sender.from.name || undefined,
    MAIL_EHLO_DOMAIN: server.ehloName || undefined,
  };
}

function limits({ server, signIn }: ProfileSettings): TargetLimit[] {
  const found: TargetLimit[] = [];
  if (server.security === 'none') {
    found.push(lossy('server.security', 'Laravel uses STARTTLS whenever the server offers it.'));
  }
  if (server.port === 465 && server.security !== 'tls') {
    found.push(lossy('server.security', 'Laravel begins with TLS on port 465, whatever the settings say.'));
  }
  if (/^\(?null\)?$/i.test(signIn.username)) {
    found.push(refused('signIn.username', 'Laravel takes the word null for no user name.'));
  }
  return found;
}

const WORDS = /^\(?(true|false|null|empty)\)?$/i;

/** Laravel: .env beside the program, with the variables of config/mail.php. */
export const laravel: Target = envTarget({
  id: 'laravel',
  name: 'Laravel',
  fileName: '.env',
  summary: 'Variables of .env, for config/mail.php of all versions',
  vocabulary: LARAVEL,
  variables,
  limits,
  refuses: (variable, value) =>
    variable.endsWith('PASSWORD') && WORDS.test(value) ? 'Laravel makes a value of its own of this word.' : null,
  expresses: ['inactive', 'ehloName', 'fromName'],
  words: {
    requireStarttls: 'uses STARTTLS only when the server offers it. Up to version 8 it requires it.',
    verifyCertificate: 'switches the check off only in config/mail.php, with verify_peer.',
    connectTimeout: 'sets its time limit in config/mail.php, with timeout.',
  },
  passwordKey: 'MAIL_PASSWORD',
  passwordElsewhere: 'Set MAIL_PASSWORD in the environment of the web server and of the queue workers',
  restart: [
    { title: 'Drop the cached configuration', command: 'php artisan config:clear' },
    { title: 'Restart the queue workers', command: 'php artisan queue:restart' },
  ],
});
