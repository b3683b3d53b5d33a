import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Sockets on each of the two addresses. */
const MAX_SOCKETS = 32;
const HEADERS_TIMEOUT_MS = 10_000;
const BODY_TIMEOUT_MS = 60_000;
const MAX_HEADER_BYTES = 8_192;
/** Tries to find a port that is free on both addresses. */
const ATTEMPTS = 5;

/** The port that was asked for cannot be had. */
export class PortTakenError extends Error {
  override readonly name = 'PortTakenError';
  /** Error code of the system, such as EADDRINUSE. */
  readonly code: string;

  constructor(port: number, code: string) {
    super(`Port ${port} cannot be listened on (${code})`);
    this.code = code;
  }
}

/** Servers on 127.0.0.1 and, where the machine has it, ::1, on the same port. Never on another address. */
export interface Listening {
  port: number;
  servers: Server[];
}

/** Time limits in milliseconds; tests shorten them. */
export interface ListenLimits {
  headersMs?: number | undefined;
  bodyMs?: number | undefined;
}

/** Listens on loopback; port 0 takes a free one. Throws PortTakenError: a fixed port is never swapped for another. */
export async function listenOnLoopback(
  handler: RequestListener,
  port: number,
  limits: ListenLimits = {},
): Promise<Listening> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const ipv4 = serverFor(handler, limits);
    const failure = await listen(ipv4, port, '127.0.0.1');
    if (failure) throw new PortTakenError(port, failure);
    const chosen = (ipv4.address() as AddressInfo).port;
    const ipv6 = serverFor(handler, limits);
    const failure6 = await listen(ipv6, chosen, '::1');
    if (!failure6) return { port: chosen, servers: [ipv4, ipv6] };
    // EADDRINUSE: someone else sits on [::1]:port and could take what is meant for us under `localhost`.
    if (failure6 !== 'EADDRINUSE') return { port: chosen, servers: [ipv4] };
    ipv4.close();
    if (port !== 0) throw new PortTakenError(port, failure6);
  }
  throw new PortTakenError(port, 'EADDRINUSE');
}

function serverFor(
  handler: RequestListener,
  { headersMs = HEADERS_TIMEOUT_MS, bodyMs = BODY_TIMEOUT_MS }: ListenLimits,
): Server {
  const server = createServer(
    {
      headersTimeout: headersMs,
      requestTimeout: bodyMs,
      // Node looks for late requests only this often; its default of 30 s would triple the limits above.
      connectionsCheckingInterval: Math.ceil(Math.min(headersMs, bodyMs) / 4),
      keepAliveTimeout: 5_000,
      maxHeaderSize: MAX_HEADER_BYTES,
    },
    handler,
  );
  server.maxConnections = MAX_SOCKETS;
  // Nothing here speaks another protocol: a WebSocket is refused, whatever it brings.
  server.on('upgrade', (_request, socket) => {
    socket.end(
      'HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Type: text/plain\r\nContent-Length: 8\r\n\r\nRefused.',
    );
  });
  return server;
}

function listen(server: Server, port: number, host: string): Promise<string | null> {
  return new Promise((resolve) => {
    const onError = (error: NodeJS.ErrnoException) => resolve(error.code ?? 'unknown');
    server.once('error', onError);
    server.listen({ port, host, exclusive: true }, () => {
      server.off('error', onError);
      resolve(null);
    });
  });
}
