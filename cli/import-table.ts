import type { OptionTable } from './command.ts';

/** Options of `import`. */
export const IMPORT_OPTIONS = {
  'dry-run': { kind: 'flag', help: 'Show what was understood; store nothing.' },
  target: { kind: 'text', value: 'TARGET', help: 'Product that the file belongs to.' },
  name: { kind: 'text', value: 'NAME', help: 'Name of the new profile.' },
  only: { kind: 'list', value: 'PATH', help: 'Of a folder or an archive: only this file.' },
  keep: {
    kind: 'text',
    choices: ['keychain', 'session', 'ask', 'leave-out'],
    help: 'What to do with the secrets of the file.',
  },
} as const satisfies OptionTable;
