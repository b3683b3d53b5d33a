import { defineCommand } from '../command.ts';
import { runExport } from '../export-run.ts';
import { EXPORT_OPTIONS } from '../export-table.ts';
import { importIndex, readImport } from '../import-file.ts';
import { safe } from '../output/safe.ts';

export const convert = defineCommand({
  usage: 'FILE --to TARGET [--into EXISTING] [--output FILE] [OPTIONS]',
  details: ['Turns the file of one product into that of another. Nothing is stored. FILE is a path, or - for stdin.'],
  options: {
    ...EXPORT_OPTIONS,
    target: { kind: 'text', value: 'TARGET', help: 'Product that FILE belongs to, if it is not recognised.' },
    index: { kind: 'number', value: 'N', range: [1, 1_000], help: 'Which profile of a file that holds several.' },
  },
  positionals: [1, 1],
  examples: [
    'relaysmith convert grafana.ini --to mattermost',
    'relaysmith convert realm.json --to grafana --output grafana.ini',
  ],
  async run(context) {
    const { values, io, positionals, json, note } = context;
    const engine = await context.engine();
    const preview = await readImport(engine, io, positionals[0] ?? '', values.target);
    if (!preview.ok) return preview;
    const index = importIndex(preview.value, values.index);
    if (!index.ok) return index;
    if (!json) for (const warning of preview.value.warnings) note(`! ${safe(warning)}`);
    const { importId } = preview.value;
    return runExport(context, values, engine, { kind: 'import', importId, index: index.value });
  },
});
