import { readFileSync } from 'node:fs';
import type { ProfileSettings } from '../../../../shared/profile.ts';
import type { SecretKind } from '../../../../shared/secrets.ts';
import { settingsFor } from '../support.ts';
import type { Variation } from './expectations.ts';
import type { Endpoint } from './servers.ts';

type Secrets = Partial<Record<SecretKind, string>>;

/** The profile that a person would have for an endpoint, with what an expectation changes in it, and its secrets. */
export function profileFor(endpoint: Endpoint, variation: Variation): { settings: ProfileSettings; secrets: Secrets } {
  const secrets: Secrets = {};
  const settings = settingsFor(endpoint.port, (draft) => {
    draft.server.host = endpoint.host;
    draft.server.security = variation.security ?? endpoint.security;
    draft.server.ehloName = variation.ehloName ?? 'client.example.com';
    draft.server.connectTimeoutSeconds = variation.seconds ?? 10;
    draft.server.commandTimeoutSeconds = variation.seconds ?? 10;
    draft.tls.serverName = variation.serverName ?? endpoint.servername ?? '';
    draft.tls.caPem = pem(variation.trust === 'public' ? null : endpoint.certFile);
    draft.tls.verifyCertificate = variation.verify ?? true;
    draft.tls.minVersion = variation.minVersion ?? 'TLSv1.2';
    draft.sender.from.address = variation.from ?? endpoint.user ?? 'alice@mail.test';
    const padding = { name: 'X-Padding', value: 'x'.repeat(900) };
    draft.sender.headers = Array.from({ length: variation.padding ?? 0 }, () => padding);
    showClientCertificate(draft, secrets, endpoint, variation);
    signIn(draft, secrets, endpoint, variation);
  });
  return { settings, secrets };
}

function showClientCertificate(
  settings: ProfileSettings,
  secrets: Secrets,
  endpoint: Endpoint,
  { client }: Variation,
): void {
  if (client === undefined) return;
  const [certificate, key] = {
    good: [endpoint.clientCert, endpoint.clientKey],
    expired: [endpoint.expiredClientCert, endpoint.expiredClientKey],
    untrusted: [endpoint.untrustedClientCert, endpoint.untrustedClientKey],
  }[client];
  settings.tls.clientCertificatePem = pem(certificate);
  secrets.clientKey = pem(key);
}

/** With a password where the endpoint has one, else with its token; `grant` asks the endpoint's token server for one. */
function signIn(settings: ProfileSettings, secrets: Secrets, endpoint: Endpoint, variation: Variation): void {
  const { grant, token, clientSecret, refresh } = variation;
  if (variation.signIn === 'none' || endpoint.user === null) return;
  settings.signIn.username = endpoint.user;
  settings.signIn.allowWithoutTls = variation.allowWithoutTls ?? endpoint.security === 'none';
  if (endpoint.password !== null && variation.signIn !== 'token') {
    settings.signIn.method = 'password';
    settings.signIn.mechanism = variation.mechanism ?? 'auto';
    if (variation.password !== null) secrets.password = variation.password ?? endpoint.password;
    return;
  }
  settings.signIn.method = 'oauth2';
  const tokenUrl = (endpoint.tokenEndpoint ?? '').replace(/\/token$/, variation.tokenPath ?? '/token');
  settings.signIn.oauth = {
    ...settings.signIn.oauth,
    grant: grant ?? 'access-token',
    tokenUrl,
    clientId: variation.rotating ? ROTATING.client : (endpoint.clientId ?? ''),
  };
  if (grant === undefined) secrets.accessToken = endpoint[token ?? 'accessToken'] ?? '';
  else secrets.clientSecret = clientSecret ?? endpoint.clientSecret ?? '';
  if (grant !== 'refresh-token') return;
  secrets.refreshToken = variation.rotating ? ROTATING.refreshToken : (endpoint[refresh ?? 'refreshToken'] ?? '');
}

/** The app of the token server whose refresh token is replaced with each use. */
const ROTATING = { client: 'rotating-client', refreshToken: 'rt-rotate-0123456789' };

function pem(path: string | null | undefined): string {
  return path ? readFileSync(path, 'utf8') : '';
}
