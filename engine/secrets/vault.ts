import { type AppError, appErrorOf } from '../../shared/errors.ts';
import { LIMITS } from '../../shared/limits.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { type KeychainStatus, type SecretKind, secretInput } from '../../shared/secrets.ts';
import { createRedactor } from '../log/redactor.ts';
import type { KeychainBackend } from './backend.ts';
import { withDeadline } from './deadline.ts';
import { classifyFailure, errorOfFailure } from './failure.ts';
import { createKeychainStore } from './keychain-store.ts';
import { keyringBackend } from './keyring-backend.ts';
import { createSessionStore } from './session-store.ts';

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

/** How a vault can differ from the usual one; tests use it. */
export interface VaultOptions {
  /** Name under which the system files our items. */
  service?: string;
  backend?: KeychainBackend;
  /** Time for one call to the keychain, during which the user may have to answer a prompt. */
  deadlineMs?: number;
}

/** Makes the vault of this process. Nothing is loaded, read or asked before the first call that needs the keychain. */
export function createVault(options: VaultOptions = {}): SecretVault {
  const { service = 'Relaysmith', deadlineMs = 60_000 } = options;
  const backend = options.backend ?? keyringBackend(service, process.platform, process.env);
  const keychain = createKeychainStore(withDeadline(backend, deadlineMs));
  const session = createSessionStore();
  let status: KeychainStatus = { state: 'unchecked', backend: backend.name, detail: '' };
  let queue: Promise<unknown> = Promise.resolve();

  /** One operation at a time: the parts of a value stay together, and the user sees one prompt, not ten. */
  function attempt<T>(task: () => Promise<T>, secret = ''): Promise<Result<T>> {
    const run = queue.then(async () => {
      try {
        const value = await task();
        status = { state: 'ready', backend: backend.name, detail: '' };
        return ok(value);
      } catch (error) {
        const failure = classifyFailure(error, createRedactor([secret]));
        status = { ...failure, backend: backend.name };
        return fail(errorOfFailure(failure));
      }
    });
    queue = run.catch(() => undefined);
    return run;
  }

  return {
    status: () => status,
    async check() {
      await attempt(() => keychain.roundTrip());
      return status;
    },
    async put(ref, value, storage) {
      const refused = refusalOf(value);
      if (refused !== null) return fail(refused);
      if (storage === 'session') return ok(session.put(ref, value));
      assertRef(ref);
      return attempt(() => keychain.put(ref, value), value);
    },
    async get(ref, storage, kind = 'password') {
      if (storage === 'session') return ok(session.get(ref));
      assertRef(ref);
      const reading = await attempt(() => keychain.get(ref));
      if (!reading.ok) return reading;
      if (reading.value.kind === 'corrupt') return fail(appErrorOf('SECRET_CORRUPT', { kind }));
      return ok(reading.value.kind === 'value' ? reading.value.value : null);
    },
    async remove(ref, storage) {
      if (storage === 'session') return ok(session.remove(ref));
      assertRef(ref);
      return attempt(() => keychain.remove(ref));
    },
  };
}

/** Why a value cannot be a secret, or null. A half surrogate pair, for one, would come back as U+FFFD. */
function refusalOf(value: string): AppError | null {
  if (Buffer.byteLength(value, 'utf8') > LIMITS.secretBytes) {
    return appErrorOf('SECRET_TOO_LONG', { max: LIMITS.secretBytes });
  }
  const parsed = secretInput.safeParse(value);
  if (parsed.success) return null;
  const problems = parsed.error.issues.map(({ message }) => ({ field: 'secret', message }));
  return appErrorOf('INVALID_INPUT', { problems });
}

/** Account names can be seen in the clear by every program of the user, so nothing but a UUID may become one. */
function assertRef(ref: string): void {
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(ref)) throw new Error('A secret ref must be a UUID');
}
