import type { SecretVault } from '../../../engine/secrets/vault.ts';
import { appErrorOf } from '../../../shared/errors.ts';
import { fail, ok, type Result } from '../../../shared/result.ts';
import type { KeychainStatus } from '../../../shared/secrets.ts';

/** A vault whose "keychain" is a map that outlives it, as the real one outlives a process. */
export interface MemoryVault extends SecretVault {
  readonly keychain: Map<string, string>;
  /** Makes the keychain refuse everything until it is unlocked. */
  locked: boolean;
  /** Called before each operation; may throw, to play a process that dies there. */
  before: (operation: string) => void;
}

/** Makes one over the given keychain, with an empty session. */
export function memoryVault(keychain = new Map<string, string>()): MemoryVault {
  const session = new Map<string, string>();
  const mapOf = (storage: 'keychain' | 'session') => (storage === 'keychain' ? keychain : session);
  const status = (): KeychainStatus => ({ state: vault.locked ? 'locked' : 'ready', backend: 'memory', detail: '' });
  const run = async <T>(operation: string, storage: 'keychain' | 'session', work: () => T): Promise<Result<T>> => {
    vault.before(operation);
    if (storage === 'keychain' && vault.locked) return fail(appErrorOf('KEYCHAIN_LOCKED', { detail: 'locked' }));
    return ok(work());
  };
  const vault: MemoryVault = {
    keychain,
    locked: false,
    before: () => undefined,
    status,
    check: async () => status(),
    put: (ref, value, storage) => run('put', storage, () => void mapOf(storage).set(ref, value)),
    get: (ref, storage) => run('get', storage, () => mapOf(storage).get(ref) ?? null),
    remove: (ref, storage) => run('remove', storage, () => void mapOf(storage).delete(ref)),
  };
  return vault;
}
