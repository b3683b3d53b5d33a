import { defineCommand } from '../command.ts';
import { EXIT } from '../exit-codes.ts';
import { profileJson, profileLines } from '../output/profile.ts';
import { loadProfile } from '../profile-ref.ts';

export const show = defineCommand({
  usage: 'PROFILE',
  details: [
    'Shows the settings of a profile, what is stored of its secrets, and advice. PROFILE is a name, an id, or the beginning of an id.',
  ],
  options: {},
  positionals: [1, 1],
  examples: ['relaysmith show "Acme production relay"', 'relaysmith show 3f2a --json'],
  async run({ engine, positionals, io, style, print, printJson }) {
    const stored = await loadProfile(await engine(), positionals[0] ?? '');
    if (!stored.ok) return stored;
    printJson(profileJson(stored.value));
    for (const line of profileLines(stored.value, style, io.stdout.columns)) print(line);
    return { ok: true, value: EXIT.ok };
  },
});
