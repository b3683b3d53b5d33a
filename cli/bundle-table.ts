import type { OptionTable } from './command.ts';
import { PASSPHRASE_OPTIONS } from './secret-table.ts';

/** Options of `relaysmith bundle`. */
export const BUNDLE_OPTIONS = {
  all: { kind: 'flag', help: 'save: every profile.' },
  'with-secrets': { kind: 'flag', help: 'save: put the secrets in too, encrypted under a passphrase.' },
  'follow-link': { kind: 'flag', help: 'save: replace the file that a symbolic link points to.' },
  'dry-run': { kind: 'flag', help: 'open: show what the bundle holds and how it differs; store nothing.' },
  only: { kind: 'list', value: 'NAME', help: 'open: only the profile of this name.' },
  conflict: {
    kind: 'text',
    value: 'ACTION',
    choices: ['keep-both', 'replace', 'skip'],
    help: 'open: what to do with a profile that is stored already: keep-both (default), replace or skip.',
  },
  keep: {
    kind: 'text',
    choices: ['keychain', 'session', 'ask', 'leave-out'],
    help: 'open: what to do with the secrets of the bundle.',
  },
  ...PASSPHRASE_OPTIONS,
} as const satisfies OptionTable;
