import type { Socket } from 'node:net';
import { isIP } from 'node:net';
import { hostPort } from '../../shared/host.ts';
import type { ProfileSettings } from '../../shared/profile.ts';
import { CANCELLED, done, failing, type Outcome } from './failure.ts';

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
  const limit = setTimeout(() => socket.destroy(), limitMs);
  const onAbort = () => socket.destroy();
  signal.addEventListener('abort', onAbort, { once: true });
  const refusal = await exchange;
  clearTimeout(limit);
  signal.removeEventListener('abort', onAbort);
  if (signal.aborted) return { ok: false, failure: CANCELLED };
  if (refusal === null) return done(socket);
  socket.destroy();
  return failing('EPROXY', refusal);
}

/** SOCKS5 without a user name (RFC 1928). Null on success, else what went wrong. */
async function socks5(socket: Socket, goal: ProxyGoal): Promise<string | null> {
  socket.write(Buffer.from([5, 1, 0]));
  const method = await take(socket, (bytes) => (bytes.length >= 2 ? 2 : null));
  if (method?.[0] !== 5) return 'The proxy does not speak SOCKS5';
  if (method[1] !== 0) return 'The proxy wants a user name';
  socket.write(socksRequest(goal));
  const answer = await take(socket, socksAnswerLength);
  if (!answer) return 'The proxy closed the connection';
  const code = answer[1] ?? 255;
  return code === 0 ? null : (SOCKS_ERRORS[code] ?? `The proxy refused with SOCKS code ${code}`);
}

const SOCKS_ERRORS: Record<number, string> = {
  1: 'The proxy failed',
  2: 'The proxy does not allow this connection',
  3: 'The proxy cannot reach the network',
  4: 'The proxy cannot reach the host',
  5: 'The server refused the connection of the proxy',
  6: 'The connection of the proxy timed out',
};

function socksRequest({ host, port }: ProxyGoal): Buffer {
  const head = Buffer.from([5, 1, 0]);
  const tail = Buffer.from([port >> 8, port & 0xff]);
  if (isIP(host) === 4) return Buffer.concat([head, Buffer.from([1, ...host.split('.').map(Number)]), tail]);
  // An IPv6 address travels as a name: proxies take both, and the text needs no parsing here.
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
async function httpConnect(socket: Socket, goal: ProxyGoal): Promise<string | null> {
  const authority = hostPort(goal.host, goal.port);
  socket.write(`CONNECT ${authority} HTTP/1.1\r\nHost: ${authority}\r\n\r\n`);
  const answer = await take(socket, (bytes) => {
    const end = bytes.indexOf('\r\n\r\n');
    return end === -1 ? null : end + 4;
  });
  if (!answer) return 'The proxy closed the connection';
  const status = /^HTTP\/1\.[01] (\d{3})/.exec(answer.toString('latin1'))?.[1];
  if (status === undefined) return 'The proxy does not speak HTTP';
  return status.startsWith('2') ? null : `The proxy refused with HTTP ${status}`;
}

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
