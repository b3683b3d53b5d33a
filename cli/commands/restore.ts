import { defineCommand } from '../command.ts';
import { EXIT } from '../exit-codes.ts';
import { profileJson } from '../output/profile.ts';
import { safe } from '../output/safe.ts';
import { findTrashed } from '../profile-ref.ts';

export const restore = defineCommand({
  usage: 'PROFILE',
  details: ['Takes a profile back out of the trash. relaysmith trash lists what is there.'],
  options: {},
  positionals: [1, 1],
  examples: ['relaysmith restore "Acme staging"'],
  async run({ engine: start, positionals, style, print, printJson }) {
    const engine = await start();
    const found = await findTrashed(engine, positionals[0] ?? '');
    if (!found.ok) return found;
    const stored = await engine.client('profiles.restore', { id: found.value.id });
    if (!stored.ok) return stored;
    printJson(profileJson(stored.value));
    print(`${style.passed(style.icons.passed)} Restored "${safe(stored.value.profile.name)}".`);
    return { ok: true, value: EXIT.ok };
  },
});
