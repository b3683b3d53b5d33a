import type { Socket } from 'node:net';
import { isIP } from 'node:net';
import { hostPort } from '../../shared/host.ts';
import type { ProfileSettings } from '../../shared/profile.ts';
import { CANCELLED, done, failing, type Outcome } from './failure.ts';
import { ipv6Bytes } from './ipv6-bytes.ts';

/** Most bytes of a proxy's answer. */
const ANSWER_BYTES = 8_192;

/** Where the proxy shall connect to. It looks the name up itself. */
export interface ProxyGoal {
  host: string;
  port: number;
}

/** Opens a tunnel through a proxy whose socket is connected. Fails with EPROXY. The socket is handed back paused. */
export async function openTunnel(
  kind: ProfileSettings['server']['proxy']['kind'],
  socket: Socket,
  goal: ProxyGoal,
  limitMs: number,
  signal: AbortSignal,
): Promise<Outcome<Socket>> {
  const exchange = kind === 'socks5' ? socks5(socket, goal) : httpConnect(socket, goal);
  let isLate = false;
  const limit = setTimeout(() => {
    isLate = true;
    socket.destroy();
  }, limitMs);
  const onAbort = () => socket.destroy();
  signal.addEventListener('abort', onAbort, { once: true });
  const refusal = await exchange;
  clearTimeout(limit);
  signal.removeEventListener('abort', onAbort);
  if (signal.aborted) return { ok: false, failure: CANCELLED };
  if (refusal === null) return done(socket);
  socket.destroy();
  const { detail, fault } = isLate ? SILENT : refusal;
  return failing('EPROXY', detail, { proxyFault: fault });
}

/**
 * What stood in the way: `protocol` (it is no such proxy), `sign-in`, `forbidden` (it may not), `target` (it could not reach
 * the mail server), `silent`.
 */
interface Refusal {
  detail: string;
  fault: 'protocol' | 'sign-in' | 'forbidden' | 'target' | 'silent';
}

const SILENT: Refusal = { detail: 'The proxy did not answer in time', fault: 'silent' };
const CLOSED: Refusal = { detail: 'The proxy closed the connection', fault: 'silent' };

/** SOCKS5 without a user name (RFC 1928). Null on success, else what went wrong. */
async function socks5(socket: Socket, goal: ProxyGoal): Promise<Refusal | null> {
  socket.write(Buffer.from([5, 1, 0]));
  const method = await take(socket, (bytes) => (bytes.length >= 2 ? 2 : null));
  if (!method) return CLOSED;
  if (method[0] !== 5) return { detail: 'The proxy does not speak SOCKS5', fault: 'protocol' };
  if (method[1] !== 0) return { detail: 'The proxy wants a user name', fault: 'sign-in' };
  socket.write(socksRequest(goal));
  const answer = await take(socket, socksAnswerLength);
  if (!answer) return CLOSED;
  if (answer[0] !== 5) return { detail: 'The proxy does not speak SOCKS5', fault: 'protocol' };
  const code = answer[1] ?? 255;
  if (code === 0) return null;
  return SOCKS_ERRORS[code] ?? { detail: `The proxy refused with SOCKS code ${code}`, fault: 'target' };
}

/** RFC 1928 6. */
const SOCKS_ERRORS: Record<number, Refusal> = {
  1: { detail: 'The proxy failed', fault: 'target' },
  2: { detail: 'The proxy does not allow this connection', fault: 'forbidden' },
  3: { detail: 'The proxy cannot reach the network', fault: 'target' },
  4: { detail: 'The proxy cannot reach the host', fault: 'target' },
  5: { detail: 'The server refused the connection of the proxy', fault: 'target' },
  6: { detail: 'The connection of the proxy timed out', fault: 'target' },
  7: { detail: 'The proxy knows no CONNECT', fault: 'forbidden' },
  8: { detail: 'The proxy does not take this kind of address', fault: 'target' },
};

function socksRequest({ host, port }: ProxyGoal): Buffer {
  const head = Buffer.from([5, 1, 0]);
  const tail = Buffer.from([port >> 8, port & 0xff]);
  if (isIP(host) === 4) return Buffer.concat([head, Buffer.from([1, ...host.split('.').map(Number)]), tail]);
  if (isIP(host.split('%')[0] ?? '') === 6) return Buffer.concat([head, Buffer.from([4]), ipv6Bytes(host), tail]);
  const name = Buffer.from(host, 'ascii').subarray(0, 255);
  return Buffer.concat([head, Buffer.from([3, name.length]), name, tail]);
}

function socksAnswerLength(bytes: Buffer): number | null {
  const type = bytes[3];
  const addressBytes = type === 1 ? 4 : type === 4 ? 16 : type === 3 ? (bytes[4] ?? 0) + 1 : 0;
  const length = 4 + addressBytes + 2;
  return bytes.length >= Math.max(5, length) ? length : null;
}

/** HTTP CONNECT (RFC 9110 9.3.6). Null on success, else what went wrong. */
async function httpConnect(socket: Socket, goal: ProxyGoal): Promise<Refusal | null> {
  const authority = hostPort(goal.host, goal.port);
  socket.write(`CONNECT ${authority} HTTP/1.1\r\nHost: ${authority}\r\n\r\n`);
  const answer = await take(socket, (bytes) => {
    const end = bytes.indexOf('\r\n\r\n');
    return end === -1 ? null : end + 4;
  });
  if (!answer) return CLOSED;
  const status = /^HTTP\/1\.[01] (\d{3})/.exec(answer.toString('latin1'))?.[1];
  if (status === undefined) return { detail: 'The proxy does not speak HTTP', fault: 'protocol' };
  if (status.startsWith('2')) return null;
  return { detail: `The proxy refused with HTTP ${status}`, fault: HTTP_FAULTS[status] ?? 'forbidden' };
}

/** Statuses that do not mean "not allowed" (RFC 9110 15.5.8, 15.6). */
const HTTP_FAULTS: Record<string, Refusal['fault']> = {
  '407': 'sign-in',
  '500': 'target',
  '502': 'target',
  '503': 'target',
  '504': 'target',
};

/** Reads until `lengthOf` knows how long the answer is; gives back what follows it. Null when the socket ends first. */
function take(socket: Socket, lengthOf: (bytes: Buffer) => number | null): Promise<Buffer | null> {
  return new Promise((resolve) => {
    let bytes: Buffer = Buffer.alloc(0);
    const settle = (answer: Buffer | null) => {
      socket.off('data', onData).off('close', onClose).off('error', onClose);
      socket.on('error', () => {});
      socket.pause();
      resolve(answer);
    };
    const onData = (chunk: Buffer) => {
      bytes = Buffer.concat([bytes, chunk]);
      const length = lengthOf(bytes);
      if (length === null && bytes.length <= ANSWER_BYTES) return;
      if (length === null) return settle(null);
      const rest = bytes.subarray(length);
      settle(bytes.subarray(0, length));
      if (rest.length > 0) socket.unshift(rest);
    };
    const onClose = () => settle(null);
    socket.on('data', onData).once('close', onClose).once('error', onClose).resume();
    if (socket.destroyed) settle(null);
  });
}
