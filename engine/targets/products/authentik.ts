import type { ProfileSettings } from '../../../shared/profile.ts';
import type { TargetLimit } from '../../../shared/target.ts';
import { accountVariables, type EnvChanges, envTarget, mailboxText, SECRET_FILE } from '../env/product.ts';
import { AUTHENTIK } from '../env/vocabularies/python.ts';
import { lossy } from '../limits.ts';
import type { ExportContext, Target } from '../target.ts';

function variables(settings: ProfileSettings, context: ExportContext): EnvChanges {
  const { server, sender } = settings;
  return {
    AUTHENTIK_EMAIL__HOST: server.host,
    AUTHENTIK_EMAIL__PORT: String(server.port),
    ...accountVariables(
      settings,
      context,
      { username: 'AUTHENTIK_EMAIL__USERNAME', password: 'AUTHENTIK_EMAIL__PASSWORD' },
      `file://${SECRET_FILE}`,
    ),
    // Both at once is an error of the mail library (Django).
    AUTHENTIK_EMAIL__USE_TLS: String(server.security === 'starttls' || server.security === 'starttls-if-offered'),
    AUTHENTIK_EMAIL__USE_SSL: String(server.security === 'tls'),
    AUTHENTIK_EMAIL__TIMEOUT: String(server.connectTimeoutSeconds),
    AUTHENTIK_EMAIL__FROM: sender.from.address ? mailboxText(sender.from) : undefined,
  };
}

/** Any value that begins so is replaced by what it points to (authentik/lib/config.py). */
function refuses(variable: string, value: string): string | null {
  if (!/^(env|file):\/\//.test(value) || (variable.endsWith('PASSWORD') && value === `file://${SECRET_FILE}`))
    return null;
  return 'authentik takes a value that begins with env:// or file:// for a reference.';
}

function limits({ server }: ProfileSettings): TargetLimit[] {
  if (server.security !== 'starttls-if-offered') return [];
  return [lossy('server.security', 'authentik has no STARTTLS if offered. It is required instead.')];
}

/** authentik: variables of its server and worker. */
export const authentik: Target = envTarget({
  id: 'authentik',
  name: 'authentik',
  fileName: '.env',
  summary: 'Variables of the containers server and worker',
  vocabulary: AUTHENTIK,
  variables,
  refuses,
  limits,
  expresses: ['requireStarttls', 'connectTimeout', 'fromName'],
  words: { commandTimeout: 'has one time limit, that of the connection, for replies too.' },
  passwordKey: 'AUTHENTIK_EMAIL__PASSWORD',
  passwordElsewhere: `Make the password a secret of both containers, so that they find it in ${SECRET_FILE}`,
  restart: [
    { title: 'Make both containers anew', command: 'docker compose up -d server worker' },
    { title: 'Send a test message', command: 'docker compose exec worker ak test_email YOUR-ADDRESS' },
  ],
});
