import type { CliErrorCode } from './failure.ts';

/** Exit codes of every command; docs/terminal.md lists them for scripts. */
export const EXIT = {
  ok: 0,
  /** The check, the sending or the doctor found a fault. */
  failed: 1,
  /** Wrong usage, or input that Relaysmith cannot take. */
  usage: 2,
  /** No profile (or trash entry, backup, message) of that name. */
  notFound: 3,
  /** A secret is needed, and there is no terminal to ask on. */
  secretNeeded: 4,
  /** The library or another file could not be read or written. */
  storage: 5,
  keychain: 6,
  /** The practice server or another service of this machine could not start. */
  service: 7,
  /** A bug of Relaysmith. */
  internal: 70,
  /** Ctrl-C, as shells count it (128 + SIGINT). */
  cancelled: 130,
} as const;

/** One of {@link EXIT}. */
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** The exit code of each error; a new code does not compile until it is listed. */
const CODE_EXITS: Record<CliErrorCode, ExitCode> = {
  USAGE: EXIT.usage,
  INVALID_INPUT: EXIT.usage,
  INPUT_TOO_LARGE: EXIT.usage,
  AMBIGUOUS_NAME: EXIT.usage,
  PROFILE_CHANGED: EXIT.usage,
  SECRET_TOO_LONG: EXIT.usage,
  FILE_NOT_TEXT: EXIT.usage,
  PARSE_FAILED: EXIT.usage,
  TEMPLATE_FILE: EXIT.usage,
  NOT_RECOGNISED: EXIT.usage,
  NO_MAIL_SETTINGS: EXIT.usage,
  TARGET_UNKNOWN: EXIT.usage,
  TARGET_REFUSES: EXIT.usage,
  TOKEN_UNKNOWN: EXIT.usage,
  IMPORT_UNKNOWN: EXIT.usage,
  CLIPBOARD_UNAVAILABLE: EXIT.usage,
  NOT_AVAILABLE: EXIT.usage,
  ARCHIVE_REFUSED: EXIT.usage,
  ENTRY_REFUSED: EXIT.usage,
  PASSPHRASE_WRONG: EXIT.usage,
  NOT_A_BUNDLE: EXIT.usage,
  BUNDLE_DAMAGED: EXIT.usage,
  BUNDLE_NEWER: EXIT.usage,
  BUNDLE_UNKNOWN: EXIT.usage,
  PASSPHRASE_NEEDED: EXIT.secretNeeded,
  NOT_FOUND: EXIT.notFound,
  SECRET_NEEDED: EXIT.secretNeeded,
  LIBRARY_READ_ONLY: EXIT.storage,
  LIBRARY_BUSY: EXIT.storage,
  LIBRARY_FULL: EXIT.storage,
  STORAGE_FULL: EXIT.storage,
  STORAGE_DENIED: EXIT.storage,
  STORAGE_FAILED: EXIT.storage,
  FILE_NOT_FOUND: EXIT.storage,
  FILE_UNREADABLE: EXIT.storage,
  FILE_NOT_REGULAR: EXIT.storage,
  FILE_IS_LINK: EXIT.storage,
  FILE_CHANGED: EXIT.storage,
  FILES_EXIST: EXIT.storage,
  NOT_A_FOLDER: EXIT.storage,
  KEYCHAIN_UNAVAILABLE: EXIT.keychain,
  KEYCHAIN_LOCKED: EXIT.keychain,
  KEYCHAIN_NO_COLLECTION: EXIT.keychain,
  KEYCHAIN_FAILED: EXIT.keychain,
  SECRET_CORRUPT: EXIT.keychain,
  SECRET_MISSING: EXIT.keychain,
  PRACTICE_FAILED: EXIT.service,
  PRACTICE_NOT_RUNNING: EXIT.service,
  REPLAY_IMPOSSIBLE: EXIT.usage,
  SEND_RUNNING: EXIT.failed,
  INTERNAL: EXIT.internal,
  CANCELLED: EXIT.cancelled,
};

/** The exit code that an error ends the command with. */
export function exitCodeOf(code: CliErrorCode): ExitCode {
  return CODE_EXITS[code];
}
