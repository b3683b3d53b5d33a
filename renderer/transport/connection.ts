import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Client } from '../../shared/client.ts';
import { appErrorOf } from '../../shared/errors.ts';
import { fail } from '../../shared/result.ts';

/**
 * Whether the host answers: `lost` when it does not, `no-session` when this window was never let in or the host was
 * started anew since.
 */
export type ConnectionState = 'open' | 'lost' | 'no-session';

/** The state of the connection, to be watched. */
export type Connection = StoreApi<{ state: ConnectionState }>;

/** A way to the engine, and whether it is there. */
export interface Transport {
  client: Client;
  connection: Connection;
}

/** A connection that counts as open until a call says otherwise. */
export function createConnection(state: ConnectionState = 'open'): Connection {
  return createStore(() => ({ state }));
}

/** The result of a call that found no host. The offline screen says the same at length. */
export function hostLost() {
  return fail(
    appErrorOf('NOT_AVAILABLE', { what: 'The Relaysmith host', instead: 'Start Relaysmith again, then try again.' }),
  );
}
