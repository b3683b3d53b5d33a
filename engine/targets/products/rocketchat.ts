import { bareHost, isIPv6 } from '../../../shared/host.ts';
import type { ProfileSettings } from '../../../shared/profile.ts';
import type { TargetLimit } from '../../../shared/target.ts';
import { accountVariables, type EnvChanges, envTarget, mailboxText } from '../env/product.ts';
import { ROCKETCHAT } from '../env/vocabularies/node.ts';
import { lossy, refused } from '../limits.ts';
import type { ExportContext, Target } from '../target.ts';

function variables(settings: ProfileSettings, context: ExportContext): EnvChanges {
  const { server, sender } = settings;
  const account = accountVariables(settings, context, {
    username: 'OVERWRITE_SETTING_SMTP_Username',
    password: 'OVERWRITE_SETTING_SMTP_Password',
  });
  return {
    OVERWRITE_SETTING_SMTP_Protocol: server.security === 'tls' ? 'smtps' : 'smtp',
    OVERWRITE_SETTING_SMTP_Host: server.host,
    OVERWRITE_SETTING_SMTP_Port: String(server.port),
    OVERWRITE_SETTING_SMTP_IgnoreTLS: server.security === 'tls' ? undefined : String(server.security === 'none'),
    ...account,
    OVERWRITE_SETTING_From_Email: sender.from.address ? mailboxText(sender.from) : undefined,
  };
}

function limits({ server, signIn, sender }: ProfileSettings): TargetLimit[] {
  const found: TargetLimit[] = [];
  if (isIPv6(bareHost(server.host))) {
    found.push(refused('server.host', 'Rocket.Chat makes a URL of host and port and cannot take an IPv6 address.'));
  }
  if (sender.from.address === '') found.push(refused('sender.from.address', 'Rocket.Chat sends nothing without From.'));
  if (signIn.method === 'none') {
    found.push(
      lossy('signIn.method', 'Rocket.Chat keeps a user name that was saved before. Empty it in its settings.'),
    );
  }
  return found;
}

/** Rocket.Chat: settings that variables overwrite at each start. */
export const rocketchat: Target = envTarget({
  id: 'rocketchat',
  name: 'Rocket.Chat',
  fileName: '.env',
  summary: 'Variables that overwrite the settings of its workspace',
  vocabulary: ROCKETCHAT,
  variables,
  limits,
  expresses: ['fromName'],
  words: {
    verifyCertificate: 'has a switch only for all its connections: NODE_TLS_REJECT_UNAUTHORIZED=0.',
    ca: 'trusts the CAs that Node.js knows: name another in NODE_EXTRA_CA_CERTS.',
  },
  passwordKey: 'OVERWRITE_SETTING_SMTP_Password',
  passwordElsewhere: 'Set OVERWRITE_SETTING_SMTP_Password in the environment of the container',
  restart: [
    { title: 'Make the container anew', command: 'docker compose up -d rocketchat' },
    { title: 'Under Workspace > Settings > Email > SMTP, choose Send a test mail', command: '' },
  ],
});
