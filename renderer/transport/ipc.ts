import type { CallOptions } from '../../shared/client.ts';
import type { RequestEvent, RequestInput, RequestName, RequestOutput } from '../../shared/contract.ts';
import type { Result } from '../../shared/result.ts';
import type { Bridge } from './bridge.ts';
import { createConnection, hostLost, type Transport } from './connection.ts';

/** The transport of the desktop window: IPC through the preload's three functions. */
export function createIpcTransport(bridge: Bridge): Transport {
  const connection = createConnection();
  const listeners = new Map<string, (event: never) => void>();
  bridge.onEvent((callId, event) => listeners.get(callId)?.(event as never));

  const client = async <N extends RequestName>(
    name: N,
    input: RequestInput<N>,
    { signal, onEvent }: CallOptions<N> = {},
  ): Promise<Result<RequestOutput<N>>> => {
    const callId = crypto.randomUUID();
    const cancel = () => bridge.cancel(callId);
    if (onEvent) listeners.set(callId, onEvent as (event: RequestEvent<N>) => void);
    signal?.addEventListener('abort', cancel);
    try {
      return (await bridge.call(name, input, callId)) as Result<RequestOutput<N>>;
    } catch {
      connection.setState({ state: 'lost' });
      return hostLost();
    } finally {
      listeners.delete(callId);
      signal?.removeEventListener('abort', cancel);
    }
  };
  return { client, connection };
}
