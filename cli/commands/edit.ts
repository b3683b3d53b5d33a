import type { SecretChange } from '../../shared/contract.ts';
import type { StoredProfile } from '../../shared/library.ts';
import { settingsOf } from '../../shared/profile.ts';
import { defineCommand } from '../command.ts';
import { EXIT } from '../exit-codes.ts';
import { type CliResult, usage } from '../failure.ts';
import { adviceLines, profileJson } from '../output/profile.ts';
import { safe } from '../output/safe.ts';
import { loadProfile } from '../profile-ref.ts';
import { changesOf, readSecrets } from '../secret-options.ts';
import { KEEP_OPTION, SECRET_OPTIONS } from '../secret-table.ts';
import { applyOptions, changesSettings } from '../settings-options.ts';
import { SENDER_OPTIONS, SERVER_OPTIONS } from '../settings-table.ts';

const OPTIONS = { ...SENDER_OPTIONS, ...SERVER_OPTIONS, ...SECRET_OPTIONS, ...KEEP_OPTION } as const;
const SETTING_NAMES = Object.keys({ ...SENDER_OPTIONS, ...SERVER_OPTIONS });

/** How often a save starts over because someone else saved the same profile in between. */
const MAX_ATTEMPTS = 10;

export const edit = defineCommand({
  usage: 'PROFILE [OPTIONS]',
  details: [
    'Changes the fields that are named and leaves the others. A list option (--cc, --header, …) replaces the whole list; one empty value clears it.',
    'A stored secret is kept for its destination: after a change of host, port, security or user it is asked for again.',
  ],
  options: OPTIONS,
  positionals: [1, 1],
  examples: [
    'relaysmith edit acme --port 465 --security tls',
    'relaysmith edit acme --set \'sender.relayDomains=["acme.example"]\'',
  ],
  async run(context) {
    const { values, positionals, io, style, print, printJson } = context;
    const engine = await context.engine();
    const before = await loadProfile(engine, positionals[0] ?? '');
    if (!before.ok) return before;
    const given = await readSecrets(io, values);
    if (!given.ok) return given;
    const secrets = changesOf(context, given.value, values.keep);
    if (secrets.length === 0 && !changesSettings(values, SETTING_NAMES)) {
      return usage(
        'There is nothing to change.',
        'Name a field, such as --port 465. relaysmith edit --help lists them.',
      );
    }
    const saved = await save(before.value, secrets);
    if (!saved.ok) return saved;
    const { id, name } = saved.value.profile;
    printJson(profileJson(saved.value));
    print(`${style.passed(style.icons.passed)} Saved "${safe(name)}" (revision ${saved.value.revision}).`);
    for (const line of adviceLines(id, settingsOf(saved.value.profile), style, io.stdout.columns)) print(line);
    return { ok: true, value: EXIT.ok };

    /** Saves on top of whatever is stored by now: the options name single fields, so nothing of others is lost. */
    async function save(
      stored: StoredProfile,
      changes: SecretChange[],
      attempt = 1,
    ): Promise<CliResult<StoredProfile>> {
      const settings = await applyOptions(settingsOf(stored.profile), values, engine);
      if (!settings.ok) return settings;
      const { revision } = stored;
      const outcome = await engine.client('profiles.save', {
        id: stored.profile.id,
        revision,
        settings: settings.value,
        secrets: changes,
      });
      if (!outcome.ok) return outcome;
      if (outcome.value.outcome === 'saved') return { ok: true, value: outcome.value.stored };
      if (attempt < MAX_ATTEMPTS) return save(outcome.value.theirs, changes, attempt + 1);
      return { ok: false, error: { code: 'LIBRARY_BUSY', facts: {} } };
    }
  },
});
