import type { Subject } from '../../shared/contract.ts';
import { appErrorOf } from '../../shared/errors.ts';
import type { StoredProfile } from '../../shared/library.ts';
import { type ProfileSettings, settingsOf } from '../../shared/profile.ts';
import { type RefreshTokenFate, STAGES, type Stage } from '../../shared/report.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { destinationOf, type SecretKind, sameDestination, secretsNeeded } from '../../shared/secrets.ts';
import type { ProfileLibrary } from '../profiles/profile-library.ts';
import type { TokenStore } from '../smtp/oauth/token-store.ts';
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

/** What handing on a replaced refresh token takes. */
export interface RefreshTokenParts {
  library: ProfileLibrary;
  tokens: TokenStore;
  subject: Subject;
  settings: ProfileSettings;
}

/**
 * Puts a refresh token that a token server issued in the place of the old one, where the profile has that stored. Else it
 * stays in the engine's memory, and the profile can take it over as long as it asks the same token server.
 */
export async function keepRefreshToken(
  { library, tokens, subject, settings }: RefreshTokenParts,
  old: string,
  next: string,
): Promise<RefreshTokenFate> {
  const id = subject.kind === 'stored' ? subject.profileId : subject.kind === 'settings' ? subject.secretsOf : null;
  if (id === null) return 'memory';
  const replaced = await library.replaceSecret(id, { kind: 'refreshToken', old, next });
  if (replaced.ok && replaced.value) return 'stored';
  const stored = await library.get(id);
  const own = stored.ok && destinationOf(settingsOf(stored.value.profile), 'refreshToken');
  if (own && sameDestination(own, destinationOf(settings, 'refreshToken'))) tokens.leaveFor(id, next);
  return 'memory';
}

/** Stores the refresh token that was left for a profile. Errors: NOT_FOUND, those of changing secrets. */
export async function keepReplaced(
  library: ProfileLibrary,
  tokens: TokenStore,
  profileId: string,
): Promise<Result<StoredProfile>> {
  const token = tokens.leftFor(profileId);
  if (token === null) return fail(appErrorOf('NOT_FOUND', { what: 'replaced refresh token', name: profileId }));
  return library.changeSecrets(profileId, [{ action: 'set', kind: 'refreshToken', value: token, storage: 'keychain' }]);
}
