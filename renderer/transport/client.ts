import type { Transport } from './connection.ts';
import { createHttpTransport } from './http.ts';
import { createIpcTransport } from './ipc.ts';

/** Picks the way to the engine: the preload's functions where they are there, else HTTP to the loopback host. */
export function createTransport(target: Window): Transport {
  return target.relaysmith ? createIpcTransport(target.relaysmith) : createHttpTransport(target);
}
