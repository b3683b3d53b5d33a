import type { ProfileSettings } from '../../../shared/profile.ts';
import { accountVariables, type EnvChanges, envTarget, mailboxText } from '../env/product.ts';
import { N8N } from '../env/vocabularies/node.ts';
import type { ExportContext, Target } from '../target.ts';

function variables(settings: ProfileSettings, context: ExportContext): EnvChanges {
  const { server, sender, status } = settings;
  const tls = server.security === 'tls';
  return {
    N8N_EMAIL_MODE: status === 'active' ? 'smtp' : '',
    N8N_SMTP_HOST: server.host,
    N8N_SMTP_PORT: String(server.port),
    N8N_SMTP_SSL: String(tls),
    N8N_SMTP_STARTTLS: tls ? undefined : String(server.security !== 'none'),
    ...accountVariables(settings, context, {
      username: 'N8N_SMTP_USER',
      password: 'N8N_SMTP_PASS',
      passwordFile: 'N8N_SMTP_PASS_FILE',
    }),
    N8N_SMTP_SENDER: sender.from.address ? mailboxText(sender.from) : undefined,
  };
}

/** n8n: variables of its container. */
export const n8n: Target = envTarget({
  id: 'n8n',
  name: 'n8n',
  fileName: '.env',
  summary: 'Variables of the container',
  vocabulary: N8N,
  variables,
  expresses: ['inactive', 'fromName'],
  words: { ca: 'trusts the CAs that Node.js knows: name another in NODE_EXTRA_CA_CERTS.' },
  passwordKey: 'N8N_SMTP_PASS',
  passwordElsewhere: 'Make the password a secret of the container, so that N8N_SMTP_PASS_FILE finds it',
  restart: [
    { title: 'Make the container anew', command: 'docker compose up -d n8n' },
    { title: 'Invite a user to see a message arrive', command: '' },
  ],
});
