import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeDirectory } from '../engine/files/make-directory.ts';
import type { PreferencesPort } from '../engine/ports.ts';
import { type Preferences, preferences } from '../shared/contract.ts';

const DEFAULTS: Preferences = { theme: 'system', density: 'comfortable' };
const MAX_CHARS = 10_000;

/** View preferences in a small file of the data directory. They may be lost: whatever is wrong with it, defaults apply. */
export function filePreferences(dataDirectory: string): PreferencesPort {
  const file = join(dataDirectory, 'preferences.json');
  let current: Preferences | undefined;
  return {
    get: () => {
      current ??= read(file);
      return current;
    },
    set: (next) => {
      current = next;
      try {
        makeDirectory(dataDirectory);
        writeFileSync(`${file}.new`, JSON.stringify(next), { mode: 0o600 });
        renameSync(`${file}.new`, file);
      } catch {
        // Kept for this run only.
      }
    },
  };
}

function read(file: string): Preferences {
  try {
    const text = readFileSync(file, 'utf8');
    const parsed = preferences.safeParse(text.length > MAX_CHARS ? null : JSON.parse(text));
    return parsed.success ? parsed.data : DEFAULTS;
  } catch {
    return DEFAULTS;
  }
}
