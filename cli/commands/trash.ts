import { defineCommand } from '../command.ts';
import { confirm } from '../confirm.ts';
import { EXIT } from '../exit-codes.ts';
import { table, tableColumns } from '../output/layout.ts';
import { safe } from '../output/safe.ts';
import { findTrashed } from '../profile-ref.ts';

export const trash = defineCommand({
  usage: '[--purge PROFILE [--yes]]',
  details: ['Lists deleted profiles. With --purge, removes one for good, secrets too.'],
  options: {
    purge: { kind: 'text', value: 'PROFILE', help: 'Remove this one for good.' },
    yes: { kind: 'flag', help: 'Do not ask before removing.' },
  },
  positionals: [0, 0],
  examples: ['relaysmith trash', 'relaysmith trash --purge "Acme staging" --yes'],
  async run({ engine: start, values, io, style, print, printJson }) {
    const engine = await start();
    if (values.purge !== undefined) {
      const found = await findTrashed(engine, values.purge);
      if (!found.ok) return found;
      const { id, name } = found.value;
      const sure = await confirm(io, `Remove "${safe(name)}" and its secrets for good?`, values.yes);
      if (!sure.ok) return sure;
      const purged = await engine.client('profiles.purge', { id });
      if (!purged.ok) return purged;
      printJson({ purged: { id, name } });
      print(`${style.passed(style.icons.passed)} Removed "${safe(name)}" for good.`);
      return { ok: true, value: EXIT.ok };
    }
    const entries = await engine.client('profiles.trash', {});
    if (!entries.ok) return entries;
    printJson({ trash: entries.value });
    const rows = entries.value.map(({ id, name, host, deletedAt, purgeAt }) =>
      [id.slice(0, 8), name, host, deletedAt.slice(0, 10), purgeAt.slice(0, 10)].map((cell) => safe(cell)),
    );
    if (rows.length === 0) print('The trash is empty.');
    else
      for (const line of table([['Id', 'Name', 'Server', 'Deleted', 'Kept until'], ...rows], tableColumns(io.stdout)))
        print(line);
    return { ok: true, value: EXIT.ok };
  },
});
