import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Logger } from '../../../engine/ports.ts';
import { openLibrary } from '../../../engine/profiles/open-library.ts';
import type { LibraryOptions } from '../../../engine/profiles/profile-library.ts';
import type { AppError } from '../../../shared/errors.ts';
import { emptySettings, type ProfileSettings } from '../../../shared/profile.ts';
import type { Result } from '../../../shared/result.ts';
import { memoryVault } from './memory-vault.ts';

/** A logger that keeps what it is told. */
export function recordingLog(): Logger & { events: string[] } {
  const events: string[] = [];
  const note = (event: string, facts: object = {}) => void events.push(`${event} ${JSON.stringify(facts)}`);
  return { events, info: note, warn: note, error: note };
}

/** A new empty directory. */
export const newDirectory = () => mkdtemp(join(tmpdir(), 'relaysmith-library-'));

/** Opens a library with a vault and log of its own unless given. */
export function open(directory: string, options: Partial<LibraryOptions> = {}) {
  const now = () => new Date();
  return openLibrary({ directory, vault: memoryVault(), now, user: 'ada', log: recordingLog(), ...options });
}

/** Valid settings of that name. */
export function settingsNamed(name: string, host = 'mail.example.com'): ProfileSettings {
  const settings = emptySettings();
  return { ...settings, name, server: { ...settings.server, host }, signIn: { ...settings.signIn, username: 'ada' } };
}

/** The value of a successful result; fails the test otherwise. */
export function unwrap<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`Expected a value, got ${JSON.stringify(result.error)}`);
  return result.value;
}

/** The error of a failed result; fails the test otherwise. */
export function errorOf(result: Result<unknown>): AppError {
  if (result.ok) throw new Error(`Expected an error, got ${JSON.stringify(result.value)}`);
  return result.error;
}

/** The library file as JSON. */
export async function fileIn(directory: string): Promise<LibraryFile> {
  return JSON.parse(await readFile(join(directory, 'library.json'), 'utf8')) as LibraryFile;
}

/** The shape that tests look into. */
export interface LibraryFile {
  format: string;
  schemaVersion: number;
  rev: number;
  profiles: {
    profile: { id: string; name: string; [key: string]: unknown };
    revision: number;
    secrets: Record<string, { ref: string; storage: string }>;
    [key: string]: unknown;
  }[];
  pendingSecretPuts: { ref: string; at: string }[];
  pendingSecretDeletes: { ref: string; at: string }[];
  [key: string]: unknown;
}
