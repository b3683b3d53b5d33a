import { randomUUID } from 'node:crypto';
import { appErrorOf } from '../../shared/errors.ts';
import type { ProfileSettings } from '../../shared/profile.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { SecretKind } from '../../shared/secrets.ts';

/** One profile of a file that was read: its settings and the secrets that the file holds. */
export interface ImportedProfile {
  settings: ProfileSettings;
  secrets: Partial<Record<SecretKind, string>>;
}

/** Imports kept at once; the oldest goes first. */
const MOST = 20;

/** Files that were read and not yet accepted. The secrets in them stay here; doors see only that there are some. */
export class ImportSessions {
  readonly #imports = new Map<string, ImportedProfile[]>();

  /** Keeps what was read and returns the import's id. */
  open(profiles: ImportedProfile[]): string {
    const id = randomUUID();
    this.#imports.set(id, profiles);
    const [oldest] = this.#imports.keys();
    if (this.#imports.size > MOST && oldest) this.#imports.delete(oldest);
    return id;
  }

  /** One profile of an import, or IMPORT_UNKNOWN. */
  profile(id: string, index: number): Result<ImportedProfile> {
    const profile = this.#imports.get(id)?.[index];
    return profile ? ok(profile) : fail(appErrorOf('IMPORT_UNKNOWN', {}));
  }

  /** Forgets an import and its secrets. */
  close(id: string): void {
    this.#imports.delete(id);
  }
}
