import { settingsOf } from '../../shared/profile.ts';
import { ok, type Result } from '../../shared/result.ts';
import type { SecretKind } from '../../shared/secrets.ts';
import type { SecretVault } from '../secrets/vault.ts';
import type { Entry } from './document.ts';
import { planSecrets, type SecretPlan } from './secret-plan.ts';

/** A new value for a secret that a server replaced by itself, such as a refresh token. */
export interface Replacement {
  kind: SecretKind;
  old: string;
  next: string;
}

/**
 * Plans to put a new value in the place of a stored one, which keeps its storage and what it is bound to. Null when none is
 * stored, or another one than `old`: then somebody changed it meanwhile, and that counts. Errors: KEYCHAIN_*, SECRET_CORRUPT.
 */
export async function planReplacement(
  entry: Entry,
  { kind, old, next }: Replacement,
  vault: SecretVault,
): Promise<Result<SecretPlan | null>> {
  const record = entry.secrets[kind];
  if (!record || record.storage === 'ask') return ok(null);
  const { storage, destination, ref } = record;
  const read = await vault.get(ref, storage, kind);
  if (!read.ok) return read;
  if (read.value !== old) return ok(null);
  const change = { action: 'set', kind, value: next, storage } as const;
  const plan = planSecrets(settingsOf(entry.profile), [change], { [kind]: destination });
  if (!plan.ok) return plan;
  const { puts, apply } = plan.value;
  return ok({ puts, apply: (records) => (records[kind]?.ref === ref ? apply(records) : records) });
}
