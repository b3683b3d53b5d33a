const CR = 0x0d;
const LF = 0x0a;
const DOT = 0x2e;

type State = 'line-start' | 'text' | 'cr' | 'dot' | 'dot-cr';

/** What one chunk held of a message. */
export interface DecodedData {
  /** Message bytes, dots unstuffed. */
  readonly bytes: Buffer;
  /** True when the end (a line with a single dot) was reached. */
  readonly done: boolean;
  /** Bytes of the chunk that belong to the message and its end; the rest are commands. */
  readonly used: number;
}

/**
 * Takes the content of DATA out of the stream: ends at CRLF . CRLF and removes the dot that the client put before every
 * line that begins with one (RFC 5321 4.5.2). Only CRLF ends a line here: taking a bare LF for one lets a client smuggle
 * a second message in (CVE-2023-51764). All other bytes pass unchanged.
 */
export class DataDecoder {
  #state: State = 'line-start';

  /** Decodes the next chunk. */
  push(chunk: Buffer): DecodedData {
    // One byte more than came in: a CR may have been held back by the chunk before.
    const out = Buffer.allocUnsafe(chunk.length + 1);
    let length = 0;
    for (let at = 0; at < chunk.length; at++) {
      const byte = chunk[at] ?? 0;
      if (this.#state === 'line-start' && byte === DOT) {
        this.#state = 'dot';
        continue;
      }
      if (this.#state === 'dot' && byte === CR) {
        this.#state = 'dot-cr';
        continue;
      }
      if (this.#state === 'dot-cr') {
        if (byte === LF) return { bytes: out.subarray(0, length), done: true, used: at + 1 };
        out[length++] = CR;
        this.#state = 'cr';
      }
      out[length++] = byte;
      this.#state = this.#after(byte);
    }
    return { bytes: out.subarray(0, length), done: false, used: chunk.length };
  }

  #after(byte: number): State {
    if (byte === CR) return 'cr';
    return byte === LF && this.#state === 'cr' ? 'line-start' : 'text';
  }
}
