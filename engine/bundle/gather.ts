import type { LackingSecret } from '../../shared/bundle.ts';
import { appErrorOf } from '../../shared/errors.ts';
import type { StoredProfile } from '../../shared/library.ts';
import { settingsOf } from '../../shared/profile.ts';
import type { Progress } from '../../shared/progress.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { SecretState } from '../../shared/secrets.ts';
import type { ProfileLibrary } from '../profiles/profile-library.ts';
import type { BundledProfile } from './payload.ts';

/** Profiles on their way into a bundle, and the secrets that could not come along. */
export interface Gathered {
  profiles: BundledProfile[];
  lacking: LackingSecret[];
}

/** How a gathering can be watched and stopped. */
export interface Watch {
  signal: AbortSignal;
  onProgress: (progress: Progress) => void;
}

/**
 * Reads the secrets of profiles for an encrypted bundle. One that is asked for each time, that belongs to another
 * destination or that is gone is left out and named; an access token is never put in, since it is void by then. Errors:
 * CANCELLED, and KEYCHAIN_* where the keychain itself does not answer.
 */
export async function withSecrets(
  stored: readonly StoredProfile[],
  library: Pick<ProfileLibrary, 'secretsFor'>,
  { signal, onProgress }: Watch,
): Promise<Result<Gathered>> {
  const gathered: Gathered = { profiles: [], lacking: [] };
  for (const [index, { profile, secrets: states }] of stored.entries()) {
    onProgress({ done: index, total: stored.length, name: profile.name });
    const secrets: BundledProfile['secrets'] = {};
    for (const state of states) {
      if (signal.aborted) return fail(appErrorOf('CANCELLED', {}));
      const { kind } = state;
      if (kind === 'accessToken') continue;
      const why = whyNot(state);
      const read = why ? null : await library.secretsFor(profile.id, settingsOf(profile), [kind]);
      if (read?.ok && read.value[kind] !== undefined) secrets[kind] = read.value[kind];
      else if (read && !read.ok && read.error.code.startsWith('KEYCHAIN_')) return read;
      else gathered.lacking.push({ name: profile.name, kind, why: why ?? 'gone' });
    }
    gathered.profiles.push({ profile, secrets });
  }
  return ok(gathered);
}

function whyNot({ storage, available, matchesDestination }: SecretState): LackingSecret['why'] | null {
  if (storage === 'ask') return 'ask';
  if (!matchesDestination) return 'elsewhere';
  return available ? null : 'gone';
}
