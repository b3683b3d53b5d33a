import type { Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { CANCELLED, done, type Failure, failing, type Outcome } from './failure.ts';
import type { RawReply } from './reply.ts';
import { type ReadReply, ReplyReader } from './reply-reader.ts';
import { tlsErrorCode, tlsErrorText } from './tls-error.ts';
import type { Transcript } from './transcript.ts';

/** Milliseconds for the last bytes to leave when a connection is closed. */
const CLOSE_LIMIT = 200;

/** What a wait for a reply was for; names the phase that a timeout is reported with. */
export type WaitPhase = 'greeting' | 'command' | 'data';

/**
 * A socket that speaks SMTP: one command, one reply, never pipelined. Every wait has a hard deadline that dripping bytes
 * do not extend, every reply is bounded, and bytes that arrive before their command was sent are refused.
 */
export class Connection {
  #socket: Socket | TLSSocket;
  #reader = new ReplyReader();
  #transcript: Transcript;
  #signal: AbortSignal;
  #wake: (() => void) | null = null;
  #error: NodeJS.ErrnoException | null = null;
  #ended = false;
  #quitting = false;
  #received = 0;
  #firstByte: number | null = null;
  #quickest = Number.POSITIVE_INFINITY;
  #detach: () => void = () => {};
  /** True when the bytes travel inside TLS. */
  encrypted: boolean;

  constructor(socket: Socket | TLSSocket, encrypted: boolean, transcript: Transcript, signal: AbortSignal) {
    this.#socket = socket;
    this.encrypted = encrypted;
    this.#transcript = transcript;
    this.#signal = signal;
    // A reset may have come before we took over.
    this.#error = socket.errored;
    this.#attach(socket);
  }

  /** The socket; after an upgrade the TLS one. */
  get socket(): Socket | TLSSocket {
    return this.#socket;
  }

  /** Bytes that the server sent since this socket was taken over. */
  get bytesReceived(): number {
    return this.#received;
  }

  /** First byte that the server sent, or null. */
  get firstByte(): number | null {
    return this.#firstByte;
  }

  /** Milliseconds of the quickest answer to a command so far: a round trip, and what the server took. */
  get roundTripMs(): number {
    return Number.isFinite(this.#quickest) ? this.#quickest : 0;
  }

  /** Bytes that came after the last reply, which the server had no reason to send yet. */
  get unreadBytes(): number {
    return this.#reader.pendingBytes;
  }

  /** True when the other side has closed or reset the connection. */
  get isLost(): boolean {
    return this.#gone() !== null;
  }

  /** Sends a command and waits for its reply. `shown` stands in the transcript instead of a line with a secret. */
  async command(line: string, limitMs: number, shown = line): Promise<Outcome<RawReply>> {
    await nextTurn();
    if (!this.#reader.isEmpty) return this.#takeUnsolicited();
    const sent = this.send(line, shown);
    return sent.ok ? this.reply(limitMs, 'command') : sent;
  }

  /** Sends one line. Refuses a line with a line break: nothing that a user typed can add a command. */
  send(line: string, shown = line): Outcome<null> {
    if (/[\r\n\0]/.test(line)) throw new Error('A command must be one line');
    if (line === 'QUIT') this.#quitting = true;
    this.#transcript.add('client', shown, this.encrypted);
    return this.sendBytes(Buffer.from(`${line}\r\n`, 'utf8'));
  }

  /** Sends bytes as they are; for the message itself. */
  sendBytes(bytes: Buffer): Outcome<null> {
    const gone = this.#gone();
    // A server may have said why before it closed: its words are worth more than our EPIPE.
    if (gone && this.#reader.isEmpty) return { ok: false, failure: gone };
    if (!gone) this.#socket.write(bytes);
    return done(null);
  }

  /** Waits for the next reply until a hard limit. */
  async reply(limitMs: number, phase: WaitPhase): Promise<Outcome<RawReply>> {
    const began = performance.now();
    for (;;) {
      const read = this.#reader.next();
      if (read) {
        const delayMs = performance.now() - began;
        if (phase === 'command') this.#quickest = Math.min(this.#quickest, delayMs);
        return this.#take(read, delayMs);
      }
      if (this.#signal.aborted) return { ok: false, failure: CANCELLED };
      const gone = this.#gone();
      if (gone) return { ok: false, failure: gone };
      const left = limitMs - (performance.now() - began);
      if (left <= 0) return this.#timedOut(limitMs, phase);
      await this.#activity(left);
    }
  }

  /** Gives the plain socket away for a TLS handshake; nothing is read from it until `adopt`. */
  release(): Socket {
    this.#detach();
    return this.#socket;
  }

  /** Goes on over the TLS socket. What was learned before is not trusted any more (RFC 3207 4.2). */
  adopt(socket: TLSSocket): void {
    this.#socket = socket;
    this.#reader = new ReplyReader();
    this.#received = 0;
    this.encrypted = true;
    this.#attach(socket);
  }

  /** Closes at once. */
  destroy(): void {
    this.#socket.destroy();
    this.#wake?.();
  }

  /** Says goodbye without waiting for an answer, and leaves nothing open. */
  close(): void {
    const socket = this.#socket;
    if (socket.destroyed) return;
    if (!this.#quitting && this.#gone() === null) this.send('QUIT');
    const late = setTimeout(() => socket.destroy(), CLOSE_LIMIT);
    late.unref();
    socket.once('close', () => clearTimeout(late));
    socket.destroySoon();
  }

  #attach(socket: Socket): void {
    const onData = (chunk: Buffer) => {
      this.#firstByte ??= chunk[0] ?? null;
      this.#received += chunk.length;
      this.#reader.push(chunk);
      this.#wake?.();
    };
    const onError = (error: NodeJS.ErrnoException) => {
      this.#error ??= error;
      this.#wake?.();
    };
    const onEnd = () => {
      this.#ended = true;
      this.#wake?.();
    };
    // A proxy's answer was read from it before, which leaves it paused.
    socket.on('data', onData).on('error', onError).on('end', onEnd).on('close', onEnd).resume();
    this.#detach = () => {
      socket.off('data', onData).off('error', onError).off('end', onEnd).off('close', onEnd);
      // An error that arrives between two owners must not become an uncaught one.
      socket.on('error', () => {});
    };
  }

  /** Resolves at the next byte, error, end or cancel, or when the time is over. */
  #activity(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const finish = () => {
        clearTimeout(timer);
        this.#signal.removeEventListener('abort', finish);
        this.#wake = null;
        resolve();
      };
      const timer = setTimeout(finish, Math.ceil(ms));
      this.#signal.addEventListener('abort', finish, { once: true });
      this.#wake = finish;
    });
  }

  #gone(): Failure | null {
    if (this.#error) {
      const code = tlsErrorCode(this.#error);
      return {
        code,
        detail: tlsErrorText(this.#error),
        facts: { closedByServer: true, bytesReceived: this.#received },
      };
    }
    if (!this.#ended && !this.#socket.destroyed) return null;
    return {
      code: 'ECONNABORTED',
      detail: 'The server closed the connection without a reply',
      facts: { closedByServer: true, bytesReceived: this.#received },
      ...(this.#reader.partial.trim() === '' ? {} : { banner: this.#reader.partial }),
    };
  }

  #timedOut(limitMs: number, phase: WaitPhase): Outcome<never> {
    const partial = this.#reader.partial;
    return failing(
      'ETIMEDOUT',
      `No complete reply within ${Math.round(limitMs / 1000)} seconds`,
      { timeoutPhase: phase, bytesReceived: this.#received },
      partial.trim() === '' ? {} : { banner: partial },
    );
  }

  #takeUnsolicited(): Outcome<RawReply> {
    const read = this.#reader.next();
    // RFC 5321 3.8: a server that is about to close may say 421 at any moment.
    if (read?.kind === 'reply' && read.code === 421) return this.#take(read, 0);
    const text = read?.raw ?? this.#reader.partial;
    this.#transcript.add('server', text, this.encrypted);
    return failing('EPROTOCOL', 'The server replied before it was asked', { unsolicitedReply: true }, { banner: text });
  }

  #take(read: ReadReply, delayMs: number): Outcome<RawReply> {
    this.#transcript.add('server', read.raw, this.encrypted);
    if (read.kind === 'broken') {
      const [detail, fact] = BROKEN[read.why];
      return failing('EPROTOCOL', detail, { [fact]: true }, { banner: read.raw });
    }
    const { code, lines, raw, oddities } = read;
    return done({ code, lines, raw, oddities, delayMs: Math.round(delayMs) });
  }
}

const BROKEN = {
  overflow: ['The reply is longer than a mail server may send', 'replyOverflow'],
  syntax: ['This is not an SMTP reply', 'replySyntaxError'],
  'mixed-codes': ['The lines of one reply carry different codes', 'mixedReplyCodes'],
} as const;

/** Lets bytes that the system already has reach us, so that a reply sent too early is seen before we write. */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
