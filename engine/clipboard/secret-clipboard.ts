import { createHmac, randomBytes } from 'node:crypto';
import { appErrorOf } from '../../shared/errors.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { ClipboardPort } from '../ports.ts';

/** Seconds that a secret stays on the clipboard: long enough to switch windows and paste. */
export const CLEAR_AFTER_SECONDS = 45;

/** The clipboard with an eye on the secrets that were put there. */
export interface SecretClipboard {
  /** Puts a text there that may stay. Error: CLIPBOARD_UNAVAILABLE. */
  copy(text: string): Promise<Result<void>>;
  /** Puts a secret there, and takes it off again after {@link CLEAR_AFTER_SECONDS}. Error: CLIPBOARD_UNAVAILABLE. */
  copySecret(secret: string): Promise<Result<void>>;
  /** Takes the secret off now, if the clipboard still holds it; what was copied since stays. */
  clear(): Promise<void>;
}

/** Watches over a door's clipboard. Of the secret only a keyed hash is kept, to know it again. */
export function createSecretClipboard(port: ClipboardPort): SecretClipboard {
  const key = randomBytes(32);
  const mark = (text: string) => createHmac('sha256', key).update(text).digest('hex');
  let held: string | null = null;
  let timer: NodeJS.Timeout | undefined;

  const forget = () => {
    clearTimeout(timer);
    held = null;
  };
  const clear = async () => {
    const wanted = held;
    forget();
    if (wanted === null) return;
    const present = await port.read();
    if (present !== null && mark(present) === wanted) await port.write('');
  };

  return {
    copy: async (text) => {
      forget();
      return port.write(text);
    },
    copySecret: async (secret) => {
      forget();
      const written = await port.write(secret);
      if (!written.ok) return written;
      held = mark(secret);
      timer = setTimeout(() => void clear(), CLEAR_AFTER_SECONDS * 1_000);
      // A door that ends takes it off in clear().
      timer.unref();
      // Only what can be read back can be known again, and so be taken off.
      const present = await port.read();
      if (present !== null && mark(present) === held) return ok(undefined);
      forget();
      await port.write('');
      return fail(appErrorOf('CLIPBOARD_UNAVAILABLE', { reason: 'unreadable' }));
    },
    clear,
  };
}
