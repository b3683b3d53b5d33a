import type { Result } from '../../shared/result.ts';
import type { KeychainStatus, SecretKind } from '../../shared/secrets.ts';

/** Where the vault itself can keep a value; `ask` means that nothing is kept. */
export type VaultStorage = 'keychain' | 'session';

/**
 * Keeps secrets under opaque refs (UUIDs), in the OS keychain or in memory until the program ends. The profiles know the
 * refs; the vault knows nothing of profiles.
 */
export interface SecretVault {
  /** The last known health of the keychain; `unchecked` until something was tried. Never touches the keychain. */
  status(): KeychainStatus;
  /** Writes, reads and deletes a canary, which may make the system ask the user to unlock. */
  check(): Promise<KeychainStatus>;
  /** Stores a value (1 to LIMITS.secretBytes UTF-8 bytes) under a ref, in place of an earlier one. */
  put(ref: string, value: string, storage: VaultStorage): Promise<Result<void>>;
  /**
   * Reads a value. Null means that it is surely not there: a keychain that is locked or cannot be reached is an error.
   * `kind` is named in SECRET_CORRUPT, the answer to a value of which parts are missing or altered.
   */
  get(ref: string, storage: VaultStorage, kind?: SecretKind): Promise<Result<string | null>>;
  /** Deletes a value; succeeds when there is none. */
  remove(ref: string, storage: VaultStorage): Promise<Result<void>>;
}
