import { defineCommand } from '../command.ts';
import { EXIT } from '../exit-codes.ts';
import { safe } from '../output/safe.ts';
import { findProfile } from '../profile-ref.ts';

export const deleteProfile = defineCommand({
  usage: 'PROFILE',
  details: ['Moves a profile to the trash, where it stays 30 days with its secrets. relaysmith restore takes it back.'],
  options: {},
  positionals: [1, 1],
  examples: ['relaysmith delete "Acme staging"'],
  async run({ engine: start, positionals, style, print, printJson }) {
    const engine = await start();
    const found = await findProfile(engine, positionals[0] ?? '');
    if (!found.ok) return found;
    const trashed = await engine.client('profiles.delete', { id: found.value.id });
    if (!trashed.ok) return trashed;
    const { id, name, purgeAt } = trashed.value;
    printJson(trashed.value);
    print(`${style.passed(style.icons.passed)} Moved "${safe(name)}" to the trash, until ${purgeAt.slice(0, 10)}.`);
    print(style.dim(`To take it back: relaysmith restore ${id.slice(0, 8)}`));
    return { ok: true, value: EXIT.ok };
  },
});
