import type { SecretChange } from '../../shared/contract.ts';
import type { LibraryState, ProfileSummary, SaveOutcome, StoredProfile, TrashedProfile } from '../../shared/library.ts';
import type { ProfileSettings } from '../../shared/profile.ts';
import type { Result } from '../../shared/result.ts';
import type { SecretKind } from '../../shared/secrets.ts';
import type { FileSystem } from '../files/file-system.ts';
import type { Logger } from '../ports.ts';
import type { SecretVault } from '../secrets/vault.ts';
import type { LockTiming } from './library-lock.ts';
import type { LibrarySchema } from './read-library.ts';
import type { Replacement } from './replace-secret.ts';
import type { SecretValues } from './secret-access.ts';
import type { Swept } from './sweep.ts';

/** What a library is opened with. */
export interface LibraryOptions {
  /** Absolute path of the data directory; made with mode 0700 when it is not there. */
  directory: string;
  vault: SecretVault;
  now: () => Date;
  /** Login name, for who made and changed a profile. */
  user: string;
  log: Logger;
  /** Only tests pass these. */
  schema?: LibrarySchema;
  lock?: LockTiming;
  fs?: FileSystem;
}

/** Settings and secrets of a profile to make. */
export interface NewProfile {
  settings: ProfileSettings;
  secrets: readonly SecretChange[];
}

/**
 * The stored profiles. Every change is safe against other processes, a kill at any point and a full disk. Errors of all
 * changes: LIBRARY_READ_ONLY, LIBRARY_BUSY, STORAGE_*; with secrets also KEYCHAIN_*, SECRET_TOO_LONG. Errors of all
 * reads: LIBRARY_READ_ONLY (damaged, so there is nothing to show), FILE_UNREADABLE.
 */
export interface ProfileLibrary {
  state(): Promise<LibraryState>;
  /** Puts a backup in place of a damaged (or sound) library, which is kept. Error: NOT_FOUND. */
  restoreBackup(name: string): Promise<Result<LibraryState>>;
  /** All profiles outside the trash, oldest first. */
  list(): Promise<Result<ProfileSummary[]>>;
  /** Error: NOT_FOUND, also for one in the trash. */
  get(id: string): Promise<Result<StoredProfile>>;
  /** Several at once, in the order of their ids; null gives all outside the trash. Error: NOT_FOUND for the first lacking. */
  getMany(ids: readonly string[] | null): Promise<Result<StoredProfile[]>>;
  /** Errors: INVALID_INPUT, LIBRARY_FULL. */
  create(settings: ProfileSettings, secrets: readonly SecretChange[]): Promise<Result<StoredProfile>>;
  /** Makes all or none, in one write. Errors as {@link ProfileLibrary.create}. */
  createMany(profiles: readonly NewProfile[]): Promise<Result<StoredProfile[]>>;
  /** `revision` is the one that the edit began with; when it is not the latest, nothing is written. */
  save(
    id: string,
    revision: number,
    settings: ProfileSettings,
    secrets: readonly SecretChange[],
  ): Promise<Result<SaveOutcome>>;
  /** Changes one profile's secrets and nothing else, so its revision stays. */
  changeSecrets(id: string, secrets: readonly SecretChange[]): Promise<Result<StoredProfile>>;
  /**
   * Puts a value that a server issued in the place of the stored one, which stays bound to its destination. False when
   * none is stored, or another one by now: then nothing changes. Errors: as changes of secrets, SECRET_CORRUPT.
   */
  replaceSecret(id: string, replacement: Replacement): Promise<Result<boolean>>;
  /** Copies settings and, where they can be read, secrets. */
  duplicate(id: string): Promise<Result<StoredProfile>>;
  setStatus(id: string, revision: number, status: ProfileSettings['status']): Promise<Result<SaveOutcome>>;
  /** The same for many in one write, whatever their revisions; those that have it already or are gone stay out. */
  setStatusMany(ids: readonly string[], status: ProfileSettings['status']): Promise<Result<ProfileSummary[]>>;
  /** Moves to the trash, where it stays 30 days with its secrets. */
  delete(id: string): Promise<Result<TrashedProfile>>;
  /** The same for many in one write; those that are gone already stay out. */
  deleteMany(ids: readonly string[]): Promise<Result<TrashedProfile[]>>;
  /** The trash, latest first. */
  trash(): Promise<Result<TrashedProfile[]>>;
  restore(id: string): Promise<Result<StoredProfile>>;
  /** The same for many in one write; those that are not in the trash stay out. */
  restoreMany(ids: readonly string[]): Promise<Result<ProfileSummary[]>>;
  /** Removes from the trash for good, secrets too. */
  purge(id: string): Promise<Result<void>>;
  /** Clears away what has expired or was left behind by a kill. Touches the keychain only when it is known to be ready. */
  sweep(): Promise<Result<Swept>>;
  /** True when a profile was ever stored here. */
  hasEverStored(): Promise<boolean>;
  /**
   * The secrets of a stored profile for a run with `settings` (which may be an unsaved edit of it). A secret comes out
   * only when it was saved for the destination of these settings. `optional` kinds are left out when not stored.
   * Errors: NOT_FOUND, SECRET_NEEDED, SECRET_MISSING, SECRET_CORRUPT, KEYCHAIN_*.
   */
  secretsFor(
    id: string,
    settings: ProfileSettings,
    kinds: readonly SecretKind[],
    optional?: readonly SecretKind[],
  ): Promise<Result<SecretValues>>;
}
