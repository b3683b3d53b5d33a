import type { Subject } from '../../shared/contract.ts';
import { appErrorOf } from '../../shared/errors.ts';
import type { ProfileSettings } from '../../shared/profile.ts';
import { settingsOf } from '../../shared/profile.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { destinationOf, type SecretKind, sameDestination } from '../../shared/secrets.ts';
import type { ProfileLibrary } from '../profiles/profile-library.ts';
import type { ImportSessions } from './import-sessions.ts';

/** Secrets at hand for one run or export. */
export type Secrets = Partial<Record<SecretKind, string>>;

/** What a test or an export works on. */
export interface ResolvedSubject {
  settings: ProfileSettings;
  /** Gets the asked secrets, or SECRET_NEEDED when one is not at hand for this destination; optional ones may lack. */
  secrets(kinds: readonly SecretKind[], optional?: readonly SecretKind[]): Promise<Result<Secrets>>;
}

/** Turns the subject of a request into settings and a way to their secrets. */
export async function resolveSubject(
  subject: Subject,
  library: ProfileLibrary,
  imports: ImportSessions,
): Promise<Result<ResolvedSubject>> {
  if (subject.kind === 'stored') {
    const stored = await library.get(subject.profileId);
    if (!stored.ok) return stored;
    const settings = settingsOf(stored.value.profile);
    return ok({
      settings,
      secrets: (kinds, optional) => library.secretsFor(subject.profileId, settings, kinds, optional),
    });
  }
  if (subject.kind === 'settings') {
    const { settings, secretsOf } = subject;
    return ok({
      settings,
      secrets: async (kinds, optional) =>
        secretsOf ? library.secretsFor(secretsOf, settings, kinds, optional) : notStored(kinds),
    });
  }
  const imported = imports.profile(subject.importId, subject.index);
  if (!imported.ok) return imported;
  const { secrets } = imported.value;
  const settings = subject.settings ?? imported.value.settings;
  const belongs = (kind: SecretKind) =>
    sameDestination(destinationOf(imported.value.settings, kind), destinationOf(settings, kind));
  return ok({
    settings,
    secrets: async (kinds) => {
      const missing = kinds.filter((kind) => secrets[kind] === undefined);
      if (missing.length > 0) return notStored(missing);
      const elsewhere = kinds.filter((kind) => !belongs(kind));
      if (elsewhere.length > 0) {
        return fail(appErrorOf('SECRET_NEEDED', { kinds: elsewhere, reason: 'destination-changed' }));
      }
      return ok(Object.fromEntries(Object.entries(secrets).filter(([kind]) => belongs(kind as SecretKind))));
    },
  });
}

function notStored(kinds: readonly SecretKind[]): Result<Secrets> {
  if (kinds.length === 0) return ok({});
  return fail(appErrorOf('SECRET_NEEDED', { kinds: [...kinds], reason: 'not-stored' }));
}
