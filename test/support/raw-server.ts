import net, { type AddressInfo, type Socket } from 'node:net';
import tls, { type TLSSocket } from 'node:tls';

/** One step of a scripted server. */
export type Step =
  /** Sends bytes as they are. */
  | { send: string | Buffer }
  /** Waits for a line that matches; the script ends when it does not. */
  | { expect: RegExp }
  /** Waits for a line and sends what is made of it. */
  | { answer: (line: string) => string }
  /** Waits, where the time itself is what is tested. */
  | { afterMs: number }
  /** Sends one byte at a time, over and over. */
  | { drip: string; everyMs: number }
  /** Sends the text over and over, as fast as the client takes it. */
  | { flood: string }
  /** Goes on inside TLS. */
  | { tls: TlsStep }
  /** Sends FIN; the client's bytes are still read. */
  | { end: true }
  /** Sends RST. */
  | { reset: true };

/** How a scripted server does its part of TLS: its certificate, and whatever else of OpenSSL's options. */
export interface TlsStep extends tls.SecureContextOptions {
  key: string;
  cert: string;
  /** Asks for a certificate of the CA in `ca` and goes on only with one. */
  requestCert?: boolean;
  /** Goes on without the certificate that it asks for. */
  optional?: boolean;
  /** Certificates by the name that the client asks for (SNI); `cert` is for all others. */
  named?: Record<string, { key: string; cert: string }>;
}

/** A server that follows a script, one run of it for each connection. */
export interface RawServer {
  port: number;
  /** Everything that clients sent, decrypted. */
  received(): string;
  /** Connections that are open. */
  open(): number;
  close(): Promise<void>;
}

/** Starts a scripted server on 127.0.0.1. After its last step it stays silent. */
export async function rawServer(steps: readonly Step[]): Promise<RawServer> {
  const chunks: Buffer[] = [];
  const sockets = new Set<Socket>();
  const server = net.createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket)).on('error', () => {});
    void play(socket, steps, (chunk) => chunks.push(chunk));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    received: () => Buffer.concat(chunks).toString('utf8'),
    open: () => sockets.size,
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
}

async function play(plain: Socket, steps: readonly Step[], record: (chunk: Buffer) => void): Promise<void> {
  let lines = lineReader(plain, record);
  let socket: Socket | TLSSocket = plain;
  for (const step of steps) {
    if (socket.destroyed) return;
    if ('send' in step) socket.write(step.send);
    else if ('expect' in step) {
      const line = await lines.next();
      if (line === null || !step.expect.test(line)) return;
    } else if ('answer' in step) {
      const line = await lines.next();
      if (line === null) return;
      socket.write(step.answer(line));
    } else if ('afterMs' in step) await new Promise((resolve) => setTimeout(resolve, step.afterMs));
    else if ('drip' in step) return drip(socket, step.drip, step.everyMs);
    else if ('flood' in step) return flood(socket, step.flood);
    else if ('tls' in step) {
      lines.stop();
      const secured = await startTls(plain, step.tls);
      if (!secured) return;
      socket = secured;
      lines = lineReader(secured, record);
    } else if ('end' in step) socket.end();
    else {
      plain.resetAndDestroy();
      return;
    }
  }
}

function lineReader(socket: Socket, record: (chunk: Buffer) => void) {
  let buffer = '';
  let over = false;
  let wake: (() => void) | null = null;
  const onData = (chunk: Buffer) => {
    record(chunk);
    buffer += chunk.toString('utf8');
    wake?.();
  };
  const onClose = () => {
    over = true;
    wake?.();
  };
  socket.on('data', onData).on('close', onClose);
  return {
    stop: () => socket.off('data', onData),
    async next(): Promise<string | null> {
      for (;;) {
        const end = buffer.indexOf('\r\n');
        if (end !== -1) {
          const line = buffer.slice(0, end);
          buffer = buffer.slice(end + 2);
          return line;
        }
        if (over) return null;
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    },
  };
}

function startTls(
  plain: Socket,
  { requestCert = false, optional = false, named = {}, ...context }: TlsStep,
): Promise<TLSSocket | null> {
  return new Promise((resolve) => {
    const secured = new tls.TLSSocket(plain, {
      isServer: true,
      secureContext: contextOf(context),
      requestCert,
      rejectUnauthorized: requestCert && !optional,
      SNICallback: (name, callback) => callback(null, contextOf({ ...context, ...named[name] })),
    });
    secured.once('secure', () => resolve(secured));
    secured.on('error', () => resolve(null));
    plain.once('close', () => resolve(null));
  });
}

/** At security level 0 OpenSSL shows weak certificates too. */
function contextOf(options: tls.SecureContextOptions): tls.SecureContext {
  return tls.createSecureContext({ ciphers: 'DEFAULT@SECLEVEL=0', ...options });
}

function drip(socket: Socket, text: string, everyMs: number): void {
  let at = 0;
  const timer = setInterval(() => {
    socket.write(text[at % text.length] ?? '');
    at += 1;
  }, everyMs);
  socket.once('close', () => clearInterval(timer));
}

function flood(socket: Socket, text: string): void {
  const chunk = Buffer.from(text.repeat(Math.ceil(65_536 / text.length)));
  const pour = () => {
    while (!socket.destroyed && socket.write(chunk));
  };
  socket.on('drain', pour);
  pour();
}
