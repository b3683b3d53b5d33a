import type { AsyncEntry, EntryOptions } from '@napi-rs/keyring';
import { type KeychainBackend, KeychainNotLoaded } from './backend.ts';
import { keychainName } from './keychain-name.ts';

/** CRED_MAX_CREDENTIAL_BLOB_SIZE is 2560 bytes; the rest is left for what Windows may add. */
const WINDOWS_ITEM_BYTES = 2_400;

/**
 * Never the library's silent fallback, the kernel's keyutils: other login sessions of the same user do not see it and it
 * expires, so that window and terminal would disagree. A misspelt key here is accepted in silence and gives that
 * fallback, hence the type and the test "refuses where there is no bus".
 */
const PINNED = { linux: { store: 'secret-service' } } satisfies EntryOptions;

/**
 * The OS keychain by way of @napi-rs/keyring. The library (a native module) is loaded at the first call, so that a program
 * that needs no secret does not load it. Items have the attributes service and account only, never a profile's name.
 */
export function keyringBackend(service: string, platform: NodeJS.Platform, env: NodeJS.ProcessEnv): KeychainBackend {
  return {
    name: keychainName(platform, env),
    maxItemBytes: platform === 'win32' ? WINDOWS_ITEM_BYTES : null,
    missingIsCertain: platform === 'win32' || platform === 'darwin',
    async read(account) {
      const bytes = await (await entryOf(service, account)).getSecret();
      return bytes === null ? null : Uint8Array.from(bytes);
    },
    async write(account, bytes) {
      await (await entryOf(service, account)).setSecret(bytes);
    },
    async delete(account) {
      return (await entryOf(service, account)).deleteCredential();
    },
  };
}

/** The one place that makes entries. Throws where the Secret Service cannot be reached. */
async function entryOf(service: string, account: string): Promise<AsyncEntry> {
  const keyring = await loadKeyring();
  return new keyring.AsyncEntry(service, account, PINNED);
}

async function loadKeyring(): Promise<typeof import('@napi-rs/keyring')> {
  try {
    return await import('@napi-rs/keyring');
  } catch {
    // The reason names paths of this installation, so it is not passed on.
    throw new KeychainNotLoaded('the keychain module for this system is not installed');
  }
}
