import { randomUUID } from 'node:crypto';
import type { SecretChange } from '../../shared/contract.ts';
import { appErrorOf } from '../../shared/errors.ts';
import type { ProfileSettings } from '../../shared/profile.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { type Destination, destinationOf, type SecretKind, secretInput } from '../../shared/secrets.ts';
import type { SecretRecords } from './entries.ts';

/** A value on its way into the vault, under a ref of its own. */
export interface Put {
  ref: string;
  kind: SecretKind;
  value: string;
  storage: 'keychain' | 'session';
}

/** A change of secrets with the refs chosen: what to put, and how the records change. */
export interface SecretPlan {
  puts: Put[];
  /** The records after the change, from those before it. */
  apply(records: SecretRecords): SecretRecords;
}

/** A change that leaves everything as it is. */
export const NO_SECRET_CHANGE: SecretPlan = { puts: [], apply: (records) => records };

/**
 * Plans changes to the secrets of a profile with these settings. A set value always gets a new ref: the old one stays
 * valid until the library file names the new one. `boundTo` overrides what a value may be sent to (for copies). Error:
 * INVALID_INPUT.
 */
export function planSecrets(
  settings: ProfileSettings,
  changes: readonly SecretChange[],
  boundTo: Partial<Record<SecretKind, Destination>> = {},
): Result<SecretPlan> {
  const problems = changes.flatMap((change, index) => problemsWith(change, changes.slice(0, index)));
  if (problems.length > 0) return fail(appErrorOf('INVALID_INPUT', { problems }));
  const steps = changes.map((change) => ({ change, ref: randomUUID() as string }));
  const puts = steps.flatMap(({ change, ref }): Put[] => {
    if (change.action !== 'set') return [];
    const { kind, value, storage } = change;
    return [{ ref, kind, value, storage }];
  });
  const apply = (records: SecretRecords) => {
    const next = { ...records };
    for (const { change, ref } of steps) {
      const { kind, action } = change;
      const destination = boundTo[kind] ?? destinationOf(settings, kind);
      if (action === 'clear') delete next[kind];
      else if (action === 'ask') next[kind] = { ref: '', storage: 'ask', destination };
      else next[kind] = { ref, storage: change.storage, destination };
    }
    return next;
  };
  return ok({ puts, apply });
}

function problemsWith(change: SecretChange, earlier: SecretChange[]): { field: string; message: string }[] {
  const field = `secrets.${change.kind}`;
  if (earlier.some(({ kind }) => kind === change.kind)) return [{ field, message: 'Change each secret only once.' }];
  if (change.action !== 'set') return [];
  if (change.kind === 'accessToken' && change.storage !== 'session') {
    // It is valid for an hour or so, and a keychain entry would outlive it.
    return [{ field, message: 'Keep an access token for this session only.' }];
  }
  const parsed = secretInput.safeParse(change.value);
  return parsed.success ? [] : parsed.error.issues.map(({ message }) => ({ field, message }));
}
