import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DataDecoder } from '../../../engine/practice/data-decoder.ts';

/** Feeds a stream in pieces cut at the given places; returns message, rest and whether the end came. */
function decode(stream: Buffer, cuts: number[]) {
  const decoder = new DataDecoder();
  const places = [0, ...cuts.map((cut) => cut % (stream.length + 1)).sort((a, b) => a - b), stream.length];
  const parts: Buffer[] = [];
  for (let index = 1; index < places.length; index++) {
    const start = places[index - 1] ?? 0;
    const { bytes, done, used } = decoder.push(stream.subarray(start, places[index]));
    parts.push(bytes);
    if (done) return { message: Buffer.concat(parts), rest: stream.subarray(start + used), done };
  }
  return { message: Buffer.concat(parts), rest: Buffer.alloc(0), done: false };
}

/** Dot-stuffing as RFC 5321 4.5.2 tells the client. */
function stuffed(message: Buffer): Buffer {
  return Buffer.from(`${message.toString('latin1').replace(/(^|\r\n)\./g, '$1..')}.\r\n`, 'latin1');
}

const bytes = fc.array(fc.constantFrom(0x0d, 0x0a, 0x2e, 0x61, 0x00, 0xff), { maxLength: 60 });

test('gives back every message byte for byte, however the stream is cut', () => {
  fc.assert(
    fc.property(bytes, fc.array(fc.nat(), { maxLength: 8 }), (body, cuts) => {
      const message = Buffer.from([...body, 0x0d, 0x0a]);
      const stream = Buffer.concat([stuffed(message), Buffer.from('QUIT\r\n')]);
      const decoded = decode(stream, cuts);
      expect(decoded.done).toBe(true);
      expect(decoded.message.equals(message)).toBe(true);
      expect(decoded.rest.toString()).toBe('QUIT\r\n');
    }),
    { numRuns: 500 },
  );
});

test.each(['a\n.\n', 'a\n.\r\n', 'a\r\n.\n', 'a\r.\r', 'a\r\n.\r.\r'])(
  'does not take %j for the end of a message (SMTP smuggling)',
  (text) => {
    expect(decode(Buffer.from(text), []).done).toBe(false);
  },
);
