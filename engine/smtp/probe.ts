import tls from 'node:tls';
import { dial } from './dial.ts';
import type { Session } from './session.ts';

/** Milliseconds for the whole probe. */
const PROBE_LIMIT = 2_000;

/**
 * Finds out whether a silent port waits for TLS, by a handshake on a connection of its own. Nothing is sent over it.
 */
export async function probeTls(session: Session): Promise<boolean> {
  const { security, port, proxy } = session.settings.server;
  if (security === 'tls' || proxy.kind !== 'none' || !session.connectedTo || session.signal.aborted) return false;
  const dialled = await dial(session.connectedTo, port, PROBE_LIMIT / 2, session.signal);
  if (!dialled.ok) return false;
  return new Promise((resolve) => {
    const secured = tls.connect({ socket: dialled.value, rejectUnauthorized: false });
    const settle = (answered: boolean) => {
      clearTimeout(timer);
      session.signal.removeEventListener('abort', onAbort);
      secured.destroy();
      dialled.value.destroy();
      resolve(answered);
    };
    const onAbort = () => settle(false);
    const timer = setTimeout(onAbort, PROBE_LIMIT / 2);
    session.signal.addEventListener('abort', onAbort, { once: true });
    secured.once('secureConnect', () => settle(true));
    secured.on('error', onAbort).once('close', onAbort);
  });
}
