import { LIMITS } from '../../shared/limits.ts';

/** Longest line taken from a server; RFC 5321 4.5.3.1.5 allows 512 octets, some products send more. */
const LINE_BYTES = 4_096;
/** Most lines of one reply. */
const REPLY_LINES = 512;
/** Most blank lines in front of a reply; some servers send one or two (Internet.nl #560). */
const BLANK_LINES = 8;

/** Why bytes from the server are not a reply. */
export type BrokenReply = 'overflow' | 'syntax' | 'mixed-codes';

/** The next thing that a server said. */
export type ReadReply =
  | { kind: 'reply'; code: number; lines: string[]; raw: string; oddities: string[] }
  | { kind: 'broken'; why: BrokenReply; raw: string };

const REPLY_LINE = /^([2-5]\d\d)(?:([ -])(.*))?$/s;

/**
 * Cuts a byte stream into SMTP replies, strictly by RFC 5321 4.2 and in bounded memory: bytes go in with `push`, replies
 * come out of `next`. After a broken reply it stays broken. Tolerated, with a note: lines ended by LF alone, blank lines
 * before a reply, a code without text.
 */
export class ReplyReader {
  #pending: Buffer = Buffer.alloc(0);
  #lines: string[] = [];
  #texts: string[] = [];
  #bytes = 0;
  #blank = 0;
  #code = 0;
  #oddities = new Set<string>();
  #broken: ReadReply | null = null;

  /** Takes bytes from the server; what exceeds the cap is dropped. */
  push(chunk: Buffer): void {
    if (this.#broken) return;
    const room = LIMITS.replyBytes + 1 - this.#pending.length;
    if (room > 0) this.#pending = Buffer.concat([this.#pending, chunk.subarray(0, room)]);
  }

  /** True when nothing has arrived since the last complete reply. */
  get isEmpty(): boolean {
    return this.#pending.length === 0 && this.#lines.length === 0 && this.#broken === null;
  }

  /** Bytes that wait to be read. */
  get pendingBytes(): number {
    return this.#pending.length + this.#bytes;
  }

  /** What arrived so far without being a complete reply, for display. */
  get partial(): string {
    return [...this.#lines, this.#pending.subarray(0, LINE_BYTES).toString('utf8')].join('\n');
  }

  /** The next reply, or null when more bytes are needed. */
  next(): ReadReply | null {
    while (!this.#broken) {
      const end = this.#pending.indexOf(0x0a);
      if (end === -1) {
        if (this.#pending.length > LINE_BYTES) return this.#break('overflow');
        return null;
      }
      if (end > LINE_BYTES) return this.#break('overflow');
      const reply = this.#takeLine(end);
      if (reply) return reply;
    }
    return this.#broken;
  }

  #takeLine(end: number): ReadReply | null {
    const bytes = this.#pending.subarray(0, end);
    this.#pending = this.#pending.subarray(end + 1);
    this.#bytes += end + 1;
    const withCr = bytes.at(-1) === 0x0d;
    if (!withCr) this.#oddities.add('The server ends lines with LF alone, not CRLF.');
    const line = (withCr ? bytes.subarray(0, -1) : bytes).toString('utf8');
    if (line.trim() === '') return this.#takeBlank();
    this.#lines.push(line);
    if (this.#bytes > LIMITS.replyBytes || this.#lines.length > REPLY_LINES) return this.#break('overflow');
    return this.#takeReplyLine(line);
  }

  #takeBlank(): ReadReply | null {
    this.#blank += 1;
    this.#oddities.add('The server sends blank lines between replies.');
    return this.#blank > BLANK_LINES ? this.#break('syntax') : null;
  }

  #takeReplyLine(line: string): ReadReply | null {
    const match = REPLY_LINE.exec(line);
    if (!match?.[1]) return this.#break('syntax');
    const code = Number(match[1]);
    if (this.#lines.length === 1) this.#code = code;
    else if (code !== this.#code) return this.#break('mixed-codes');
    if (match[2] === undefined) this.#oddities.add('The server sends a reply code without text.');
    this.#texts.push(match[3] ?? '');
    return match[2] === '-' ? null : this.#finish();
  }

  #finish(): ReadReply {
    const reply: ReadReply = {
      kind: 'reply',
      code: this.#code,
      lines: this.#texts,
      raw: this.#lines.join('\n'),
      oddities: [...this.#oddities],
    };
    this.#lines = [];
    this.#texts = [];
    this.#bytes = 0;
    this.#blank = 0;
    this.#oddities = new Set();
    return reply;
  }

  #break(why: BrokenReply): ReadReply {
    this.#broken = { kind: 'broken', why, raw: this.partial };
    this.#pending = Buffer.alloc(0);
    return this.#broken;
  }
}
