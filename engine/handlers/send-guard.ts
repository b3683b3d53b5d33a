import { createHash } from 'node:crypto';
import { connectionPart } from '../../shared/connection-part.ts';
import { appErrorOf } from '../../shared/errors.ts';
import type { ProfileSettings } from '../../shared/profile.ts';
import type { TestReport } from '../../shared/report.ts';
import { fail, type Result } from '../../shared/result.ts';
import { withSendLock } from './send-lock.ts';

/** Sends whose result is remembered; the oldest goes first. */
const MAX_SENDS = 200;

interface Send {
  /** What is sent to whom, as a hash. */
  message: string;
  isRunning: boolean;
  result: Promise<Result<TestReport>>;
}

/**
 * Keeps a test message from going out twice by accident. One decision of a person has one id: a repeated request (double
 * click, retry, a window that comes back) joins the send of that id or gets its result. While a message is on its way,
 * the same one under another id is refused (a second window, or a terminal beside it).
 */
export class SendGuard {
  readonly #sends = new Map<string, Send>();
  readonly #directory: string;

  /** @param directory Where the locks stand that other programs see. */
  constructor(directory: string) {
    this.#directory = directory;
  }

  /**
   * Sends, or gives the result of the earlier send with this id. An id whose message never left can be used again, as
   * after a missing password.
   */
  async once(id: string, message: string, send: () => Promise<Result<TestReport>>): Promise<Result<TestReport>> {
    const known = this.#sends.get(id);
    if (known) return known.message === message ? known.result : fail(idTaken());
    const isSame = (other: Send) => other.isRunning && other.message === message;
    if ([...this.#sends.values()].some(isSame)) return fail(appErrorOf('SEND_RUNNING', {}));
    const entry: Send = { message, isRunning: true, result: withSendLock(this.#directory, message, send) };
    this.#sends.set(id, entry);
    this.#dropOldest();
    try {
      const result = await entry.result;
      if (!result.ok || !wasSent(result.value)) this.#sends.delete(id);
      return result;
    } catch (bug) {
      this.#sends.delete(id);
      throw bug;
    } finally {
      entry.isRunning = false;
    }
  }

  #dropOldest(): void {
    for (const [id, { isRunning }] of this.#sends) {
      if (this.#sends.size <= MAX_SENDS) return;
      if (!isRunning) this.#sends.delete(id);
    }
  }
}

/** What tells one message from another: server, sender and recipient. Nothing of it can be read back. */
export function messageKey(settings: ProfileSettings, recipient: string | null): string {
  return createHash('sha256')
    .update(JSON.stringify([connectionPart(settings), recipient]))
    .digest('hex');
}

/** True once the whole message had left, accepted or not known to be. */
function wasSent({ stages }: TestReport): boolean {
  return stages.some(({ facts }) => facts.messageSent === true);
}

function idTaken() {
  const message = 'This id belongs to another message.';
  return appErrorOf('INVALID_INPUT', { problems: [{ field: 'sendId', message }] });
}
