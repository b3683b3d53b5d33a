/**
 * The operating system's keychain as the vault needs it: small byte strings under account names. The methods reject with
 * the system's own words, which `failure.ts` classifies.
 */
export interface KeychainBackend {
  /** Name that the user knows it by. */
  readonly name: string;
  /** Bytes that one item can hold; null when there is no limit below LIMITS.secretBytes. */
  readonly maxItemBytes: number | null;
  /**
   * False where a locked or empty store also answers "no such item" (Secret Service): such an answer is then confirmed
   * by a write-read-delete round trip before anyone believes it.
   */
  readonly missingIsCertain: boolean;
  /** Reads an item; null when the store says that there is none. */
  read(account: string): Promise<Uint8Array | null>;
  /** Writes an item, in place of an earlier one. */
  write(account: string, bytes: Uint8Array): Promise<void>;
  /** Deletes an item; false when the store says that there was none. */
  delete(account: string): Promise<boolean>;
}

/** The keychain's library cannot be loaded here; the message is ours, not the system's. */
export class KeychainNotLoaded extends Error {}

/** The keychain did not answer in time, or still owes the answer to an earlier call. */
export class KeychainTimeout extends Error {}
