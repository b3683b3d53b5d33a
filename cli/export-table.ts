import { SECRET_POLICIES } from '../shared/target.ts';
import type { OptionTable } from './command.ts';

/** Options of every command that writes a product's file. */
export const EXPORT_OPTIONS = {
  to: { kind: 'text', value: 'TARGET', help: 'Product to write for; relaysmith targets lists them.' },
  into: { kind: 'text', value: 'FILE', help: 'Existing file to merge into; its other keys and comments stay.' },
  output: { kind: 'text', value: 'FILE', help: 'Write to this file, durably and with a backup of the old one.' },
  write: { kind: 'flag', help: 'With --into: write the merged file back in its place.' },
  option: { kind: 'list', value: 'KEY=VALUE', help: 'Choice of the target; relaysmith targets TARGET lists them.' },
  secrets: {
    kind: 'text',
    value: 'POLICY',
    choices: SECRET_POLICIES,
    help: 'leave-out (default), placeholder, environment or include.',
  },
  'dry-run': { kind: 'flag', help: 'Show what would change, and write nothing.' },
  diff: { kind: 'flag', help: 'The same as --dry-run.' },
  'follow-link': { kind: 'flag', help: 'Replace the file that a symbolic link points to.' },
  yes: { kind: 'flag', help: 'Print a secret on the terminal when --secrets include asks for it.' },
} as const satisfies OptionTable;

/** What `export` takes besides, to write several profiles for several products. */
export const EXPORT_SET_OPTIONS = {
  to: { kind: 'list', value: 'TARGET', help: 'Product to write for; relaysmith targets lists them.' },
  all: { kind: 'flag', help: 'Every profile.' },
  'output-dir': { kind: 'text', value: 'DIR', help: 'Write a file for each profile and product into this folder.' },
  combine: { kind: 'flag', help: 'One file for all profiles, for products that read several from one.' },
  replace: { kind: 'flag', help: 'Replace files of the same names in the folder; a copy of each is kept.' },
} as const satisfies OptionTable;
