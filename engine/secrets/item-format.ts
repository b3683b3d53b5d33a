import { createHash } from 'node:crypto';
import * as z from 'zod/mini';

/*
 * What stands in a keychain item, in UTF-8:
 *   the secret itself                        nearly always; it can be read with the system's own tools
 *   relaysmith:text:<secret>                 a secret that itself starts with our mark
 *   relaysmith:parts:<json>                  the header of a secret that is cut into parts, because the item size is
 *                                            limited (Windows). The parts stand beside it under `partAccount` names.
 */
const MARK = 'relaysmith:';
const TEXT = `${MARK}text:`;
const PARTS = `${MARK}parts:`;

/** Two sets of names for parts: a new value is written beside the old one, and the header then points to it. */
export const GENERATIONS = ['a', 'b'] as const;
/** See {@link GENERATIONS}. */
export type Generation = (typeof GENERATIONS)[number];

const partsHeader = z.strictObject({
  /** Version of this format. */
  v: z.literal(1),
  /** Number of parts. */
  n: z.int().check(z.gte(1), z.lte(1_000)),
  /** UTF-8 bytes of the whole secret. */
  len: z.int().check(z.gte(1)),
  /** SHA-256 of the whole secret, hex. */
  sha256: z.string().check(z.regex(/^[0-9a-f]{64}$/)),
  generation: z.enum(GENERATIONS),
});
/** The header of a secret in parts. */
export type PartsHeader = z.infer<typeof partsHeader>;

/** What an item turned out to be. */
export type Item = { kind: 'text'; text: string } | { kind: 'parts'; header: PartsHeader } | { kind: 'damaged' };

/** Account name of one part, counted from 0. */
export function partAccount(ref: string, generation: Generation, index: number): string {
  return `${ref}#${generation}${index}`;
}

/** The bytes of a secret as one item. */
export function encodeText(secret: string): Uint8Array {
  return Buffer.from(secret.startsWith(MARK) ? TEXT + secret : secret, 'utf8');
}

/** The bytes of a header. */
export function encodeHeader(header: PartsHeader): Uint8Array {
  return Buffer.from(PARTS + JSON.stringify(header), 'utf8');
}

/** Cuts a secret into parts of at most `maxBytes` bytes and describes them. */
export function cut(
  secret: string,
  maxBytes: number,
  generation: Generation,
): { header: PartsHeader; parts: Uint8Array[] } {
  const bytes = Buffer.from(secret, 'utf8');
  const parts: Uint8Array[] = [];
  for (let start = 0; start < bytes.length; start += maxBytes) parts.push(bytes.subarray(start, start + maxBytes));
  return { header: { v: 1, n: parts.length, len: bytes.length, sha256: sha256(bytes), generation }, parts };
}

/** Puts parts together again; null when they are not exactly what the header describes. */
export function join(header: PartsHeader, parts: readonly Uint8Array[]): string | null {
  const bytes = Buffer.concat(parts);
  if (parts.length !== header.n || bytes.length !== header.len || sha256(bytes) !== header.sha256) return null;
  return decodeUtf8(bytes);
}

/** Reads an item. Bytes that are not UTF-8, or not a header of ours behind our mark, are damaged. */
export function decodeItem(bytes: Uint8Array): Item {
  const text = decodeUtf8(bytes);
  if (text === null) return { kind: 'damaged' };
  if (text.startsWith(TEXT)) return { kind: 'text', text: text.slice(TEXT.length) };
  if (!text.startsWith(MARK)) return { kind: 'text', text };
  const header = text.startsWith(PARTS) ? parseHeader(text.slice(PARTS.length)) : null;
  return header === null ? { kind: 'damaged' } : { kind: 'parts', header };
}

function parseHeader(text: string): PartsHeader | null {
  try {
    const parsed = partsHeader.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

function decodeUtf8(bytes: Uint8Array): string | null {
  try {
    // ignoreBOM keeps a leading U+FEFF, which is part of the secret.
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
