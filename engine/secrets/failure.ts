import { type AppError, appErrorOf } from '../../shared/errors.ts';
import type { KeychainStatus } from '../../shared/secrets.ts';
import { escapeControls } from '../../shared/text.ts';
import { KeychainNotLoaded } from './backend.ts';

/** Characters of the system's words that are passed on. */
const DETAIL_CHARS = 300;

/** How a keychain can fail; each is a state of the status and a code of the error union. */
export type KeychainFailure = {
  state: Exclude<KeychainStatus['state'], 'unchecked' | 'ready'>;
  detail: string;
};

/**
 * Classifies what the keyring library threw. Its errors all have the same code, so the words at the start decide. What is
 * not known is an error, never "no such item": a profile would lose its password for a passing fault. `redact` sees the words
 * before they are cut.
 */
export function classifyFailure(error: unknown, redact = (text: string) => text): KeychainFailure {
  const message = error instanceof Error ? error.message : String(error);
  const say = (text: string) => clean(redact(text));
  if (error instanceof KeychainNotLoaded) return { state: 'unavailable', detail: message };
  const platformFailure = after(message, 'Platform failure: ');
  if (platformFailure !== null) return { state: 'unavailable', detail: say(platformFailure) };
  const noAccess = after(message, "Couldn't access platform storage: ");
  if (noAccess === null) return { state: 'error', detail: say(message) };
  // Secret Service without a default collection: there is nothing to unlock, one has to be made.
  const noCollection = noAccess.includes('no result found');
  return { state: noCollection ? 'no-collection' : 'locked', detail: say(noAccess) };
}

/** The member of the error union for a failure. */
export function errorOfFailure({ state, detail }: KeychainFailure): AppError {
  switch (state) {
    case 'unavailable':
      return appErrorOf('KEYCHAIN_UNAVAILABLE', { detail });
    case 'locked':
      return appErrorOf('KEYCHAIN_LOCKED', { detail });
    case 'no-collection':
      return appErrorOf('KEYCHAIN_NO_COLLECTION', { detail });
    case 'error':
      return appErrorOf('KEYCHAIN_FAILED', { detail });
  }
}

function after(text: string, prefix: string): string | null {
  return text.startsWith(prefix) ? text.slice(prefix.length) : null;
}

/** One escaped line without a full stop, since it is quoted inside a sentence. */
function clean(text: string): string {
  return escapeControls(text.replace(/\s+/g, ' ').trim()).replace(/\.+$/, '').slice(0, DETAIL_CHARS);
}
