import type { OptionTable } from './command.ts';

/** Options of `import`. */
export const IMPORT_OPTIONS = {
  'dry-run': { kind: 'flag', help: 'Show what was understood; store nothing.' },
  target: { kind: 'text', value: 'TARGET', help: 'Product that the file belongs to.' },
  name: { kind: 'text', value: 'NAME', help: 'Name of the new profile.' },
  update: { kind: 'text', value: 'PROFILE', help: 'Change this profile instead of making a new one.' },
  field: { kind: 'list', value: 'FIELD', help: 'With --update: take over this field only, such as server.host.' },
  index: { kind: 'number', value: 'N', range: [1, 1_000], help: 'With --update: which profile of the file.' },
  yes: { kind: 'flag', help: 'With --update: do not ask.' },
  only: { kind: 'list', value: 'PATH', help: 'Of a folder or an archive: only this file.' },
  keep: {
    kind: 'text',
    choices: ['keychain', 'session', 'ask', 'leave-out'],
    help: 'What to do with the secrets of the file.',
  },
} as const satisfies OptionTable;
