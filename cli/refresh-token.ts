import { writeDurably } from '../engine/files/write-durably.ts';
import type { Engine } from '../engine/index.ts';
import type { Context, OptionTable } from './command.ts';
import { confirm } from './confirm.ts';
import type { CliResult } from './failure.ts';
import { safe } from './output/safe.ts';

/** Where a refresh token goes that a token server put in the place of one that was given for this run. */
export const REFRESH_TOKEN_OPTION = {
  'refresh-token-file': {
    kind: 'text',
    value: 'FILE',
    help: 'Where to write a refresh token that the token server replaced (mode 0600).',
  },
} as const satisfies OptionTable;

/** A refresh token that was given for this run, and where one that took its place may go. */
export interface GivenRefreshToken {
  engine: Engine;
  /** As it was given; undefined when it was not, or is stored. */
  old: string | undefined;
  /** Of `--refresh-token-file`. */
  file: string | undefined;
  /** The stored profile of the run, or null. */
  profileId: string | null;
}

/**
 * Puts a replaced refresh token where it outlives this command: into the file that was named, or after a yes into the
 * keychain. Where neither is possible it says that the token is lost. Error: that of writing the file.
 */
export async function keepReplacedToken(
  { io, note }: Context<OptionTable>,
  { engine, old, file, profileId }: GivenRefreshToken,
): Promise<CliResult<null>> {
  const next = old === undefined ? undefined : engine.currentRefreshToken(old);
  if (next === undefined || next === old) return { ok: true, value: null };
  if (file !== undefined) {
    const written = await writeDurably(file, next, { mode: 0o600 });
    if (!written.ok) return written;
    note(`The token server replaced the refresh token. The new one is in ${safe(file)}.`);
    return { ok: true, value: null };
  }
  if (profileId !== null && io.canAsk) {
    const question = 'The token server replaced the refresh token. Keep the new one in the keychain for this profile?';
    const sure = await confirm(io, question, false);
    if (sure.ok) {
      const change = { action: 'set', kind: 'refreshToken', value: next, storage: 'keychain' } as const;
      const stored = await engine.client('secrets.change', { profileId, change });
      if (stored.ok) return { ok: true, value: null };
      note('It could not be stored.');
    }
  }
  note(
    'The token server replaced the refresh token: the one that you gave works no more, and the new one ends with this command.',
  );
  note(
    'Get a new one by signing in to the app, and store it (relaysmith secret set PROFILE refreshToken) or name --refresh-token-file FILE.',
  );
  return { ok: true, value: null };
}
