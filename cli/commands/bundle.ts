import { BUNDLE_OPTIONS } from '../bundle-table.ts';
import { defineCommand } from '../command.ts';
import { usage } from '../failure.ts';

export const bundle = defineCommand({
  usage: 'save FILE PROFILE...|--all [--with-secrets] | open FILE [--dry-run] [OPTIONS]',
  details: [
    'A bundle is Relaysmith’s own portable file. save writes profiles into one, without secrets, or with them encrypted under a passphrase. open stores what a bundle holds.',
    'The passphrase is asked for on a terminal, twice when saving; elsewhere it comes from --passphrase-stdin, --passphrase-file or --passphrase-env. It is not kept anywhere: without it the secrets in the bundle are lost.',
    'open keeps both when a profile of the same id or name is stored already, and gives the new one a free name. --conflict replace gives the stored one the bundle’s settings; a stored secret is not sent to a destination that came with them.',
  ],
  options: BUNDLE_OPTIONS,
  positionals: [2, 10_000],
  examples: [
    'relaysmith bundle save acme.relaysmith "Acme production" "Acme staging"',
    'relaysmith bundle save all.relaysmith --all --with-secrets',
    'relaysmith bundle open all.relaysmith --dry-run',
  ],
  async run(context) {
    const [action, file = '', ...references] = context.positionals;
    if (file === '') return usage('The name of the file is empty.', 'Name a file.');
    if (action === 'save') return (await import('../bundle-save.ts')).saveBundle(context, file, references);
    if (action === 'open' && references.length === 0)
      return (await import('../bundle-open.ts')).openBundle(context, file);
    return usage(
      'This needs an action: save or open.',
      'relaysmith bundle save FILE PROFILE, or relaysmith bundle open FILE',
    );
  },
});
