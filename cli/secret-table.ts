import { SECRET_STORAGES } from '../shared/secrets.ts';
import type { OptionTable } from './command.ts';

/** Ways to hand over a secret without putting it into the command line. */
export const SECRET_OPTIONS = {
  'password-stdin': { kind: 'flag', help: 'Read the password from stdin.' },
  'password-file': { kind: 'text', value: 'FILE', help: 'Read the password from a file that others cannot change.' },
  'password-env': { kind: 'text', value: 'NAME', help: 'Read the password from an environment variable.' },
  'secret-env': {
    kind: 'list',
    value: 'KIND=NAME',
    help: 'Read another secret from a variable, such as accessToken=TOKEN.',
  },
  'secret-file': {
    kind: 'list',
    value: 'KIND=FILE',
    help: 'Read another secret from a file, such as clientKey=key.pem.',
  },
} as const satisfies OptionTable;

/** Ways to hand over the passphrase of a bundle. */
export const PASSPHRASE_OPTIONS = {
  'passphrase-stdin': { kind: 'flag', help: 'Read the passphrase from stdin.' },
  'passphrase-file': {
    kind: 'text',
    value: 'FILE',
    help: 'Read the passphrase from a file that others cannot change.',
  },
  'passphrase-env': { kind: 'text', value: 'NAME', help: 'Read the passphrase from an environment variable.' },
} as const satisfies OptionTable;

/** Where a secret is kept. */
export const KEEP_OPTION = {
  keep: {
    kind: 'text',
    choices: SECRET_STORAGES,
    help: 'Keep the secret in the keychain (default), for this session, or ask each time.',
  },
} as const satisfies OptionTable;
