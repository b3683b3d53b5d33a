import { appErrorOf } from '../../shared/errors.ts';
import { fail, ok, type Result } from '../../shared/result.ts';

/** A file's text, without the byte order mark; `bom` says whether there was one, to write it back. */
export interface DecodedText {
  text: string;
  bom: boolean;
}

// Longest first: the mark of UTF-32LE begins with that of UTF-16LE.
const FOREIGN_MARKS: [encoding: string, mark: number[]][] = [
  ['UTF-32LE', [0xff, 0xfe, 0x00, 0x00]],
  ['UTF-32BE', [0x00, 0x00, 0xfe, 0xff]],
  ['UTF-16LE', [0xff, 0xfe]],
  ['UTF-16BE', [0xfe, 0xff]],
];
const UTF8_MARK = [0xef, 0xbb, 0xbf];

/** Decodes UTF-8 strictly. `name` is the file as the user knows it. Error: FILE_NOT_TEXT with what it seems to be. */
export function decodeText(bytes: Uint8Array, name: string): Result<DecodedText> {
  const encoding = foreignEncoding(bytes);
  if (encoding !== null) return fail(appErrorOf('FILE_NOT_TEXT', { file: name, encoding }));
  const bom = startsWith(bytes, UTF8_MARK);
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bom ? bytes.subarray(3) : bytes);
    return ok({ text, bom });
  } catch {
    return fail(appErrorOf('FILE_NOT_TEXT', { file: name, encoding: 'in another encoding, such as Windows-1252' }));
  }
}

function foreignEncoding(bytes: Uint8Array): string | null {
  const marked = FOREIGN_MARKS.find(([, mark]) => startsWith(bytes, mark));
  if (marked) return marked[0];
  return bytes.includes(0) ? unmarkedEncoding(bytes) : null;
}

/** Text in UTF-16 without a mark shows as a NUL at every second byte: "{" is 7b 00 or 00 7b. */
function unmarkedEncoding(bytes: Uint8Array): string {
  const sample = bytes.subarray(0, 64);
  const even = sample.filter((byte, index) => byte === 0 && index % 2 === 0).length;
  const odd = sample.filter((byte, index) => byte === 0 && index % 2 === 1).length;
  const half = sample.length / 2;
  if (even === 0 && odd > half * 0.8) return 'UTF-16LE';
  if (odd === 0 && even > half * 0.8) return 'UTF-16BE';
  return 'binary data';
}

function startsWith(bytes: Uint8Array, mark: number[]): boolean {
  return bytes.length >= mark.length && mark.every((byte, index) => bytes[index] === byte);
}
