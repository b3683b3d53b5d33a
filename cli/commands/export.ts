import { defineCommand } from '../command.ts';
import { runExport } from '../export-run.ts';
import { EXPORT_OPTIONS } from '../export-table.ts';
import { findProfile } from '../profile-ref.ts';

export const exportCommand = defineCommand({
  usage: 'PROFILE --to TARGET [--into FILE] [--output FILE] [OPTIONS]',
  details: [
    'Writes a profile as the file that a product reads. The text goes to stdout; what the product cannot express, and how to make it take the file, go to stderr.',
    'Secrets are left out unless --secrets says otherwise: placeholder, environment (a reference to a variable), or include (in the clear; a written file gets mode 0600).',
  ],
  options: EXPORT_OPTIONS,
  positionals: [1, 1],
  examples: [
    'relaysmith export acme --to mattermost > config.json',
    'relaysmith export acme --to mattermost --into /opt/mattermost/config/config.json --diff',
    'relaysmith export acme --to mattermost --into /opt/mattermost/config/config.json --write --secrets include',
  ],
  async run(context) {
    const engine = await context.engine();
    const found = await findProfile(engine, context.positionals[0] ?? '');
    if (!found.ok) return found;
    return runExport(context, context.values, engine, { kind: 'stored', profileId: found.value.id });
  },
});
