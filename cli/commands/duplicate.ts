import { defineCommand } from '../command.ts';
import { EXIT } from '../exit-codes.ts';
import { profileJson } from '../output/profile.ts';
import { safe } from '../output/safe.ts';
import { findProfile } from '../profile-ref.ts';

export const duplicate = defineCommand({
  usage: 'PROFILE',
  details: ['Copies the settings and, where they can be read, the secrets.'],
  options: {},
  positionals: [1, 1],
  examples: ['relaysmith duplicate acme'],
  async run({ engine: start, positionals, style, print, printJson }) {
    const engine = await start();
    const found = await findProfile(engine, positionals[0] ?? '');
    if (!found.ok) return found;
    const copy = await engine.client('profiles.duplicate', { id: found.value.id });
    if (!copy.ok) return copy;
    printJson(profileJson(copy.value));
    print(`${style.passed(style.icons.passed)} Made "${safe(copy.value.profile.name)}" (${copy.value.profile.id}).`);
    return { ok: true, value: EXIT.ok };
  },
});
