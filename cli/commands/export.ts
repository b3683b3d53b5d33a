import { defineCommand } from '../command.ts';
import { runExport } from '../export-run.ts';
import { EXPORT_OPTIONS, EXPORT_SET_OPTIONS } from '../export-table.ts';
import { usage } from '../failure.ts';
import { findProfile } from '../profile-ref.ts';

export const exportCommand = defineCommand({
  usage:
    'PROFILE --to TARGET [--into FILE] [--output FILE] | PROFILE...|--all --to TARGET... --output-dir DIR [OPTIONS]',
  details: [
    'Writes a profile as the file that a product reads. The text goes to stdout; what the product cannot express, and how to make it take the file, go to stderr.',
    'Secrets are left out unless --secrets says otherwise: placeholder, environment (a reference to a variable), or include (in the clear; a written file gets mode 0600).',
    'With --output-dir several profiles are written for several products into a folder, a file for each pair, and manifest.json says what each file is. Files that are there already stay, unless --replace is given.',
  ],
  options: { ...EXPORT_OPTIONS, ...EXPORT_SET_OPTIONS },
  positionals: [0, 10_000],
  examples: [
    'relaysmith export acme --to mattermost > config.json',
    'relaysmith export acme --to mattermost --into /opt/mattermost/config/config.json --diff',
    'relaysmith export acme --to mattermost --into /opt/mattermost/config/config.json --write --secrets include',
    'relaysmith export --all --to mattermost --to grafana --output-dir settings',
  ],
  async run(context) {
    const { values, positionals } = context;
    if (values['output-dir'] !== undefined) return (await import('../export-set-run.ts')).runExportSet(context);
    const [to, ...others] = values.to;
    const [reference, ...more] = positionals;
    if (others.length > 0 || more.length > 0 || values.all || values.combine || values.replace) {
      return usage('Several files need a folder.', 'Name it with --output-dir DIR.');
    }
    if (reference === undefined) return usage('The profile is missing.', 'relaysmith export PROFILE --to TARGET');
    const engine = await context.engine();
    const found = await findProfile(engine, reference);
    if (!found.ok) return found;
    return runExport(context, { ...values, to }, engine, { kind: 'stored', profileId: found.value.id });
  },
});
