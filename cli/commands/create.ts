import { emptySettings } from '../../shared/profile.ts';
import { defineCommand } from '../command.ts';
import { EXIT } from '../exit-codes.ts';
import { adviceLines, profileJson } from '../output/profile.ts';
import { safe } from '../output/safe.ts';
import { changesOf, readSecrets } from '../secret-options.ts';
import { KEEP_OPTION, SECRET_OPTIONS } from '../secret-table.ts';
import { applyOptions } from '../settings-options.ts';
import { SENDER_OPTIONS, SERVER_OPTIONS } from '../settings-table.ts';

export const create = defineCommand({
  usage: '--name NAME --host HOST [OPTIONS]',
  details: [
    'Makes a profile. Unless told otherwise: port 587 with STARTTLS required, the certificate checked, and no sign-in unless --user or --preset is given.',
    'A password never goes into the command line. Pipe it with --password-stdin, or point to it with --password-file or --password-env.',
  ],
  options: { ...SENDER_OPTIONS, ...SERVER_OPTIONS, ...SECRET_OPTIONS, ...KEEP_OPTION },
  positionals: [0, 0],
  examples: [
    'relaysmith create --name "Acme relay" --host mail.acme.example --user alerts --from alerts@acme.example --password-stdin',
    'relaysmith create --preset gmail --name Gmail --user me@gmail.com --keep ask',
  ],
  async run(context) {
    const { values, io, style, print, printJson } = context;
    const engine = await context.engine();
    const blank = emptySettings();
    if (values.user === undefined && values.preset === undefined) blank.signIn.method = 'none';
    const settings = await applyOptions(blank, values, engine);
    if (!settings.ok) return settings;
    const given = await readSecrets(io, values);
    if (!given.ok) return given;
    const secrets = changesOf(context, given.value, values.keep);
    const stored = await engine.client('profiles.create', { settings: settings.value, secrets });
    if (!stored.ok) return stored;
    const { id, name } = stored.value.profile;
    printJson(profileJson(stored.value));
    print(`${style.passed(style.icons.passed)} Created "${safe(name)}" (${id}).`);
    for (const line of adviceLines(id, settings.value, style, io.stdout.columns)) print(line);
    print(style.dim(`Next: relaysmith test ${id.slice(0, 8)}`));
    return { ok: true, value: EXIT.ok };
  },
});
