import type { SecretChange } from '../../shared/contract.ts';
import type { SecretKind, SecretStorage } from '../../shared/secrets.ts';
import type { Secrets } from './subject.ts';

/** What to do with the secrets that came along with a profile, as changes to store with it. */
export function secretChanges(secrets: Secrets, storage: SecretStorage | 'leave-out'): SecretChange[] {
  if (storage === 'leave-out') return [];
  return (Object.entries(secrets) as [SecretKind, string][]).map(([kind, value]) =>
    storage === 'ask' ? { action: 'ask', kind } : { action: 'set', kind, value, storage },
  );
}
