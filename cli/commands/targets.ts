import { defineCommand } from '../command.ts';
import { EXIT } from '../exit-codes.ts';
import { pad, table, tableColumns } from '../output/layout.ts';
import { pickTarget } from '../target-ref.ts';

export const targets = defineCommand({
  usage: '[TARGET]',
  details: ['Lists the products, or shows the options of one.'],
  options: {},
  positionals: [0, 1],
  examples: ['relaysmith targets', 'relaysmith targets mattermost'],
  async run({ engine, positionals, io, style, print, printJson }) {
    const { client } = await engine();
    const all = await client('targets.list', {});
    if (!all.ok) return all;
    const [name] = positionals;
    if (name === undefined) {
      printJson({ targets: all.value });
      const rows = all.value.map((target) => [target.id, target.name, target.fileName, target.summary]);
      for (const line of table([['Target', 'Product', 'File', ''], ...rows], tableColumns(io.stdout))) print(line);
      return { ok: true, value: EXIT.ok };
    }
    const found = pickTarget(all.value, name);
    if (!found.ok) return found;
    const { id, name: product, fileName, summary, merges, options } = found.value;
    printJson(found.value);
    print(`${style.bold(product)} (${id}): ${summary}`);
    print(`  File: ${fileName}. ${merges ? 'Can be merged into an existing one (--into).' : 'Is written anew.'}`);
    for (const option of options) {
      print(`  --option ${pad(`${option.key}=${option.default}`, 24)} ${option.label}. ${option.help}`.trimEnd());
      for (const { value, label } of option.values) print(`      ${pad(value, 20)} ${label}`);
    }
    return { ok: true, value: EXIT.ok };
  },
});
