import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { readBounded } from '../files/read-bounded.ts';
import { writeDurably } from '../files/write-durably.ts';
import type { Logger } from '../ports.ts';
import { MAX_LIBRARY_BYTES } from './backups.ts';

/** Keeps the bytes of a damaged library beside it, once for the same bytes. Returns whether they are safe there. */
export async function keepDamaged(directory: string, bytes: Uint8Array, now: Date, log: Logger): Promise<boolean> {
  const all = await readdir(directory).catch(() => [] as string[]);
  for (const name of all.filter((each) => /^library\.corrupt-.*\.json$/.test(each))) {
    const kept = await readBounded(join(directory, name), MAX_LIBRARY_BYTES);
    if (kept.ok && sameBytes(kept.value.bytes, bytes)) return true;
  }
  const name = `library.corrupt-${now.toISOString().replace(/:/g, '-')}.json`;
  const written = await writeDurably(join(directory, name), bytes, { mode: 0o600 });
  log.warn('library-damaged', { bytes: bytes.length, kept: written.ok });
  return written.ok;
}

/** True when both hold the same bytes. */
export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && Buffer.compare(a, b) === 0;
}
