import type { Subject } from '../../shared/contract.ts';
import type { ProfileSettings } from '../../shared/profile.ts';
import { type RefreshTokenFate, STAGES, type Stage } from '../../shared/report.ts';
import { ok, type Result } from '../../shared/result.ts';
import { type SecretKind, secretsNeeded } from '../../shared/secrets.ts';
import type { ProfileLibrary } from '../profiles/profile-library.ts';
import type { ResolvedSubject, Secrets } from './subject.ts';

/** The stage that first needs a secret. */
const FIRST_USE: Record<SecretKind, Stage> = {
  password: 'auth',
  accessToken: 'auth',
  clientSecret: 'oauth',
  refreshToken: 'oauth',
  clientKey: 'config',
  clientKeyPassphrase: 'config',
};

/** The secrets for a run up to a stage: those given for it by hand, and the stored ones. Errors: SECRET_*, KEYCHAIN_*. */
export async function secretsForRun(
  { settings, secrets }: ResolvedSubject,
  given: Secrets,
  until: Stage | null,
): Promise<Result<Secrets>> {
  // A run that stops before sign-in needs no password, so it does not ask for one.
  const last = until === null ? STAGES.length : STAGES.indexOf(until);
  const lacks = (kind: SecretKind) => given[kind] === undefined && last >= STAGES.indexOf(FIRST_USE[kind]);
  const optional = optionalSecrets(settings).filter(lacks);
  const needed = secretsNeeded(settings).filter((kind) => lacks(kind) && !optional.includes(kind));
  const stored = await secrets(needed, optional);
  return stored.ok ? ok({ ...stored.value, ...given }) : stored;
}

/** Many client keys have no passphrase and many apps no secret (RFC 6749 2.1), so a lacking one is no reason to ask. */
function optionalSecrets({ tls, signIn }: ProfileSettings): SecretKind[] {
  const kinds: SecretKind[] = tls.clientCertificatePem === '' ? [] : ['clientKeyPassphrase'];
  const mayBePublic = signIn.method === 'oauth2' && signIn.oauth.grant === 'refresh-token';
  return mayBePublic ? [...kinds, 'clientSecret'] : kinds;
}

/**
 * Puts a refresh token that a token server issued in the place of the old one, where the profile has that stored. Else it
 * stays in the engine's memory.
 */
export async function keepRefreshToken(
  library: ProfileLibrary,
  subject: Subject,
  old: string,
  next: string,
): Promise<RefreshTokenFate> {
  const id = subject.kind === 'stored' ? subject.profileId : subject.kind === 'settings' ? subject.secretsOf : null;
  if (id === null) return 'memory';
  const replaced = await library.replaceSecret(id, { kind: 'refreshToken', old, next });
  return replaced.ok && replaced.value ? 'stored' : 'memory';
}
