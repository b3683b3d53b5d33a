import { describe, expect, it } from 'vitest';
import { type AppError, appError, appErrorOf, ERROR_CODES, type ErrorCode, errorFacts } from '../../shared/errors.ts';
import { describeError } from '../../shared/messages.ts';

const samples: { [C in ErrorCode]: Extract<AppError, { code: C }>['facts'] } = {
  INVALID_INPUT: { problems: [{ field: 'server.port', message: 'Ports start at 1.' }] },
  INPUT_TOO_LARGE: { what: 'The file', max: 100 },
  NOT_FOUND: { what: 'profile', name: 'Acme' },
  AMBIGUOUS_NAME: { name: 'Acme', ids: ['a', 'b'] },
  PROFILE_CHANGED: { name: 'Acme' },
  LIBRARY_READ_ONLY: { mode: 'recovery', detail: 'It is damaged.' },
  LIBRARY_BUSY: {},
  LIBRARY_FULL: { max: 5 },
  STORAGE_FULL: { file: 'library.json' },
  STORAGE_DENIED: { file: 'library.json', detail: 'read-only file system' },
  STORAGE_FAILED: { file: 'library.json', detail: 'input/output error' },
  KEYCHAIN_UNAVAILABLE: { detail: 'no bus' },
  KEYCHAIN_LOCKED: { detail: 'dismissed' },
  KEYCHAIN_NO_COLLECTION: { detail: '' },
  KEYCHAIN_FAILED: { detail: 'x' },
  SECRET_TOO_LONG: { max: 10 },
  SECRET_CORRUPT: { kind: 'password' },
  SECRET_MISSING: { kind: 'password' },
  SECRET_NEEDED: { kinds: ['clientSecret', 'refreshToken'], reason: 'destination-changed' },
  FILE_NOT_FOUND: { file: 'a.json' },
  FILE_UNREADABLE: { file: 'a.json', detail: 'permission denied' },
  FILE_NOT_TEXT: { file: 'a.json', encoding: 'UTF-16' },
  FILE_NOT_REGULAR: { file: 'a' },
  FILE_IS_LINK: { file: 'a', pointsTo: 'b' },
  FILE_CHANGED: { file: 'a' },
  FILES_EXIST: { folder: 'out', files: ['manifest.json'], count: 3 },
  ARCHIVE_REFUSED: { reason: 'It holds more than 2000 files.' },
  ENTRY_REFUSED: { reason: 'it is a link.' },
  NOT_A_FOLDER: { name: 'out' },
  TOKEN_UNKNOWN: { what: 'file' },
  PARSE_FAILED: { format: 'JSON', line: 2, column: 3, detail: 'A comma is missing.' },
  TEMPLATE_FILE: { kind: 'Helm', line: 1 },
  NOT_RECOGNISED: {},
  NO_MAIL_SETTINGS: { target: 'Mattermost' },
  TARGET_UNKNOWN: { target: 'x' },
  TARGET_REFUSES: { target: 'Mattermost', field: 'password', reason: 'it holds a line break.' },
  IMPORT_UNKNOWN: {},
  PASSPHRASE_NEEDED: {},
  PASSPHRASE_WRONG: {},
  NOT_A_BUNDLE: {},
  BUNDLE_DAMAGED: { detail: 'Its end is missing.' },
  BUNDLE_NEWER: { what: 'file format', version: 2, known: 1 },
  BUNDLE_UNKNOWN: {},
  PRACTICE_FAILED: { detail: 'port in use' },
  PRACTICE_NOT_RUNNING: {},
  REPLAY_IMPOSSIBLE: {},
  CLIPBOARD_UNAVAILABLE: { reason: 'no-tool' },
  NOT_AVAILABLE: { what: 'A dialog', instead: 'Type the path.' },
  SEND_RUNNING: {},
  CANCELLED: {},
  INTERNAL: { reference: 'abc' },
};

describe('the words for each error', () => {
  it.each(ERROR_CODES)('%s says what happened and what to do next, in our voice', (code) => {
    const error = { code, facts: samples[code] } as AppError;
    expect(appError.safeParse(error).success).toBe(true);
    const { what, next } = describeError(error);
    for (const sentence of [what, next]) {
      expect(sentence).toMatch(/^[A-Z0-9"a-z].*[.]$/s);
      expect(sentence).not.toMatch(/please|oops|!|undefined|\[object|\.\./i);
    }
  });

  it('agrees in number', () => {
    expect(describeError(appErrorOf('SECRET_NEEDED', samples.SECRET_NEEDED)).what).toBe(
      'The OAuth client secret and refresh token were saved for another server, port, security or user, and are not sent to this one.',
    );
    expect(describeError(appErrorOf('SECRET_NEEDED', { kinds: ['password'], reason: 'not-stored' })).what).toBe(
      'The password is not stored.',
    );
  });
});

describe('an error on the wire', () => {
  it('is one of the closed union with exactly its facts', () => {
    expect(appError.safeParse({ code: 'NOPE', facts: {} }).success).toBe(false);
    expect(appError.safeParse({ code: 'LIBRARY_BUSY', facts: { stack: 'x' } }).success).toBe(false);
    expect(appError.safeParse({ code: 'LIBRARY_BUSY', facts: {}, stack: 'x' }).success).toBe(false);
    expect(appError.safeParse({ code: 'toString', facts: {} }).success).toBe(false);
    expect(Object.keys(samples).sort()).toEqual(Object.keys(errorFacts).sort());
  });
});
