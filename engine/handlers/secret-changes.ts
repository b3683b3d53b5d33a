import type { SecretChange, SecretEdit } from '../../shared/contract.ts';
import { appErrorOf } from '../../shared/errors.ts';
import type { ProfileSettings } from '../../shared/profile.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { destinationOf, type SecretKind, type SecretStorage, sameDestination } from '../../shared/secrets.ts';
import type { ImportSessions } from './import-sessions.ts';
import type { Secrets } from './subject.ts';

/** What to do with the secrets that came along with a profile, as changes to store with it. */
export function secretChanges(secrets: Secrets, storage: SecretStorage | 'leave-out'): SecretChange[] {
  if (storage === 'leave-out') return [];
  return (Object.entries(secrets) as [SecretKind, string][]).map(([kind, value]) =>
    storage === 'ask' ? { action: 'ask', kind } : { action: 'set', kind, value, storage },
  );
}

/**
 * The edits of a form with each secret that is to be taken from a file in its place. The file's secret goes along only
 * while the settings still point where the file's do. Errors: IMPORT_UNKNOWN, SECRET_NEEDED.
 */
export function takeSecrets(
  imports: ImportSessions,
  settings: ProfileSettings,
  edits: readonly SecretEdit[],
): Result<SecretChange[]> {
  const changes: SecretChange[] = [];
  for (const edit of edits) {
    if (edit.action !== 'take') {
      changes.push(edit);
      continue;
    }
    const { kind, importId, index, storage } = edit;
    const imported = imports.profile(importId, index);
    if (!imported.ok) return imported;
    const value = imported.value.secrets[kind];
    if (value === undefined) return fail(appErrorOf('SECRET_NEEDED', { kinds: [kind], reason: 'not-stored' }));
    if (!sameDestination(destinationOf(imported.value.settings, kind), destinationOf(settings, kind))) {
      return fail(appErrorOf('SECRET_NEEDED', { kinds: [kind], reason: 'destination-changed' }));
    }
    changes.push({ action: 'set', kind, value, storage });
  }
  return ok(changes);
}
