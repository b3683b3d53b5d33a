import { describe, expect, it } from 'vitest';
import { KeychainNotLoaded, KeychainTimeout } from '../../../engine/secrets/backend.ts';
import { classifyFailure, errorOfFailure } from '../../../engine/secrets/failure.ts';

/** What the keyring library was seen or is documented to say, and what that means. */
const CASES: [message: string, state: string, code: string][] = [
  [
    'Platform failure: DBus error: Using X11 for dbus-daemon autolaunch was disabled',
    'unavailable',
    'KEYCHAIN_UNAVAILABLE',
  ],
  ["Couldn't access platform storage: Secret Service: unlock prompt was dismissed", 'locked', 'KEYCHAIN_LOCKED'],
  ["Couldn't access platform storage: Secret Service: no result found", 'no-collection', 'KEYCHAIN_NO_COLLECTION'],
  ["Couldn't access platform storage: User interaction is not allowed.", 'locked', 'KEYCHAIN_LOCKED'],
  ["Value of 'secret' is longer than the platform limit of 2560 chars", 'error', 'KEYCHAIN_FAILED'],
  ["Value of 'user' is invalid: cannot be empty", 'error', 'KEYCHAIN_FAILED'],
  ['Password data is not valid UTF-8', 'error', 'KEYCHAIN_FAILED'],
  ['No matching credential found', 'error', 'KEYCHAIN_FAILED'],
  ['Something nobody has seen before', 'error', 'KEYCHAIN_FAILED'],
];

describe.each(CASES)('%s', (message, state, code) => {
  it(`means ${state}`, () => {
    const failure = classifyFailure(new Error(message));
    expect(failure.state).toBe(state);
    expect(errorOfFailure(failure).code).toBe(code);
  });
});

it('passes on the words of the system without our prefix, escaped, on one line, bounded', () => {
  const noisy = `Platform failure: first\r\nsecond \x1b[31mred\u202e ${'x'.repeat(1_000)}`;
  const { detail } = classifyFailure(new Error(noisy));
  expect(detail.startsWith('first second \\x1b[31mred\\u202e xxx')).toBe(true);
  expect(detail.length).toBe(300);
});

it('leaves out the full stop, since the detail is quoted inside a sentence', () => {
  expect(classifyFailure(new Error('Broken.')).detail).toBe('Broken');
});

it('knows our own errors and things that are no errors', () => {
  expect(classifyFailure(new KeychainNotLoaded('not there')).state).toBe('unavailable');
  expect(classifyFailure(new KeychainTimeout('no answer')).state).toBe('error');
  expect(classifyFailure('a thrown text')).toEqual({ state: 'error', detail: 'a thrown text' });
});
