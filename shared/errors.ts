import * as z from 'zod/mini';
import { SECRET_KINDS } from './secrets.ts';

const problems = z.array(z.strictObject({ field: z.string(), message: z.string() }));
const none = z.strictObject({});
const detail = z.strictObject({ detail: z.string() });
const file = z.strictObject({ file: z.string() });
const fileDetail = z.strictObject({ file: z.string(), detail: z.string() });

/**
 * Every domain failure, with the facts that it carries: the closed error union. `messages.ts` says each in words. Facts
 * never hold a secret, a stack, or more of a path than the user typed or chose.
 */
export const errorFacts = {
  /** The input does not fit the schema; one problem for each field. */
  INVALID_INPUT: z.strictObject({ problems }),
  /** More bytes or characters than allowed. */
  INPUT_TOO_LARGE: z.strictObject({ what: z.string(), max: z.int() }),
  /** No profile, trash entry, backup or message of that id or name. */
  NOT_FOUND: z.strictObject({ what: z.string(), name: z.string() }),
  /** A name that several profiles bear. */
  AMBIGUOUS_NAME: z.strictObject({ name: z.string(), ids: z.array(z.string()) }),
  /** Somebody saved the profile since it was shown. */
  PROFILE_CHANGED: z.strictObject({ name: z.string() }),
  LIBRARY_READ_ONLY: z.strictObject({ mode: z.string(), detail: z.string() }),
  /** Another program held the library's lock for too long. */
  LIBRARY_BUSY: none,
  LIBRARY_FULL: z.strictObject({ max: z.int() }),
  STORAGE_FULL: file,
  STORAGE_DENIED: fileDetail,
  STORAGE_FAILED: fileDetail,
  KEYCHAIN_UNAVAILABLE: detail,
  KEYCHAIN_LOCKED: detail,
  KEYCHAIN_NO_COLLECTION: detail,
  KEYCHAIN_FAILED: detail,
  SECRET_TOO_LONG: z.strictObject({ max: z.int() }),
  /** Parts of a chunked secret are missing or altered. */
  SECRET_CORRUPT: z.strictObject({ kind: z.enum(SECRET_KINDS) }),
  /** The keychain entry is gone although the profile says that there is one. */
  SECRET_MISSING: z.strictObject({ kind: z.enum(SECRET_KINDS) }),
  /** A run needs secrets that are not at hand: ask for them and call again. */
  SECRET_NEEDED: z.strictObject({
    kinds: z.array(z.enum(SECRET_KINDS)),
    reason: z.enum(['not-stored', 'ask-each-time', 'destination-changed', 'session-ended']),
  }),
  FILE_NOT_FOUND: file,
  FILE_UNREADABLE: fileDetail,
  FILE_NOT_TEXT: z.strictObject({ file: z.string(), encoding: z.string() }),
  /** A directory, device or pipe. */
  FILE_NOT_REGULAR: file,
  /** The target is a symbolic link and following it was not asked for. */
  FILE_IS_LINK: z.strictObject({ file: z.string(), pointsTo: z.string() }),
  /** The file changed between preview and write. */
  FILE_CHANGED: file,
  /** Files of these names (the first few of them) are in the folder already. Nothing was written. */
  FILES_EXIST: z.strictObject({ folder: z.string(), files: z.array(z.string()), count: z.int() }),
  /** A folder or an archive that is not read at all; the reason is a sentence. */
  ARCHIVE_REFUSED: z.strictObject({ reason: z.string() }),
  /** A file of an archive that is not read; the reason ends a sentence. */
  ENTRY_REFUSED: z.strictObject({ reason: z.string() }),
  NOT_A_FOLDER: z.strictObject({ name: z.string() }),
  /** The path chosen earlier is not known any more. */
  TOKEN_UNKNOWN: z.strictObject({ what: z.string() }),
  PARSE_FAILED: z.strictObject({ format: z.string(), line: z.int(), column: z.int(), detail: z.string() }),
  /** A template (Jinja, Helm, ERB) instead of the finished file. */
  TEMPLATE_FILE: z.strictObject({ kind: z.string(), line: z.int() }),
  /** No known product's file. */
  NOT_RECOGNISED: none,
  /** The product's file, but without outgoing-mail settings. */
  NO_MAIL_SETTINGS: z.strictObject({ target: z.string() }),
  TARGET_UNKNOWN: z.strictObject({ target: z.string() }),
  /** The product cannot take a value as it is, and leaving it out would be wrong. */
  TARGET_REFUSES: z.strictObject({ target: z.string(), field: z.string(), reason: z.string() }),
  /** The import was accepted, discarded or timed out. */
  IMPORT_UNKNOWN: none,
  /** The bundle is encrypted: ask for its passphrase and call again. */
  PASSPHRASE_NEEDED: none,
  /** The bundle is whole, and its header was made with another passphrase. */
  PASSPHRASE_WRONG: none,
  NOT_A_BUNDLE: none,
  /** Not byte for byte what was written. */
  BUNDLE_DAMAGED: detail,
  /** A later version of Relaysmith wrote it. */
  BUNDLE_NEWER: z.strictObject({ what: z.enum(['file format', 'profiles']), version: z.int(), known: z.int() }),
  /** The opened bundle was accepted, closed or pushed out by later ones. */
  BUNDLE_UNKNOWN: none,
  PRACTICE_FAILED: detail,
  PRACTICE_NOT_RUNNING: none,
  REPLAY_IMPOSSIBLE: none,
  /** This door cannot do it, such as a native dialog in a browser. */
  /**
   * `no-tool`: none of the programs that reach the clipboard; `no-display`: there is no clipboard to reach; `refused`: it
   * did not take the text; `unreadable`: it took it and cannot be looked at, so a secret could not be taken off again.
   */
  CLIPBOARD_UNAVAILABLE: z.strictObject({ reason: z.enum(['no-tool', 'no-display', 'refused', 'unreadable']) }),
  NOT_AVAILABLE: z.strictObject({ what: z.string(), instead: z.string() }),
  /** The same test message is on its way already. */
  SEND_RUNNING: none,
  CANCELLED: none,
  /** A bug; the reference finds it in the log. */
  INTERNAL: z.strictObject({ reference: z.string() }),
} as const;

/** A code of the closed error union. */
export type ErrorCode = keyof typeof errorFacts;

/** The facts that a code carries. */
export type ErrorFacts<C extends ErrorCode> = z.infer<(typeof errorFacts)[C]>;

/** One member of the closed error union. */
export type AppError = { [C in ErrorCode]: { code: C; facts: ErrorFacts<C> } }[ErrorCode];

/** All codes. */
export const ERROR_CODES = Object.keys(errorFacts) as ErrorCode[];

/** Schema of an error on the wire: a known code with exactly its facts. */
export const appError = z.custom<AppError>((value) => {
  if (typeof value !== 'object' || value === null) return false;
  const { code, facts, ...rest } = value as { code?: unknown; facts?: unknown };
  if (typeof code !== 'string' || !Object.hasOwn(errorFacts, code) || Object.keys(rest).length > 0) return false;
  return errorFacts[code as ErrorCode].safeParse(facts).success;
}, 'Unknown error');

/** Makes an error value. */
export function appErrorOf<C extends ErrorCode>(code: C, facts: ErrorFacts<C>): AppError {
  return { code, facts } as AppError;
}
