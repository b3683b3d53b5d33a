import type { CallOptions } from '../../shared/client.ts';
import type { RequestEvent, RequestInput, RequestName, RequestOutput } from '../../shared/contract.ts';
import type { Result } from '../../shared/result.ts';
import { createConnection, hostLost, type Transport } from './connection.ts';
import { readJsonLines } from './ndjson.ts';

/** The parts of a window that the loopback transport needs. */
export interface HttpWindow {
  location: { origin: string; hash: string; pathname: string };
  history: { replaceState(data: unknown, unused: string, url: string): void };
}

/**
 * The transport of the browser window: HTTP to the loopback host that served it. The one-time exchange token of the
 * address's fragment becomes a session token, which is kept in memory only; the fragment leaves the address bar at once.
 */
export function createHttpTransport({ location, history }: HttpWindow): Transport {
  const exchange = location.hash.replace(/^#/, '').replace(/^\w+=/, '');
  if (exchange) history.replaceState(null, '', location.pathname);
  const connection = createConnection(exchange ? 'open' : 'no-session');
  const session = exchange ? openSession(location.origin, exchange) : Promise.resolve(null);

  const post = async (path: string, body: unknown): Promise<Response | null> => {
    const token = await session.catch(() => undefined);
    if (token === undefined) return setLost();
    if (token === null) return setNoSession();
    const headers = { 'Content-Type': 'application/json', Authorization: `Bearer ${token}` };
    const response = await fetch(`${location.origin}${path}`, {
      method: 'POST',
      headers,
      body: JSON.stringify(body),
    }).catch(() => null);
    if (!response) return setLost();
    if (response.status === 401 || response.status === 403) return setNoSession();
    connection.setState({ state: 'open' });
    return response;
  };
  const setLost = () => {
    connection.setState({ state: 'lost' });
    return null;
  };
  const setNoSession = () => {
    connection.setState({ state: 'no-session' });
    return null;
  };

  const client = async <N extends RequestName>(
    name: N,
    input: RequestInput<N>,
    { signal, onEvent }: CallOptions<N> = {},
  ): Promise<Result<RequestOutput<N>>> => {
    const callId = crypto.randomUUID();
    // The call itself is not aborted: a cancelled test still answers with its report.
    const cancel = () => void post('/api/cancel', { callId });
    signal?.addEventListener('abort', cancel);
    try {
      const response = await post('/api/call', { name, input, callId });
      if (!response) return hostLost();
      return await readResult<N>(response, onEvent);
    } catch {
      setLost();
      return hostLost();
    } finally {
      signal?.removeEventListener('abort', cancel);
    }
  };
  return { client, connection };
}

async function openSession(origin: string, exchange: string): Promise<string | null> {
  const response = await fetch(`${origin}/api/session`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ exchange }),
  });
  if (!response.ok) return null;
  const { token } = (await response.json()) as { token?: unknown };
  return typeof token === 'string' ? token : null;
}

async function readResult<N extends RequestName>(
  response: Response,
  onEvent: ((event: RequestEvent<N>) => void) | undefined,
): Promise<Result<RequestOutput<N>>> {
  const streams = response.headers.get('Content-Type')?.includes('application/x-ndjson') ?? false;
  if (!streams || !response.body) return asResult<N>(await response.json());
  let result: unknown = null;
  await readJsonLines(response.body, (line) => {
    const { event, result: last } = line as { event?: RequestEvent<N>; result?: unknown };
    if (event !== undefined) onEvent?.(event);
    if (last !== undefined) result = last;
  });
  return asResult<N>(result);
}

// A refusal of the host (a body too large, say) is a Result as well; anything else is not our host's answer.
function asResult<N extends RequestName>(value: unknown): Result<RequestOutput<N>> {
  const isResult = typeof value === 'object' && value !== null && typeof (value as { ok?: unknown }).ok === 'boolean';
  if (!isResult) throw new Error('The answer is no result');
  return value as Result<RequestOutput<N>>;
}
