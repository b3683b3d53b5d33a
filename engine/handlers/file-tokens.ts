import { randomUUID } from 'node:crypto';
import { appErrorOf } from '../../shared/errors.ts';
import { fail, ok, type Result } from '../../shared/result.ts';

/** Tokens kept at once; the oldest goes first. */
const MOST = 200;

/**
 * Paths that the user chose, behind opaque tokens: a door holds the token, the path stays on the privileged side, and
 * nobody can name a file that was not chosen.
 */
export class FileTokens {
  readonly #paths = new Map<string, string>();

  /** Remembers a path and returns its token. */
  issue(path: string): string {
    const token = randomUUID();
    this.#paths.set(token, path);
    const [oldest] = this.#paths.keys();
    if (this.#paths.size > MOST && oldest) this.#paths.delete(oldest);
    return token;
  }

  /** The path behind a token, or TOKEN_UNKNOWN. */
  resolve(token: string): Result<string> {
    const path = this.#paths.get(token);
    return path === undefined ? fail(appErrorOf('TOKEN_UNKNOWN', { what: 'file' })) : ok(path);
  }
}
