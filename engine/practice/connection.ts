import type { Socket } from 'node:net';
import { type SecureContext, TLSSocket, type TLSSocketOptions } from 'node:tls';
import { ByteBuffer } from './byte-buffer.ts';
import { DataDecoder } from './data-decoder.ts';
import type { PracticeLimits } from './limits.ts';

const LF = 0x0a;

/** One command line, or why there is none. */
export type LineRead = { kind: 'line'; text: string } | { kind: 'too-long' } | { kind: 'end' };

/** One message, or why there is none. */
export type MessageRead =
  | { kind: 'message'; source: Buffer }
  | { kind: 'too-large' }
  | { kind: 'no-room' }
  | { kind: 'end' };

/** Bytes that all connections together hold of messages still on their way. */
export interface ArrivingBytes {
  used: number;
}

/** How the server does TLS: certificate and versions, and whether it asks the client for a certificate too. */
export interface TlsChoices extends Pick<TLSSocketOptions, 'SNICallback'> {
  readonly context: SecureContext;
  readonly requestCert: boolean;
  readonly rejectUnauthorized: boolean;
}

/** Told every byte that a client sent, decrypted where it came inside TLS. */
export type Tap = (bytes: Buffer) => void;

/**
 * One client's socket, plain or TLS: bounded lines and messages in, bytes out, and every way of ending. Reads pull from
 * a paused stream, so a client that sends faster than it is served is held back by TCP. No method rejects: a socket that
 * failed reads as its end, and writes to it do nothing.
 */
export class Connection {
  readonly #raw: Socket;
  readonly #limits: PracticeLimits;
  readonly #arriving: ArrivingBytes;
  readonly #tap: Tap | undefined;
  readonly #lifetime: NodeJS.Timeout;
  #stream: Socket;
  #buffer: Buffer = Buffer.alloc(0);
  #tls = false;
  #ended = false;

  constructor(socket: Socket, limits: PracticeLimits, arriving: ArrivingBytes, tap?: Tap) {
    this.#tap = tap;
    this.#raw = socket;
    this.#stream = socket;
    this.#limits = limits;
    this.#arriving = arriving;
    this.#lifetime = setTimeout(() => this.destroy(), limits.sessionMs).unref();
    socket.setNoDelay(true);
    socket.setTimeout(limits.idleMs, () => this.destroy());
    socket.once('close', () => clearTimeout(this.#lifetime));
    ignoreErrors(socket);
  }

  /** True once the TLS handshake is done. */
  get secure(): boolean {
    return this.#tls;
  }

  /** True when nothing more can be sent. */
  get closed(): boolean {
    return this.#raw.destroyed || this.#stream.destroyed;
  }

  /** Reads one line, without its CRLF; a bare LF ends a line too, as people type into a terminal. */
  async readLine(): Promise<LineRead> {
    let skipping = false;
    for (let searched = 0; !this.#ended; ) {
      const end = this.#buffer.indexOf(LF, searched);
      if (end >= 0) {
        const line = this.#take(end + 1);
        if (skipping || line.length > this.#limits.lineBytes) return { kind: 'too-long' };
        return { kind: 'line', text: line.toString('utf8').replace(/\r?\n$/, '') };
      }
      if (this.#buffer.length > this.#limits.lineBytes) {
        skipping = true;
        this.#buffer = Buffer.alloc(0);
      }
      searched = this.#buffer.length;
      const chunk = await this.#read();
      if (!chunk) return { kind: 'end' };
      this.#buffer = Buffer.concat([this.#buffer, chunk]);
    }
    return { kind: 'end' };
  }

  /** Drops the lines that have arrived before they were asked for; returns how many. */
  dropEarlyLines(): number {
    for (let chunk = this.#next(); chunk; chunk = this.#next()) this.#buffer = Buffer.concat([this.#buffer, chunk]);
    const lines = this.#buffer.toString('latin1').split('\n').length - 1;
    this.#buffer = Buffer.alloc(0);
    return lines;
  }

  /** Reads whatever comes next and drops it. */
  async skip(): Promise<void> {
    if (this.#buffer.length === 0) await this.#read();
    this.#buffer = Buffer.alloc(0);
  }

  /** Reads the content of DATA to its end. What does not fit is read and dropped, so that the reply stays in step. */
  async readMessage(): Promise<MessageRead> {
    const decoder = new DataDecoder();
    const message = new ByteBuffer();
    let refusal: 'too-large' | 'no-room' | null = null;
    try {
      for (;;) {
        const chunk = this.#buffer.length > 0 ? this.#take(this.#buffer.length) : await this.#read();
        if (!chunk) return { kind: 'end' };
        const { bytes, done, used } = decoder.push(chunk);
        refusal ??= this.#keep(message, bytes);
        if (!done) continue;
        this.#buffer = Buffer.from(chunk.subarray(used));
        return refusal ? { kind: refusal } : { kind: 'message', source: message.copy() };
      }
    } finally {
      this.#arriving.used -= message.length;
    }
  }

  /** Sends bytes (latin1 text, so that a scenario can send any octet); resolves when there is room for more. */
  async write(bytes: string | Buffer): Promise<void> {
    if (this.closed || this.#stream.writableEnded) return;
    const data = typeof bytes === 'string' ? Buffer.from(bytes, 'latin1') : bytes;
    if (this.#stream.write(data)) return;
    await this.#eventOf('drain');
  }

  /**
   * Answers STARTTLS with `reply` and becomes a TLS server. Everything that the client sent behind the command is thrown
   * away (RFC 3207 4.2; CVE-2011-0411). Resolves to false when the handshake fails; the socket is closed then.
   */
  async startTls(reply: string | null, { context, ...choices }: TlsChoices): Promise<boolean> {
    this.#buffer = Buffer.alloc(0);
    while (this.#next() !== null);
    if (this.closed) return false;
    // TLS takes over the handle below the stream, so nothing may still be queued in the stream.
    if (reply !== null) await new Promise((written) => this.#raw.write(reply, 'latin1', written));
    // The end of a client that has left already would not be told a second time.
    if (this.closed || this.#raw.readableEnded) {
      this.destroy();
      return false;
    }
    const stream = new TLSSocket(this.#raw, {
      isServer: true,
      secureContext: context,
      ...choices,
    });
    ignoreErrors(stream);
    this.#stream = stream;
    this.#tls = await handshake(stream, this.#limits.handshakeMs);
    if (!this.#tls) this.destroy();
    return this.#tls;
  }

  /** Waits, but not longer than the connection lasts. */
  async pause(ms: number): Promise<void> {
    if (this.closed) return;
    const { promise, resolve } = deferred();
    const timer = setTimeout(resolve, ms).unref();
    this.#raw.once('close', resolve);
    await promise;
    clearTimeout(timer);
    this.#raw.off('close', resolve);
  }

  /** Reads and drops everything until the client goes away. */
  async drain(): Promise<void> {
    this.#buffer = Buffer.alloc(0);
    while (await this.#read());
  }

  /** Sends FIN after what was written, and closes once that is out. */
  end(): void {
    this.#ended = true;
    if (this.closed) return;
    this.#stream.end();
    this.#stream.destroySoon();
  }

  /** Sends FIN but goes on reading. */
  halfClose(): void {
    if (!this.closed) this.#stream.end();
  }

  /** Sends RST, in the middle of whatever is going on. */
  reset(): void {
    if (!this.#raw.destroyed) this.#raw.resetAndDestroy();
  }

  /** Ends it at once. */
  destroy(): void {
    this.#stream.destroy();
    this.#raw.destroy();
  }

  /** Adds to a message; drops it and says why where it gets too large. */
  #keep(message: ByteBuffer, more: Buffer): 'too-large' | 'no-room' | null {
    const tooLarge = message.length + more.length > this.#limits.messageBytes;
    if (tooLarge || this.#arriving.used + more.length > this.#limits.arrivingBytes) {
      this.#arriving.used -= message.length;
      message.clear();
      return tooLarge ? 'too-large' : 'no-room';
    }
    message.append(more);
    this.#arriving.used += more.length;
    return null;
  }

  #take(length: number): Buffer {
    const taken = this.#buffer.subarray(0, length);
    this.#buffer = this.#buffer.subarray(length);
    return taken;
  }

  /** The next bytes, or null at the end of the stream. */
  async #read(): Promise<Buffer | null> {
    for (;;) {
      const chunk = this.#next();
      if (chunk) return chunk;
      if (this.#stream.readableEnded || this.closed || this.#ended) return null;
      await this.#eventOf('readable');
    }
  }

  /** Bytes that are here already, or null. */
  #next(): Buffer | null {
    const chunk = this.#stream.read() as Buffer | null;
    if (chunk) this.#tap?.(chunk);
    return chunk;
  }

  /** Waits for an event of the stream, or for its end. */
  async #eventOf(event: 'readable' | 'drain'): Promise<void> {
    const stream = this.#stream;
    const { promise, resolve } = deferred();
    const events = [event, 'end', 'close', 'error'];
    for (const name of events) stream.once(name, resolve);
    await promise;
    for (const name of events) stream.off(name, resolve);
  }
}

function handshake(stream: TLSSocket, timeoutMs: number): Promise<boolean> {
  return new Promise((resolve) => {
    const settle = (done: boolean) => {
      clearTimeout(timer);
      stream.off('secure', succeed).off('end', giveUp).off('error', giveUp).off('close', giveUp);
      resolve(done);
    };
    const succeed = () => settle(true);
    const giveUp = () => settle(false);
    const timer = setTimeout(giveUp, timeoutMs).unref();
    // `end` alone tells of a client that sends FIN in place of its first TLS record: the socket is half-open then.
    stream.once('secure', succeed).once('end', giveUp).once('error', giveUp).once('close', giveUp);
  });
}

/** A client that goes away raises ECONNRESET or EPIPE on its socket: the reads and writes see the end, that is enough. */
function ignoreErrors(socket: Socket): void {
  socket.on('error', () => undefined);
}

function deferred(): { promise: Promise<void>; resolve: () => void } {
  let resolve: () => void = () => undefined;
  const promise = new Promise<void>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}
