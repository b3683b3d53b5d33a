import type { IncomingMessage } from 'node:http';

/** Bytes of a body that any request may have. */
export const MAX_BODY_BYTES = 1_048_576;
/** Bytes of a body that carries a file, or a choice for each of thousands of profiles. */
export const MAX_IMPORT_BODY_BYTES = 33 * 1_048_576;

/** The window writes the name first, so that the size can be judged before the rest has come. */
const IMPORT_START = /^\s*\{\s*"name"\s*:\s*"(?:imports\.read|importSet\.read|bundles\.open|bundles\.accept)"/;

/** Reads a body of JSON; `too-large` beyond the cap of its kind, `invalid` when it is not JSON in UTF-8. */
export async function readJson(request: IncomingMessage): Promise<{ value: unknown } | 'too-large' | 'invalid'> {
  const declared = Number(request.headers['content-length'] ?? 0);
  if (declared > MAX_IMPORT_BODY_BYTES) return 'too-large';
  const chunks: Buffer[] = [];
  let bytes = 0;
  let max = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    bytes += chunk.length;
    if (bytes <= MAX_BODY_BYTES) continue;
    if (max === 0) {
      const start = Buffer.concat(chunks).subarray(0, 200).toString('latin1');
      max = IMPORT_START.test(start) ? MAX_IMPORT_BODY_BYTES : MAX_BODY_BYTES;
    }
    if (bytes > max) return 'too-large';
  }
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks));
    return { value: JSON.parse(text) as unknown };
  } catch {
    return 'invalid';
  }
}
