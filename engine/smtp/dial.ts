import net, { type Socket } from 'node:net';
import { CANCELLED, done, failing, type Outcome } from './failure.ts';
import type { ResolvedAddress } from './resolver.ts';

/**
 * Opens a TCP connection to one address. Nothing is read from the socket yet. Fails with the system's code, with a timeout
 * after `limitMs`, or when cancelled.
 */
export function dial(
  { address, family }: ResolvedAddress,
  port: number,
  limitMs: number,
  signal: AbortSignal,
): Promise<Outcome<Socket>> {
  return new Promise((resolve) => {
    const socket = net.connect({ host: address, family, port, noDelay: true });
    const settle = (outcome: Outcome<Socket>) => {
      clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
      socket.off('connect', onConnect).off('error', onError);
      // The next owner adds its own; until then an error must not become an uncaught one.
      socket.on('error', () => {});
      if (!outcome.ok) socket.destroy();
      resolve(outcome);
    };
    const onConnect = () => settle(done(socket));
    const onError = (error: NodeJS.ErrnoException) =>
      settle(failing(error.code ?? '', error.message, { bytesReceived: 0 }));
    const onAbort = () => settle({ ok: false, failure: CANCELLED });
    const timer = setTimeout(
      () => settle(failing('ETIMEDOUT', 'No answer in time', { timeoutPhase: 'connect' })),
      Math.ceil(limitMs),
    );
    socket.once('connect', onConnect).once('error', onError);
    signal.addEventListener('abort', onAbort, { once: true });
    if (signal.aborted) onAbort();
  });
}
