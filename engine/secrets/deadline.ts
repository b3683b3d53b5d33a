import { type KeychainBackend, KeychainTimeout } from './backend.ts';

/**
 * Gives every call of a backend a time limit. A native call cannot be taken back, and a prompt of the system may stay open
 * for long; so while one is overdue, further calls are refused at once. Otherwise each would hold a thread of Node's
 * pool (which has four, shared with DNS and files), and its late effect could mix with newer writes.
 */
export function withDeadline(backend: KeychainBackend, deadlineMs: number): KeychainBackend {
  let overdue = false;

  async function limited<T>(call: () => Promise<T>): Promise<T> {
    if (overdue)
      throw new KeychainTimeout('an earlier request still waits for an answer, maybe from a prompt on the screen');
    const pending = call();
    let timer: NodeJS.Timeout | undefined;
    const limit = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        overdue = true;
        const settled = () => {
          overdue = false;
        };
        pending.then(settled, settled);
        reject(new KeychainTimeout(`no answer within ${Math.ceil(deadlineMs / 1000)} s`));
      }, deadlineMs);
    });
    try {
      return await Promise.race([pending, limit]);
    } finally {
      clearTimeout(timer);
    }
  }

  return {
    name: backend.name,
    maxItemBytes: backend.maxItemBytes,
    missingIsCertain: backend.missingIsCertain,
    read: (account) => limited(() => backend.read(account)),
    write: (account, bytes) => limited(() => backend.write(account, bytes)),
    delete: (account) => limited(() => backend.delete(account)),
  };
}
