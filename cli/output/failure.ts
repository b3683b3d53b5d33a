import { describeError, type ErrorMessage } from '../../shared/messages.ts';
import type { CliError } from '../failure.ts';
import type { Io } from '../io.ts';
import { styleFor } from './style.ts';

/** Commands that lead on from an error, where the terminal knows better than the common words. */
const TERMINAL_NEXT: Partial<Record<CliError['code'], string>> = {
  NOT_FOUND: 'relaysmith list shows the profiles, relaysmith trash the deleted ones.',
  TARGET_UNKNOWN: 'relaysmith targets lists them.',
  NOT_RECOGNISED: 'Name the product with --target, or check that it is the right file. relaysmith targets lists them.',
  SECRET_NEEDED:
    'Pass it with --password-stdin, --password-file or --password-env (other kinds: --secret-env, --secret-file), or store it: relaysmith secret set.',
  KEYCHAIN_UNAVAILABLE:
    'Use --keep ask to store none and be asked each time. relaysmith doctor shows the steps for a keychain.',
  KEYCHAIN_FAILED:
    'Use --keep ask to store none and be asked each time. relaysmith doctor shows the steps for a keychain.',
  KEYCHAIN_NO_COLLECTION:
    'Create a default keyring with your desktop’s password manager, or use --keep ask. relaysmith doctor shows the steps.',
  FILE_IS_LINK: 'Name the real file, or add --follow-link.',
  FILE_CHANGED: 'Run the command again.',
  LIBRARY_READ_ONLY: 'relaysmith doctor shows why, and which backups can be restored.',
};

/** An error in words for the terminal. */
export function describeForTerminal(error: CliError): ErrorMessage {
  if (error.code === 'USAGE') return error.facts;
  if (error.code === 'NOT_FOUND' && error.facts.what === 'backup') {
    return { what: describeError(error).what, next: 'relaysmith doctor lists the backups.' };
  }
  const message = describeError(error);
  return { what: message.what, next: TERMINAL_NEXT[error.code] ?? message.next };
}

/** Prints an error: as JSON on stdout, or as words on stderr. */
export function printFailure(error: CliError, io: Io, json: boolean): void {
  const { what, next } = describeForTerminal(error);
  if (json) {
    // A usage error's facts are its words.
    const facts = error.code === 'USAGE' ? {} : error.facts;
    io.stdout.write(`${JSON.stringify({ error: { code: error.code, what, next, facts } }, null, 2)}\n`);
    return;
  }
  const style = styleFor(io, io.stderr);
  io.stderr.write(`${style.failed(style.icons.failed)} ${harmless(what)}\n  ${harmless(next)}\n`);
}

// Facts come escaped from the engine; this is the last gate, and it must not load the schema library for a typo.
function harmless(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]/g, (char) => {
    const code = char.charCodeAt(0);
    return code < 256 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u${code.toString(16).padStart(4, '0')}`;
  });
}
