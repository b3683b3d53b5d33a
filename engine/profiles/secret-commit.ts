import { appErrorOf } from '../../shared/errors.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { Logger } from '../ports.ts';
import type { SecretVault } from '../secrets/vault.ts';
import type { LibraryDocument } from './document.ts';
import { isReferenced, refsOf } from './entries.ts';
import type { Change, LibraryStore } from './library-store.ts';
import type { Put } from './secret-plan.ts';

/** Writes library and vault so that a crash between any two steps leaves a consistent pair, plus garbage that is known. */
export interface SecretCommit {
  /**
   * Runs `change` with `puts` stored in the vault. The order: note the new refs in the library, put the values, write
   * the library with the change, remove the values that it no longer uses. The lock is not held while the vault works:
   * the system may be asking the user to unlock it. `change` runs once more at the end, on the then latest document. With
   * `removeUnused: false` the last step is left to a later one.
   */
  commit<T>(
    puts: readonly Put[],
    change: (document: LibraryDocument) => Result<Change<T>>,
    options?: { removeUnused: boolean },
  ): Promise<Result<T>>;
  /** Removes values that no profile uses any more from the vault; what cannot be removed now stays noted. */
  removeUnused(): Promise<void>;
}

type Noted<T> = { stopped: true; value: T } | { stopped: false };

/** Makes the commit over one store and one vault. */
export function createSecretCommit(
  store: LibraryStore,
  vault: SecretVault,
  now: () => Date,
  log: Logger,
): SecretCommit {
  async function commit<T>(
    puts: readonly Put[],
    change: (document: LibraryDocument) => Result<Change<T>>,
    options: { removeUnused: boolean } = { removeUnused: true },
  ): Promise<Result<T>> {
    const lasting = puts.filter(({ storage }) => storage === 'keychain').map(({ ref }) => ref);
    if (lasting.length > 0) {
      const noted = await store.mutate((document) => noteRefs(document, lasting, change), { backup: false });
      if (!noted.ok) return noted;
      if (noted.value.stopped) return ok(noted.value.value);
    }
    const stored = await putAll(puts);
    if (!stored.ok) {
      // Not removed at once: the vault just refused, and asking it again can make the system prompt again.
      await abandon(puts);
      return stored;
    }
    const committed = await store.mutate((document) => commitRefs(document, lasting, change));
    if (!committed.ok || !committed.value.written) {
      await abandon(puts);
      await removeUnused();
    }
    if (!committed.ok) return committed;
    await forgetSession(committed.value.droppedSession);
    // A change that has nothing to do with secrets must not make the system ask for the keychain's password.
    const welcome = committed.value.dropped || lasting.length > 0 || vault.status().state === 'ready';
    if (options.removeUnused && welcome) await removeUnused();
    return ok(committed.value.value);
  }

  /** Runs the change for its verdict only (a conflict needs no secret stored), then notes what is about to be put. */
  function noteRefs<T>(
    document: LibraryDocument,
    refs: string[],
    change: (document: LibraryDocument) => Result<Change<T>>,
  ): Result<Change<Noted<T>>> {
    const verdict = change(document);
    if (!verdict.ok) return verdict;
    if (verdict.value.document === null)
      return ok({ document: null, value: { stopped: true, value: verdict.value.value } });
    const at = now().toISOString();
    const pendingSecretPuts = [...document.pendingSecretPuts, ...refs.map((ref) => ({ ref, at }))];
    return ok({ document: { ...document, pendingSecretPuts }, value: { stopped: false } });
  }

  function commitRefs<T>(
    document: LibraryDocument,
    refs: string[],
    change: (document: LibraryDocument) => Result<Change<T>>,
  ): Result<Change<{ value: T; written: boolean; droppedSession: string[]; dropped: boolean }>> {
    const noted = new Set(document.pendingSecretPuts.map(({ ref }) => ref));
    // A sweep took this run for dead and may have removed the values. Rare (an hour in an unlock prompt), so: once more.
    if (refs.some((ref) => !noted.has(ref))) return fail(appErrorOf('LIBRARY_BUSY', {}));
    const changed = change(document);
    if (!changed.ok) return changed;
    const { document: next, value } = changed.value;
    if (next === null) {
      return ok({ document: null, value: { value, written: false, droppedSession: [], dropped: false } });
    }
    const used = refsOf(next);
    const dropped = [...refsOf(document)].filter(([ref]) => !used.has(ref));
    const at = now().toISOString();
    const removed = dropped.filter(([, storage]) => storage === 'keychain').map(([ref]) => ({ ref, at }));
    const pendingSecretPuts = next.pendingSecretPuts.filter(({ ref }) => !refs.includes(ref));
    const pendingSecretDeletes = [...next.pendingSecretDeletes, ...removed];
    const droppedSession = dropped.filter(([, storage]) => storage === 'session').map(([ref]) => ref);
    return ok({
      document: { ...next, pendingSecretPuts, pendingSecretDeletes },
      value: { value, written: true, droppedSession, dropped: removed.length > 0 },
    });
  }

  async function putAll(puts: readonly Put[]): Promise<Result<void>> {
    for (const { ref, value, storage } of puts) {
      const put = await vault.put(ref, value, storage);
      if (!put.ok) return put;
    }
    return ok(undefined);
  }

  /**
   * Gives up refs that did not make it into the library. Decided by what the file says now, under the lock: a write that
   * reported an error can have taken effect all the same.
   */
  async function abandon(puts: readonly Put[]): Promise<void> {
    const refs = new Set(puts.map(({ ref }) => ref));
    const given = await store.mutate(
      (document) => {
        const unused = document.pendingSecretPuts.filter(({ ref }) => refs.has(ref) && !isReferenced(document, ref));
        const pendingSecretPuts = document.pendingSecretPuts.filter(({ ref }) => !refs.has(ref));
        const pendingSecretDeletes = [...document.pendingSecretDeletes, ...unused];
        const next = { ...document, pendingSecretPuts, pendingSecretDeletes };
        const used = refsOf(document);
        const session = puts
          .filter(({ ref, storage }) => storage === 'session' && !used.has(ref))
          .map(({ ref }) => ref);
        return ok({ document: unused.length > 0 ? next : null, value: session });
      },
      { backup: false },
    );
    if (!given.ok) {
      log.warn('secrets-left-for-sweep', { code: given.error.code, count: refs.size });
      return;
    }
    await forgetSession(given.value);
  }

  async function forgetSession(refs: string[]): Promise<void> {
    for (const ref of refs) await vault.remove(ref, 'session');
  }

  async function removeUnused(): Promise<void> {
    const document = await store.document();
    if (!document.ok) return;
    const removed = new Set<string>();
    for (const { ref } of document.value.pendingSecretDeletes) {
      if (!isReferenced(document.value, ref)) {
        const result = await vault.remove(ref, 'keychain');
        if (!result.ok) {
          // The next one would fail in the same way, and each can make the system ask for the keychain's password.
          log.warn('secret-not-removed', { code: result.error.code });
          break;
        }
      }
      removed.add(ref);
    }
    if (removed.size === 0) return;
    const noted = await store.mutate(
      (latest) => {
        const pendingSecretDeletes = latest.pendingSecretDeletes.filter(({ ref }) => !removed.has(ref));
        const changed = pendingSecretDeletes.length < latest.pendingSecretDeletes.length;
        return ok({ document: changed ? { ...latest, pendingSecretDeletes } : null, value: undefined });
      },
      { backup: false },
    );
    // Removing once more later does no harm.
    if (!noted.ok) log.warn('removal-not-noted', { code: noted.error.code });
  }

  return { commit, removeUnused };
}
