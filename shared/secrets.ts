import * as z from 'zod/mini';
import { LIMITS } from './limits.ts';
import type { ProfileSettings } from './profile.ts';

/** Everything secret that a profile can need. An access token is kept for the session only, never stored. */
export const SECRET_KINDS = [
  'password',
  'clientSecret',
  'refreshToken',
  'accessToken',
  'clientKey',
  'clientKeyPassphrase',
] as const;
/** See {@link SECRET_KINDS}. */
export type SecretKind = (typeof SECRET_KINDS)[number];

/** Where a secret is kept: the OS keychain, memory until Relaysmith ends, or nowhere (asked for each time). */
export const SECRET_STORAGES = ['keychain', 'session', 'ask'] as const;
/** See {@link SECRET_STORAGES}. */
export type SecretStorage = (typeof SECRET_STORAGES)[number];

/** A secret on its way in: well-formed text within the size that every keychain takes. Never part of an output. */
export const secretInput = z.string().check(
  z.minLength(1, 'Enter the secret, or clear it.'),
  z.maxLength(LIMITS.secretBytes, 'This is too long for a secret.'),
  z.refine((text) => text.isWellFormed(), 'Remove the broken character (half of a surrogate pair).'),
  z.refine((text) => !text.includes('\0'), 'Remove the NUL character.'),
);

/** What a door may know about one secret of a profile. */
export const secretState = z.strictObject({
  kind: z.enum(SECRET_KINDS),
  storage: z.enum(SECRET_STORAGES),
  /** True when a value can be had without asking (a keychain may still be locked). */
  available: z.boolean(),
  /** False when host, port, security or user changed since it was saved: it is then asked for, not sent. */
  matchesDestination: z.boolean(),
});
/** See {@link secretState}. */
export type SecretState = z.infer<typeof secretState>;

/** Health of the OS keychain, from a write-read-delete round trip (reading alone proves nothing on Linux). */
export const keychainStatus = z.strictObject({
  state: z.enum(['unchecked', 'ready', 'locked', 'no-collection', 'unavailable', 'error']),
  /** Name that the user knows it by, such as "Secret Service (GNOME Keyring)". */
  backend: z.string(),
  /** What the system said, escaped; '' when ready. */
  detail: z.string(),
});
/** See {@link keychainStatus}. */
export type KeychainStatus = z.infer<typeof keychainStatus>;

/** The same with what it means in plain words, and the steps that mend it on this system; none when ready. */
export const keychainReport = z.extend(keychainStatus, { what: z.string(), steps: z.array(z.string()) });
/** See {@link keychainReport}. */
export type KeychainReport = z.infer<typeof keychainReport>;

/**
 * What a stored secret is bound to. A profile that is pointed elsewhere must not take its password along
 * (the fault behind keycloak#49242).
 */
export const destination = z.strictObject({
  host: z.string(),
  port: z.int(),
  security: z.string(),
  username: z.string(),
  /** Token endpoint for OAuth secrets, else ''. */
  tokenUrl: z.string(),
});
/** See {@link destination}. */
export type Destination = z.infer<typeof destination>;

/** The destination that a secret of these settings belongs to. */
export function destinationOf(settings: ProfileSettings, kind: SecretKind): Destination {
  const forToken = kind === 'clientSecret' || kind === 'refreshToken';
  const { oauth } = settings.signIn;
  return {
    host: settings.server.host.toLowerCase(),
    port: settings.server.port,
    security: settings.server.security,
    username: settings.signIn.username,
    tokenUrl: forToken ? `${oauth.provider} ${oauth.tenant} ${oauth.tokenUrl}`.trim() : '',
  };
}

/** True when two destinations are the same. */
export function sameDestination(a: Destination, b: Destination): boolean {
  return (
    a.host === b.host &&
    a.port === b.port &&
    a.security === b.security &&
    a.username === b.username &&
    a.tokenUrl === b.tokenUrl
  );
}

/** The secrets that a run with these settings needs, in the order in which they are asked for. */
export function secretsNeeded(settings: ProfileSettings): SecretKind[] {
  const kinds: SecretKind[] = [];
  if (settings.signIn.method === 'password') kinds.push('password');
  if (settings.signIn.method === 'oauth2') {
    const { grant } = settings.signIn.oauth;
    if (grant === 'access-token') kinds.push('accessToken');
    else kinds.push('clientSecret');
    if (grant === 'refresh-token') kinds.push('refreshToken');
  }
  if (settings.tls.clientCertificatePem !== '' && settings.server.security !== 'none') kinds.push('clientKey');
  return kinds;
}

/** True for the stars and dots that products show instead of a secret; such a text is never a password. */
export function isMask(text: string): boolean {
  return /^[*•●]{3,}$/.test(text) || text === '***REMOVED SENSITIVE VALUE***' || text === '<secret>';
}
