import type { SecretEdit } from '../../../shared/contract.ts';
import type { ProfileSettings } from '../../../shared/profile.ts';
import { destinationOf, type SecretKind, type SecretState, sameDestination } from '../../../shared/secrets.ts';

/** What the form says about one secret: where it is, where it will be, or why it cannot be used. Never its value. */
export type SecretView =
  | { state: 'none' }
  | { state: 'keychain' | 'session' | 'ask' }
  | { state: 'elsewhere' }
  | { state: 'missing' }
  | { state: 'pendingFile' | 'pendingFileSession' }
  | { state: 'pendingKeychain' | 'pendingSession' | 'pendingAsk' | 'pendingClear' };

/** Reads the state of one secret from what is stored and what waits to be saved. */
export function secretView(
  kind: SecretKind,
  stored: readonly SecretState[],
  pending: readonly SecretEdit[],
  base: ProfileSettings,
  settings: ProfileSettings,
): SecretView {
  const change = pending.find((each) => each.kind === kind);
  if (change?.action === 'set') return { state: change.storage === 'session' ? 'pendingSession' : 'pendingKeychain' };
  if (change?.action === 'take') return { state: change.storage === 'session' ? 'pendingFileSession' : 'pendingFile' };
  if (change?.action === 'ask') return { state: 'pendingAsk' };
  if (change?.action === 'clear') return { state: 'pendingClear' };
  const known = stored.find((each) => each.kind === kind);
  if (!known) return { state: 'none' };
  if (known.storage === 'ask') return { state: 'ask' };
  const belongs = known.matchesDestination && sameDestination(destinationOf(base, kind), destinationOf(settings, kind));
  if (!belongs) return { state: 'elsewhere' };
  return { state: known.available ? known.storage : 'missing' };
}
