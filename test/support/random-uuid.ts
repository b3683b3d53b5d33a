/** A version 4 UUID; works in Node and in the browser alike. */
export function randomUUID(): string {
  return globalThis.crypto.randomUUID();
}
