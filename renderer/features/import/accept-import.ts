import type { Client } from '../../../shared/client.ts';
import { appErrorOf } from '../../../shared/errors.ts';
import type { StoredProfile } from '../../../shared/library.ts';
import { fail, ok, type Result } from '../../../shared/result.ts';
import type { Choice } from './import-choices.ts';

/** Stores what was chosen of an import: updates first, each of a profile that is still as it was shown, then new ones. */
export async function acceptImport(
  client: Client,
  importId: string,
  choices: readonly Choice[],
): Promise<Result<StoredProfile[]>> {
  const stored: StoredProfile[] = [];
  for (const { index, name, into, fields, secrets } of choices) {
    if (!into) continue;
    const { profileId, revision } = into;
    const outcome = await client('imports.update', { importId, index, profileId, revision, fields, secrets });
    if (!outcome.ok) return outcome;
    if (outcome.value.outcome === 'conflict') return fail(appErrorOf('PROFILE_CHANGED', { name }));
    stored.push(outcome.value.stored);
  }
  const fresh = choices.filter(({ into }) => !into).map(({ index, name, secrets }) => ({ index, name, secrets }));
  if (fresh.length === 0) return ok(stored);
  const created = await client('imports.accept', { importId, choices: fresh });
  return created.ok ? ok([...stored, ...created.value]) : created;
}
