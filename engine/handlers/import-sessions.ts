import { appErrorOf } from '../../shared/errors.ts';
import type { ProfileSettings } from '../../shared/profile.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { SecretKind } from '../../shared/secrets.ts';
import type { ImportOrigin } from '../../shared/target.ts';
import { Held } from './held.ts';

/** One profile of a file that was read: its settings and the secrets that the file holds. */
export interface ImportedProfile {
  settings: ProfileSettings;
  /** Where each value stands in the file, by its dotted path. */
  origins: Readonly<Record<string, ImportOrigin>>;
  secrets: Partial<Record<SecretKind, string>>;
}

/** Imports kept at once. */
const MOST = 20;

/** Files that were read and not yet accepted. The secrets in them stay here; doors see only that there are some. */
export class ImportSessions {
  readonly #imports = new Held<ImportedProfile[]>(MOST);

  /** Keeps what was read and returns the import's id. */
  open(profiles: ImportedProfile[]): string {
    return this.#imports.open(profiles);
  }

  /** One profile of an import, or IMPORT_UNKNOWN. */
  profile(id: string, index: number): Result<ImportedProfile> {
    const profile = this.#imports.get(id)?.[index];
    return profile ? ok(profile) : fail(appErrorOf('IMPORT_UNKNOWN', {}));
  }

  /** Forgets an import and its secrets. */
  close(id: string): void {
    this.#imports.close(id);
  }
}
