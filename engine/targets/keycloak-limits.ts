import { splitAddress } from '../../shared/address.ts';
import type { ProfileSettings } from '../../shared/profile.ts';
import type { TargetLimit } from '../../shared/target.ts';
import { tokenEndpoint } from '../smtp/oauth/endpoint.ts';
import { commonLimits, lossy, refused } from './limits.ts';
import type { ExportContext } from './target.ts';

const NAME = 'Keycloak';

/** What of the settings Keycloak refuses or forgets. */
export function keycloakLimits(settings: ProfileSettings, context: ExportContext): TargetLimit[] {
  const { server, signIn, sender, products } = settings;
  const found: TargetLimit[] = [];
  if (sender.from.address === '')
    found.push(refused('sender.from.address', `${NAME} sends nothing without a From address.`));
  for (const [field, address] of [
    ['sender.from.address', sender.from.address],
    ['sender.replyTo.address', sender.replyTo.address],
  ] as const) {
    if (!/^[\x20-\x7e]*$/.test(splitAddress(address)?.local ?? '') && !products.keycloak?.allowutf8) {
      found.push(refused(field, `${NAME} refuses this address unless Allow UTF-8 is on.`));
    }
  }
  if (signIn.method === 'oauth2') found.push(...oauthLimits(settings));
  const ownTimeout = products.keycloak?.timeout;
  if (ownTimeout !== undefined && Math.ceil(ownTimeout / 1000) !== server.commandTimeoutSeconds) {
    found.push(
      lossy('server.commandTimeoutSeconds', `${NAME} takes its own option timeout (${ownTimeout} ms) instead.`),
    );
  }
  found.push(...secretLimits(settings, context), ...interpolationLimits(settings, context));
  const able = ['connectTimeout', 'commandTimeout', 'fromName', 'replyTo', 'replyToName', 'envelopeFrom'] as const;
  const common = commonLimits(settings, NAME, able, {
    verifyCertificate: 'checks certificates for the whole server alike, not for each realm.',
    ca: 'takes CAs for the whole server: add it with the option truststore-paths.',
    mechanism: 'leaves the choice of the mechanism to JavaMail.',
    ehloName: 'takes its EHLO name from the system.',
  });
  return [...found, ...common];
}

function oauthLimits({ signIn: { oauth } }: ProfileSettings): TargetLimit[] {
  const found: TargetLimit[] = [];
  if (oauth.grant !== 'client-credentials') {
    found.push(refused('signIn.oauth.grant', `${NAME} gets its token with client credentials only.`));
  }
  if (tokenEndpoint(oauth) === '') found.push(refused('signIn.oauth.tokenUrl', `${NAME} needs the token address.`));
  if (oauth.provider === 'microsoft' && oauth.tokenUrl === '' && oauth.tenant === '') {
    found.push(refused('signIn.oauth.tenant', 'Microsoft gives a server its token only for a named tenant.'));
  }
  return found;
}

function secretLimits({ signIn }: ProfileSettings, { secrets }: ExportContext): TargetLimit[] {
  if (signIn.method === 'none' || secrets.policy !== 'leave-out') return [];
  const text = `${NAME} replaces its mail settings as a whole and so forgets the stored secret. Enter it again afterwards.`;
  return [lossy('signIn.method', text)];
}

/** `kc.sh import` replaces `${...}` anywhere in the file, and no way to escape it is known. */
function interpolationLimits({ signIn, sender, server }: ProfileSettings, { secrets }: ExportContext): TargetLimit[] {
  const texts = [
    ['server.host', server.host],
    ['signIn.username', signIn.method === 'none' ? '' : signIn.username],
    ['signIn.method', secrets.values.password ?? ''],
    ['signIn.method', secrets.values.clientSecret ?? ''],
    ['signIn.oauth.scope', signIn.oauth.scope],
    ['signIn.oauth.clientId', signIn.oauth.clientId],
    ['sender.from.address', sender.from.address],
    ['sender.from.name', sender.from.name],
    ['sender.replyTo.address', sender.replyTo.address],
    ['sender.replyTo.name', sender.replyTo.name],
    ['sender.envelopeFrom', sender.envelopeFrom],
  ] as const;
  return texts
    .filter(([, text]) => text.includes('${'))
    .map(([field]) =>
      lossy(field, `${NAME} replaces \${…} when a file is imported at start. Send it with kcadm instead.`),
    );
}
