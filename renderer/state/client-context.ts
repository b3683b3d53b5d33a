import { createContext, useContext } from 'react';
import type { Client } from '../../shared/client.ts';
import type { Transport } from '../transport/connection.ts';

/** Holds the transport; filled once, at the root. */
export const TransportContext = createContext<Transport | null>(null);

/** The transport of this window. */
export function useTransport(): Transport {
  const transport = useContext(TransportContext);
  if (!transport) throw new Error('TransportContext is empty');
  return transport;
}

/** The engine, as the window sees it. */
export function useClient(): Client {
  return useTransport().client;
}
