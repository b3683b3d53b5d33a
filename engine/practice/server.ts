import { createServer, type Server, type Socket } from 'node:net';
import type { CertificateAuthority } from './certificates.ts';
import { type ArrivingBytes, Connection, type Tap } from './connection.ts';
import type { Inbox } from './inbox.ts';
import type { PracticeLimits } from './limits.ts';
import type { Behaviour } from './scenario.ts';
import { Session } from './session.ts';
import { tlsChoicesOf } from './tls-choices.ts';

/** The only address that the practice server listens on. */
export const PRACTICE_ADDRESS = '127.0.0.1';

/** What a listener needs. */
export interface ListenerOptions {
  readonly behaviour: Behaviour;
  /** Port to take when it is free; 0 takes any. */
  readonly port: number;
  readonly authority: CertificateAuthority;
  readonly inbox: Inbox;
  readonly limits: PracticeLimits;
  /** Told of a bug in a session; the session is closed, the server goes on. */
  readonly onFault: (error: unknown) => void;
  /** Told what clients send, for tests. */
  readonly tap?: Tap | undefined;
}

/** A running SMTP server on loopback. */
export interface Listener {
  readonly port: number;
  /** Behaves differently from the next connection on. */
  use(behaviour: Behaviour): Promise<void>;
  /** Ends every connection and stops listening. */
  close(): Promise<void>;
}

/** Starts listening. Rejects with the system's error when that is not possible. */
export async function listen(options: ListenerOptions): Promise<Listener> {
  const { authority, inbox, limits } = options;
  const connections = new Set<Connection>();
  const arriving: ArrivingBytes = { used: 0 };
  let current = { behaviour: options.behaviour, tls: await tlsChoicesOf(options.behaviour, authority) };

  const server = createServer({ allowHalfOpen: true }, (socket) => {
    if (connections.size >= limits.connections) return sendAway(socket);
    const connection = new Connection(socket, limits, arriving, options.tap);
    connections.add(connection);
    socket.once('close', () => connections.delete(connection));
    new Session({ connection, inbox, limits, ...current }).run().catch((error: unknown) => {
      connection.destroy();
      options.onFault(error);
    });
  });
  // Those above the limit are told so; above this one they are dropped without a word.
  server.maxConnections = limits.connections * 2;
  const port = await bind(server, options.port);
  return {
    port,
    async use(behaviour) {
      current = { behaviour, tls: await tlsChoicesOf(behaviour, authority) };
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const connection of connections) connection.destroy();
      }),
  };
}

function bind(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host: PRACTICE_ADDRESS, port, exclusive: true }, () => {
      server.off('error', reject);
      // Accepting can fail later, such as with no file descriptor left; the server goes on.
      server.on('error', () => undefined);
      const address = server.address();
      resolve(typeof address === 'object' && address ? address.port : 0);
    });
  });
}

function sendAway(socket: Socket): void {
  socket.on('error', () => undefined);
  socket.end('421 4.7.0 Too many connections\r\n', () => socket.destroy());
}
