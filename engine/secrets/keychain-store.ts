import { randomBytes, randomUUID } from 'node:crypto';
import type { KeychainBackend } from './backend.ts';
import {
  cut,
  decodeItem,
  encodeHeader,
  encodeText,
  GENERATIONS,
  type Generation,
  join,
  type PartsHeader,
  partAccount,
} from './item-format.ts';

/** What reading gives: the secret, surely nothing, or an item that is not whole. */
export type Reading = { kind: 'value'; value: string } | { kind: 'missing' } | { kind: 'corrupt' };

/** Secrets of any size in a keychain of small items. Methods reject with the keychain's own error. */
export interface KeychainStore {
  put(ref: string, value: string): Promise<void>;
  get(ref: string): Promise<Reading>;
  remove(ref: string): Promise<void>;
  /** Writes, reads and deletes a canary; rejects when any of it does not work. */
  roundTrip(): Promise<void>;
}

/**
 * Stores secrets in a backend. A write that fails at any point leaves the old value or the new one, never a mix: parts of
 * a new value go beside the old ones, the header is written last, what it no longer names is deleted after that.
 */
export function createKeychainStore(backend: KeychainBackend): KeychainStore {
  const { maxItemBytes } = backend;

  async function put(ref: string, value: string): Promise<void> {
    const item = encodeText(value);
    if (maxItemBytes === null) return backend.write(ref, item);
    if (item.length <= maxItemBytes) {
      await backend.write(ref, item);
      await quietly(() => sweep(ref, null));
      return;
    }
    await putParts(ref, value, maxItemBytes);
  }

  async function putParts(ref: string, value: string, partBytes: number): Promise<void> {
    const { header, parts } = cut(value, partBytes, otherGeneration(await headerOf(ref)));
    try {
      // In order, so that what a failure leaves is 0..k, which sweep can find without a list.
      for (const [index, part] of parts.entries()) {
        await backend.write(partAccount(ref, header.generation, index), part);
      }
      await backend.write(ref, encodeHeader(header));
    } catch (error) {
      // The header may have been written although the answer was an error: only what it does not name may go.
      await quietly(async () => sweep(ref, await headerOf(ref)));
      throw error;
    }
    await quietly(() => sweep(ref, header));
  }

  async function get(ref: string): Promise<Reading> {
    const first = await getOnce(ref);
    if (first.kind === 'value') return first;
    // Missing: a locked store says so too (see KeychainBackend.missingIsCertain), and the check may have unlocked it.
    // Corrupt: another program may have replaced the value between the header and its parts.
    if (first.kind === 'missing' && backend.missingIsCertain) return first;
    if (!backend.missingIsCertain) await roundTrip();
    return getOnce(ref);
  }

  async function getOnce(ref: string): Promise<Reading> {
    const bytes = await backend.read(ref);
    if (bytes === null) return { kind: 'missing' };
    const item = decodeItem(bytes);
    if (item.kind === 'text') return { kind: 'value', value: item.text };
    if (item.kind === 'damaged') return { kind: 'corrupt' };
    const value = join(item.header, await readParts(ref, item.header));
    return value === null ? { kind: 'corrupt' } : { kind: 'value', value };
  }

  async function readParts(ref: string, header: PartsHeader): Promise<Uint8Array[]> {
    const parts: Uint8Array[] = [];
    for (let index = 0; index < header.n; index += 1) {
      const part = await backend.read(partAccount(ref, header.generation, index));
      if (part === null) break;
      parts.push(part);
    }
    return parts;
  }

  async function remove(ref: string): Promise<void> {
    const deleted = await backend.delete(ref);
    if (!deleted && !backend.missingIsCertain) {
      await roundTrip();
      await backend.delete(ref);
    }
    if (maxItemBytes !== null) await sweep(ref, null);
  }

  /** Deletes the parts of both generations, but for those that `keep` names. */
  async function sweep(ref: string, keep: PartsHeader | null): Promise<void> {
    for (const generation of GENERATIONS) {
      const first = keep?.generation === generation ? keep.n : 0;
      let end = first;
      while ((await backend.read(partAccount(ref, generation, end))) !== null) end += 1;
      // From the end, so that a failure in between leaves 0..k again.
      for (let index = end - 1; index >= first; index -= 1) await backend.delete(partAccount(ref, generation, index));
    }
  }

  async function headerOf(ref: string): Promise<PartsHeader | null> {
    const bytes = await backend.read(ref);
    const item = bytes === null ? null : decodeItem(bytes);
    return item?.kind === 'parts' ? item.header : null;
  }

  async function roundTrip(): Promise<void> {
    const account = randomUUID();
    const canary = randomBytes(16);
    await backend.write(account, canary);
    const read = await backend.read(account);
    const deleted = await backend.delete(account);
    if (read === null || !canary.equals(read)) throw new Error('a test entry was not read back as it was written');
    if (!deleted || (await backend.read(account)) !== null) throw new Error('a test entry could not be deleted');
  }

  return { put, get, remove, roundTrip };
}

function otherGeneration(header: PartsHeader | null): Generation {
  return header?.generation === 'a' ? 'b' : 'a';
}

/** Clearing up after a write: its failure does not undo the write, and the next write or removal clears up again. */
async function quietly(task: () => Promise<void>): Promise<void> {
  try {
    await task();
  } catch {
    // See above.
  }
}
