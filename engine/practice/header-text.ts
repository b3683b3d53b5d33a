import { escapeControls } from '../../shared/text.ts';

/** Bytes of a message's header that are looked at. */
const HEADER_BYTES = 65_536;
/** Characters of one decoded header that are kept. */
const VALUE_CHARS = 1_000;
const ENCODED_WORD = /=\?([\w.:-]{1,40})(?:\*[\w-]{1,20})?\?([bq])\?([^\s?]*)\?=/gi;

/** Reads one header of a raw message, unfolded, with encoded words decoded (RFC 2047) and control characters escaped. */
export function headerText(source: Buffer, name: string): string {
  const value = rawHeader(source, name.toLowerCase());
  return escapeControls(decodeWords(value).slice(0, VALUE_CHARS)).trim();
}

function rawHeader(source: Buffer, name: string): string {
  const text = decodeBytes(source.subarray(0, HEADER_BYTES));
  const end = /\r?\n\r?\n/.exec(text)?.index ?? text.length;
  const unfolded = text.slice(0, end).replace(/\r?\n(?=[ \t])/g, '');
  for (const line of unfolded.split(/\r?\n/)) {
    const colon = line.indexOf(':');
    if (colon > 0 && line.slice(0, colon).trim().toLowerCase() === name) return line.slice(colon + 1).trim();
  }
  return '';
}

/** Text of bytes whose encoding is not known: UTF-8 where it is valid (RFC 6532), else one character for each byte. */
export function decodeBytes(bytes: Buffer): string {
  const text = bytes.toString('utf8');
  return text.includes('\ufffd') ? bytes.toString('latin1') : text;
}

function decodeWords(value: string): string {
  // White space between two encoded words is not part of the text (RFC 2047 6.2).
  const joined = value.replace(/(\?=)[ \t]+(?==\?[\w.:*-]{1,61}\?[bq]\?)/gi, '$1');
  return joined.replace(ENCODED_WORD, (word, charset: string, encoding: string, text: string) => {
    const bytes = encoding.toLowerCase() === 'b' ? Buffer.from(text, 'base64') : decodeQ(text);
    return decodeCharset(bytes, charset) ?? word;
  });
}

function decodeQ(text: string): Buffer {
  const bytes = text.replace(/_/g, ' ').replace(/=([0-9a-f]{2})/gi, (_, hex) => String.fromCharCode(parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1');
}

function decodeCharset(bytes: Buffer, charset: string): string | null {
  try {
    return new TextDecoder(charset).decode(bytes);
  } catch {
    return null;
  }
}
