import { rmdir, stat } from 'node:fs/promises';
import lockfile from 'proper-lockfile';
import { appErrorOf } from '../../shared/errors.ts';
import { fail, type Result } from '../../shared/result.ts';
import { systemCode, writeError } from '../files/file-errors.ts';

/** Times of the lock in milliseconds; tests use shorter ones. */
export interface LockTiming {
  /** How long to wait for another process. */
  waitMs: number;
  /** A lock that was not renewed for this long belongs to a process that died. */
  staleMs: number;
}

/** A killed process's lock ends well within the wait, so the next one is served and not told "busy". */
export const LOCK_TIMING: LockTiming = { waitMs: 10_000, staleMs: 5_000 };

/**
 * Runs `work` while no other process does so for the same file (`<file>.lock`, a directory). `work` gets a function that
 * says whether the lock is still held: a machine that slept may have lost it. Errors: LIBRARY_BUSY, storage errors.
 */
export async function withLibraryLock<T>(
  file: string,
  { waitMs, staleMs }: LockTiming,
  work: (stillHeld: () => boolean) => Promise<Result<T>>,
): Promise<Result<T>> {
  let held = true;
  const acquire = () =>
    lockfile.lock(file, {
      realpath: false,
      stale: staleMs,
      update: Math.min(1_000, staleMs / 2),
      onCompromised: () => {
        held = false;
      },
    });
  let release: () => Promise<void>;
  try {
    release = await acquireWithin(waitMs, acquire, `${file}.lock`);
  } catch (cause) {
    if (systemCode(cause) === 'ELOCKED') return fail(appErrorOf('LIBRARY_BUSY', {}));
    return fail(writeError(cause, 'library.json'));
  }
  try {
    return await work(() => held);
  } finally {
    // Fails only when the lock was lost meanwhile; there is then nothing to give back.
    await release().catch(() => undefined);
  }
}

async function acquireWithin<T>(waitMs: number, acquire: () => Promise<T>, lockPath: string): Promise<T> {
  const deadline = performance.now() + waitMs;
  const firstSeen = await modifiedAt(lockPath);
  for (;;) {
    try {
      return await acquire();
    } catch (cause) {
      if (systemCode(cause) !== 'ELOCKED') throw cause;
      if (performance.now() > deadline) {
        if (!(await isDeadInFuture(lockPath, firstSeen))) throw cause;
        await rmdir(lockPath).catch(() => undefined);
        return acquire();
      }
      // Uneven, so that several waiting processes do not knock in step.
      await new Promise((resolve) => setTimeout(resolve, 10 + Math.random() * 40));
    }
  }
}

/**
 * A lock left by a killed process before the clock was set back seems to come from the future and would never grow old.
 * A living holder renews it every second, so one that did not change during the whole wait is dead.
 */
async function isDeadInFuture(lockPath: string, firstSeen: number | null): Promise<boolean> {
  const now = await modifiedAt(lockPath);
  return now !== null && now === firstSeen && now > Date.now();
}

async function modifiedAt(path: string): Promise<number | null> {
  return stat(path).then(
    ({ mtimeMs }) => mtimeMs,
    () => null,
  );
}
