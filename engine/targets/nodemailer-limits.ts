import type { ProfileSettings } from '../../shared/profile.ts';
import type { TargetLimit } from '../../shared/target.ts';
import { commonLimits, lossy, refused } from './limits.ts';
import type { ExportContext } from './target.ts';

const NAME = 'nodemailer';

/** What of the settings nodemailer, or its JSON form, refuses or forgets. */
export function nodemailerLimits(settings: ProfileSettings, { secrets }: ExportContext): TargetLimit[] {
  const { signIn, sender } = settings;
  const found: TargetLimit[] = [];
  if (signIn.method !== 'none' && secrets.policy === 'environment') {
    const text = 'A JSON file cannot point to the environment. The program has to put the secret into auth itself.';
    found.push(lossy('signIn.method', text));
  }
  if (signIn.method === 'oauth2') {
    if (signIn.oauth.grant === 'client-credentials') {
      found.push(
        refused('signIn.oauth.grant', `${NAME} gets its token from a refresh token, not from client credentials.`),
      );
    }
    if (signIn.oauth.grant === 'refresh-token' && signIn.oauth.clientId === '') {
      found.push(refused('signIn.oauth.clientId', `${NAME} cannot use a refresh token without a client id.`));
    }
    if (signIn.oauth.scope !== '')
      found.push(lossy('signIn.oauth.scope', `${NAME} asks for a token without naming a scope.`));
  }
  if (signIn.method === 'password' && signIn.username === '') {
    found.push(lossy('signIn.method', `${NAME} does not sign in without a user name.`));
  }
  if (sender.from.address === '' && sender.from.name !== '') {
    found.push(lossy('sender.from.name', `${NAME} has no place for a name without an address.`));
  }
  if (sender.replyTo.address === '' && sender.replyTo.name !== '') {
    found.push(lossy('sender.replyTo.name', `${NAME} has no place for a name without an address.`));
  }
  const common = commonLimits(
    settings,
    NAME,
    [
      'requireStarttls',
      'ehloName',
      'connectTimeout',
      'commandTimeout',
      'proxy',
      'verifyCertificate',
      'serverName',
      'minVersion',
      'ca',
      'mechanism',
      'fromName',
      'replyTo',
      'replyToName',
      'errorsTo',
      'cc',
      'bcc',
      'headers',
    ],
    {
      // A default envelope without recipients makes every message fail: "No recipients defined" (mime-node).
      envelopeFrom: 'takes an envelope sender only with each message, not as a default.',
      clientCertificate: 'would need the private key in the same file. Add cert and key under tls in the program.',
    },
  );
  return [...found, ...common];
}
