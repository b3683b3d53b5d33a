import type { Socket } from 'node:net';
import { Duplex } from 'node:stream';

/** Content types of TLS records (RFC 8446 5.1): change_cipher_spec, alert, handshake, application_data. */
const RECORD_TYPES = [20, 21, 22, 23];

/** Most of a text in place of a TLS record that is kept. */
const KEPT_BYTES = 512;

/**
 * A connected socket on its way into TLS that remembers what the server sent where its first TLS record must be. OpenSSL
 * only says that it was no record; a mail server's reply there was slipped in by somebody, however late it came
 * (CVE-2011-0411 and its kin).
 */
export class ServerBytes extends Duplex {
  readonly #socket: Socket;
  #begun = false;
  /** What came in place of the first TLS record, at most 512 bytes; '' when a record came, or nothing. */
  insteadOfTls = '';

  constructor(socket: Socket) {
    super();
    this.#socket = socket;
    socket.on('data', (chunk: Buffer) => {
      if (this.#isNoTls(chunk)) this.destroy(noTls());
      else if (!this.push(chunk)) socket.pause();
    });
    socket.on('end', () => this.push(null));
    socket.on('error', (error) => this.destroy(error));
    socket.on('close', () => this.destroy());
  }

  #isNoTls(chunk: Buffer): boolean {
    if (this.#begun) return false;
    this.#begun = true;
    if (RECORD_TYPES.includes(chunk[0] ?? 0)) return false;
    this.insteadOfTls = chunk.subarray(0, KEPT_BYTES).toString('latin1');
    return true;
  }

  override _read(): void {
    this.#socket.resume();
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, callback: (error?: Error | null) => void): void {
    this.#socket.write(chunk, callback);
  }

  override _final(callback: () => void): void {
    this.#socket.end(callback);
  }

  override _destroy(error: Error | null, callback: (error: Error | null) => void): void {
    this.#socket.destroy();
    callback(error);
  }
}

/** What OpenSSL says of it, at once: for some bytes it would wait for more of a record first. */
function noTls(): Error {
  return Object.assign(new Error('The server sent no TLS record'), { code: 'ERR_SSL_WRONG_VERSION_NUMBER' });
}
