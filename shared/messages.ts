import type { AppError, ErrorCode, ErrorFacts } from './errors.ts';
import type { SecretKind } from './secrets.ts';

/** An error in words: what happened, and what to do next. */
export interface ErrorMessage {
  what: string;
  next: string;
}

/** Words for each kind of secret, as they stand inside a sentence. */
export const SECRET_WORDS: Record<SecretKind, string> = {
  password: 'password',
  clientSecret: 'OAuth client secret',
  refreshToken: 'refresh token',
  accessToken: 'access token',
  clientKey: 'key of the client certificate',
  clientKeyPassphrase: 'passphrase of the client key',
};

/** Joins words as "a", "a and b" or "a, b and c". */
export function joinWords(words: readonly string[]): string {
  if (words.length < 2) return words.join('');
  return `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}

/** Why a secret is asked for: for one secret, and for several. */
const SECRET_REASONS = {
  'not-stored': ['is not stored', 'are not stored'],
  'ask-each-time': ['is asked for each time', 'are asked for each time'],
  'destination-changed': [
    'was saved for another server, port, security or user, and is not sent to this one',
    'were saved for another server, port, security or user, and are not sent to this one',
  ],
  'session-ended': ['was kept for an earlier session only', 'were kept for an earlier session only'],
} as const;

const KEYCHAIN_NEXT = 'Use it for this session only, or run the keychain check for the steps on this system.';

const messages: { [C in ErrorCode]: (facts: ErrorFacts<C>) => ErrorMessage } = {
  INVALID_INPUT: ({ problems }) => ({
    what: problems.map(({ field, message }) => (field ? `${field}: ${message}` : message)).join(' '),
    next: 'Correct the field and try again.',
  }),
  INPUT_TOO_LARGE: ({ what, max }) => ({ what: `${what} is larger than ${max} allows.`, next: 'Use a smaller one.' }),
  NOT_FOUND: ({ what, name }) => ({
    what: `There is no ${what} "${name}".`,
    next: 'List what there is and try again.',
  }),
  AMBIGUOUS_NAME: ({ name, ids }) => ({
    what: `${ids.length} profiles are named "${name}".`,
    next: `Use an id instead: ${ids.join(', ')}.`,
  }),
  PROFILE_CHANGED: ({ name }) => ({
    what: `"${name}" was changed in the meantime, so it was not replaced.`,
    next: 'Look at both versions again.',
  }),
  LIBRARY_READ_ONLY: ({ mode, detail }) => ({
    what: `The library cannot be changed now. ${detail}`.trim(),
    next:
      mode === 'recovery'
        ? 'Restore a backup first. The damaged file is kept.'
        : mode === 'newer-version'
          ? 'Update Relaysmith to the version that wrote it.'
          : 'Make the data directory writable and try again.',
  }),
  LIBRARY_BUSY: () => ({
    what: 'Another Relaysmith is writing the library.',
    next: 'Nothing was changed. Try again in a moment.',
  }),
  LIBRARY_FULL: ({ max }) => ({ what: `The library holds its limit of ${max} profiles.`, next: 'Delete some first.' }),
  STORAGE_FULL: ({ file }) => ({
    what: `The disk is full, so ${file} was not written. The old file is unchanged.`,
    next: 'Free some space and save again.',
  }),
  STORAGE_DENIED: ({ file, detail }) => ({
    what: `${file} could not be written: ${detail}.`,
    next: 'Change the permissions, or choose another place.',
  }),
  STORAGE_FAILED: ({ file, detail }) => ({
    what: `${file} could not be written: ${detail}. The old file is unchanged.`,
    next: 'Check the disk and try again.',
  }),
  KEYCHAIN_UNAVAILABLE: ({ detail }) => ({
    what: `This system has no keychain to talk to: ${detail}.`,
    next: KEYCHAIN_NEXT,
  }),
  KEYCHAIN_LOCKED: ({ detail }) => ({
    what: `The keychain is locked: ${detail}.`,
    next: 'Unlock it and try again. What is stored stays stored.',
  }),
  KEYCHAIN_NO_COLLECTION: () => ({
    what: 'The keychain has no default collection to store secrets in.',
    next: 'Create a default keyring with your desktop’s password manager, or keep the secret for this session only.',
  }),
  KEYCHAIN_FAILED: ({ detail }) => ({ what: `The keychain answered with an error: ${detail}.`, next: KEYCHAIN_NEXT }),
  SECRET_TOO_LONG: ({ max }) => ({ what: `The secret is longer than ${max} bytes.`, next: 'Check what was pasted.' }),
  SECRET_CORRUPT: ({ kind }) => ({
    what: `The stored ${SECRET_WORDS[kind]} is incomplete or was altered.`,
    next: 'Set it again.',
  }),
  SECRET_MISSING: ({ kind }) => ({
    what: `The ${SECRET_WORDS[kind]} is not in the keychain any more.`,
    next: 'Set it again.',
  }),
  SECRET_NEEDED: ({ kinds, reason }) => ({
    what: `The ${joinWords(kinds.map((kind) => SECRET_WORDS[kind]))} ${SECRET_REASONS[reason][kinds.length > 1 ? 1 : 0]}.`,
    next: 'Enter it for this run, or set it in the profile.',
  }),
  FILE_NOT_FOUND: ({ file }) => ({ what: `There is no file ${file}.`, next: 'Check the path.' }),
  FILE_UNREADABLE: ({ file, detail }) => ({
    what: `${file} could not be read: ${detail}.`,
    next: 'Check its permissions.',
  }),
  FILE_NOT_TEXT: ({ file, encoding }) => ({
    what: `${file} is ${encoding}, not UTF-8 text.`,
    next: 'Save it as UTF-8 and try again.',
  }),
  FILE_NOT_REGULAR: ({ file }) => ({ what: `${file} is a folder or a device, not a file.`, next: 'Choose a file.' }),
  FILE_IS_LINK: ({ file, pointsTo }) => ({
    what: `${file} is a symbolic link to ${pointsTo}.`,
    next: 'Choose the real file, or say that the link may be followed.',
  }),
  FILE_CHANGED: ({ file }) => ({
    what: `${file} changed since the preview was made. Nothing was written.`,
    next: 'Look at the preview again.',
  }),
  FILES_EXIST: ({ folder, files, count }) => ({
    what: `${folder} already has ${joinWords(count > files.length ? [...files, `${count - files.length} more`] : files)}. Nothing was written.`,
    next: 'Choose an empty folder, or replace them; a copy of each is kept.',
  }),
  ARCHIVE_REFUSED: ({ reason }) => ({
    what: `This was not read. ${reason}`,
    next: 'Unpack what you need of it and import that.',
  }),
  ENTRY_REFUSED: ({ reason }) => ({ what: `Not read: ${reason}`, next: 'Import it by itself if you know what it is.' }),
  NOT_A_FOLDER: ({ name }) => ({ what: `${name} is not a folder.`, next: 'Choose a folder.' }),
  TOKEN_UNKNOWN: ({ what }) => ({
    what: `The ${what} chosen earlier is not known any more.`,
    next: 'Choose it again.',
  }),
  PARSE_FAILED: ({ format, line, column, detail }) => ({
    what: `This is not valid ${format}: line ${line}, column ${column}: ${detail}`,
    next: 'Correct that place and try again.',
  }),
  TEMPLATE_FILE: ({ kind, line }) => ({
    what: `This is a ${kind} template (line ${line}), not the finished file.`,
    next: 'Take the file that the template produced on the server.',
  }),
  NOT_RECOGNISED: () => ({
    what: 'No known product’s mail settings were found in this.',
    next: 'Name the product, or check that it is the right file.',
  }),
  NO_MAIL_SETTINGS: ({ target }) => ({
    what: `This is a file of ${target}, but it has no outgoing-mail settings.`,
    next: 'Choose the file that holds them.',
  }),
  TARGET_UNKNOWN: ({ target }) => ({
    what: `There is no target "${target}".`,
    next: 'List the targets and choose one.',
  }),
  TARGET_REFUSES: ({ target, field, reason }) => ({
    what: `${target} cannot take ${field}: ${reason}`,
    next: 'Change that field, or choose another target.',
  }),
  IMPORT_UNKNOWN: () => ({ what: 'This import is not known any more.', next: 'Read the file again.' }),
  PASSPHRASE_NEEDED: () => ({ what: 'This bundle is encrypted.', next: 'Enter its passphrase.' }),
  PASSPHRASE_WRONG: () => ({
    what: 'This passphrase does not open the bundle. The file itself is whole.',
    next: 'Check capitals and keyboard layout, and try again.',
  }),
  NOT_A_BUNDLE: () => ({ what: 'This is not a bundle of Relaysmith.', next: 'Import it as the file of a product.' }),
  BUNDLE_DAMAGED: ({ detail }) => ({
    what: `The bundle is damaged, so nothing of it was taken. ${detail}`,
    next: 'Get a fresh copy of it, as a file and not as text.',
  }),
  BUNDLE_NEWER: ({ what, version, known }) => ({
    what: `A newer Relaysmith made this bundle (${what} version ${version}; this one knows ${known}).`,
    next: 'Update Relaysmith, then open it again.',
  }),
  BUNDLE_UNKNOWN: () => ({ what: 'This opened bundle is not known any more.', next: 'Open the file again.' }),
  PRACTICE_FAILED: ({ detail }) => ({
    what: `The practice server could not start: ${detail}.`,
    next: 'Stop what uses the port, or try again.',
  }),
  REPLAY_IMPOSSIBLE: () => ({
    what: 'This report cannot be replayed: the run met no mail server, or one with a fault that the practice server cannot show.',
    next: 'Choose a report that failed at the greeting or later, or the scenario that comes closest.',
  }),
  PRACTICE_NOT_RUNNING: () => ({ what: 'The practice server is not running.', next: 'Start it first.' }),
  CLIPBOARD_UNAVAILABLE: ({ reason }) => ({
    what: {
      'no-tool': 'Nothing was copied: this machine has no program that reaches its clipboard.',
      'no-display': 'Nothing was copied: Relaysmith runs without a screen here, so there is no clipboard.',
      refused: 'Nothing was copied: the clipboard did not take the text.',
      unreadable:
        'Nothing was left on the clipboard: it cannot be read back, so a secret could not be taken off again.',
    }[reason],
    next: `${
      reason === 'no-tool' ? 'Install wl-clipboard, xclip or xsel and try again. Or type' : 'Type'
    } the value in, or export the entry sheet to a file with secrets included and delete the file afterwards.`,
  }),
  NOT_AVAILABLE: ({ what, instead }) => ({ what: `${what} is not available here.`, next: instead }),
  SEND_RUNNING: () => ({
    what: 'This test message is on its way already.',
    next: 'Wait for its result: it is sent only once.',
  }),
  CANCELLED: () => ({ what: 'Cancelled.', next: 'Nothing was changed.' }),
  INTERNAL: ({ reference }) => ({
    what: `Relaysmith met an error of its own (${reference}).`,
    next: 'Nothing was lost. Try again; if it comes back, report it with this reference.',
  }),
};

/** Turns an error into what happened and what to do next; the same words in window and terminal. */
export function describeError<E extends AppError>(error: E): ErrorMessage {
  const describe = messages[error.code] as (facts: E['facts']) => ErrorMessage;
  return describe(error.facts);
}
