import { MECHANISM_TRIES, type MechanismEvent, SASL_MECHANISMS } from '../../shared/mechanisms.ts';
import { defineCommand } from '../command.ts';
import { confirm } from '../confirm.ts';
import { EXIT } from '../exit-codes.ts';
import { usage } from '../failure.ts';
import { fixCommand } from '../fix-command.ts';
import { mechanismLines, mechanismProgress } from '../output/mechanisms.ts';
import { safe } from '../output/safe.ts';
import { loadProfile } from '../profile-ref.ts';
import { keepReplacedToken, REFRESH_TOKEN_OPTION } from '../refresh-token.ts';
import { askOnce, readSecrets } from '../secret-options.ts';
import { SECRET_OPTIONS } from '../secret-table.ts';

const RISK = 'A wrong password counts as a failed sign-in each time, and servers lock accounts after a few.';

export const mechanisms = defineCommand({
  usage: 'PROFILE [--only MECHANISM]… [--yes]',
  details: [
    `Signs in with one mechanism after the other (PLAIN, LOGIN, SCRAM, …), each on a connection of its own, and says which the server takes. At most ${MECHANISM_TRIES} are tried. No message is sent.`,
    `Asks first, and where there is no terminal --yes is needed. ${RISK}`,
    'Exit code 0: some mechanism works. 1: none does.',
  ],
  options: {
    only: {
      kind: 'list',
      value: 'MECHANISM',
      choices: SASL_MECHANISMS,
      help: 'Mechanism to try, in place of the first that the server offers. May be repeated.',
    },
    yes: { kind: 'flag', help: 'Do not ask before signing in.' },
    ...SECRET_OPTIONS,
    ...REFRESH_TOKEN_OPTION,
  },
  positionals: [1, 1],
  examples: ['relaysmith mechanisms acme', 'relaysmith mechanisms acme --only SCRAM-SHA-256 --only LOGIN --yes --json'],
  async run(context) {
    const { values, io, json, style, positionals, print, printJson } = context;
    const only = values.only;
    if (only.length > MECHANISM_TRIES) {
      return usage(`At most ${MECHANISM_TRIES} mechanisms are tried at a time.`, 'Leave some out.');
    }
    const engine = await context.engine();
    const stored = await loadProfile(engine, positionals[0] ?? '');
    if (!stored.ok) return stored;
    const { id, name, signIn } = stored.value.profile;
    if (signIn.method === 'none') {
      return usage(`The profile "${safe(name)}" signs in with no user name.`, 'Set one with relaysmith edit --user.');
    }
    const question = `Sign in as ${safe(signIn.username)} up to ${MECHANISM_TRIES} times? ${RISK}`;
    const sure = await confirm(io, question, values.yes);
    if (!sure.ok) return sure;
    const secrets = await readSecrets(io, values);
    if (!secrets.ok) return secrets;
    const live = io.stdout.isTTY && !json;
    const onEvent = (event: MechanismEvent) => {
      if (live && event.type === 'trying') io.stdout.write(mechanismProgress(event.mechanism, style));
    };
    let used = secrets.value;
    const result = await askOnce(io, used, (given) => {
      used = given;
      return engine.client(
        'tests.mechanisms',
        {
          subject: { kind: 'stored', profileId: id },
          secrets: given,
          mechanisms: only.length === 0 ? null : [...only],
        },
        { signal: io.signal, onEvent },
      );
    });
    if (live) io.stdout.write('\r\u001b[2K');
    if (!result.ok) return result;
    const file = values['refresh-token-file'];
    const kept = await keepReplacedToken(context, { engine, old: used.refreshToken, file, profileId: id });
    if (!kept.ok) return kept;
    const report = result.value;
    printJson(report);
    const best = report.recommended?.mechanism;
    const canSet = signIn.method === 'password' && best !== undefined && best !== signIn.mechanism;
    const command = canSet ? fixCommand(id, { label: '', set: [{ field: 'signIn.mechanism', value: best }] }) : null;
    for (const line of mechanismLines(report, command, style, io.stdout.columns)) print(line);
    if (report.cancelled) return { ok: true, value: EXIT.cancelled };
    return { ok: true, value: report.recommended ? EXIT.ok : EXIT.failed };
  },
});
