import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FileTokens } from '../../../engine/handlers/file-tokens.ts';
import type { ProfileLibrary } from '../../../engine/profiles/profile-library.ts';
import { open } from '../profiles/library-fixture.ts';
import { type MemoryVault, memoryVault } from '../profiles/memory-vault.ts';

/** A library in a directory of its own over a vault in memory, with the tokens that handlers work with. */
export interface Place {
  directory: string;
  library: ProfileLibrary;
  vault: MemoryVault;
  tokens: FileTokens;
  /** A path in the directory. */
  path(name: string): string;
  /** A token for a path in the directory. */
  token(name: string): string;
  /** Every byte of every file in the directory. */
  contents(): string;
  remove(): void;
}

export async function newPlace(): Promise<Place> {
  const directory = mkdtempSync(join(tmpdir(), 'relaysmith-handlers-'));
  const vault = memoryVault();
  const tokens = new FileTokens();
  const path = (name: string) => join(directory, name);
  return {
    directory,
    library: await open(path('data'), { vault }),
    vault,
    tokens,
    path,
    token: (name) => tokens.issue(path(name)),
    contents: () =>
      readdirSync(directory, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1'))
        .join('\n'),
    remove: () => rmSync(directory, { recursive: true, force: true }),
  };
}

/** What a handler gets besides its input: nothing cancels, and events are kept. */
export function listening<E>(signal = new AbortController().signal): {
  signal: AbortSignal;
  emit: (event: E) => void;
  events: E[];
} {
  const events: E[] = [];
  return { signal, emit: (event) => void events.push(event), events };
}
