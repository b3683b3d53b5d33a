import { join } from 'node:path';
import lockfile from 'proper-lockfile';
import { appErrorOf } from '../../shared/errors.ts';
import { fail, type Result } from '../../shared/result.ts';
import { systemCode } from '../files/file-errors.ts';
import { tryMakeDirectory } from '../files/make-directory.ts';

/** Milliseconds after which the lock of a program that was killed counts no more. */
const STALE = 5_000;

/**
 * Sends while no other program on this data directory sends the same message: a window and a terminal at once. Fails with
 * SEND_RUNNING. Where no lock can be made (a read-only directory) the message is sent all the same.
 * @param message File name that stands for the message.
 */
export async function withSendLock<T>(
  directory: string,
  message: string,
  send: () => Promise<Result<T>>,
): Promise<Result<T>> {
  let release = async () => {};
  if (tryMakeDirectory(directory)) {
    try {
      release = await lockfile.lock(join(directory, message), {
        realpath: false,
        stale: STALE,
        update: STALE / 2,
        onCompromised: () => {},
      });
    } catch (cause) {
      if (systemCode(cause) === 'ELOCKED') return fail(appErrorOf('SEND_RUNNING', {}));
    }
  }
  try {
    return await send();
  } finally {
    // Fails only when the lock was lost meanwhile; there is then nothing to give back.
    await release().catch(() => undefined);
  }
}
