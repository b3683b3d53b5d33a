import type { RunSummary } from '../../shared/history.ts';
import { hostPort } from '../../shared/host.ts';
import { type Context, defineCommand } from '../command.ts';
import { confirm } from '../confirm.ts';
import { EXIT } from '../exit-codes.ts';
import { usage } from '../failure.ts';
import { table, tableColumns } from '../output/layout.ts';
import { OUTCOME_WORDS } from '../output/outcome.ts';
import { safe } from '../output/safe.ts';
import { findProfile } from '../profile-ref.ts';

const OPTIONS = {
  clear: { kind: 'flag', help: 'Forget these runs.' },
  all: { kind: 'flag', help: 'With --clear: the runs of every profile.' },
  yes: { kind: 'flag', help: 'Do not ask before forgetting.' },
} as const;

export const history = defineCommand({
  usage: 'PROFILE [--clear] | --clear --all',
  details: [
    'Lists the kept runs of a profile, newest first. Every test of a stored profile is kept, in window and terminal alike: at most 20 of each profile, without secrets. --no-history leaves one out.',
    'The number in front names a run: "acme@last" is the newest, "acme@-2" the one before it. relaysmith report shows one, relaysmith compare puts two beside each other.',
  ],
  options: OPTIONS,
  positionals: [0, 1],
  examples: ['relaysmith history acme', 'relaysmith history acme --json', 'relaysmith history --clear --all --yes'],
  async run(context) {
    const { values, positionals } = context;
    const [name] = positionals;
    if (values.all && (!values.clear || name !== undefined)) {
      return usage('--all goes with --clear and without a profile.', 'Such as relaysmith history --clear --all.');
    }
    if (values.all) return clear(context, null, 'every profile');
    if (name === undefined) return usage('There is no profile.', 'Name one; relaysmith list shows them.');
    const found = await findProfile(await context.engine(), name);
    if (!found.ok) return found;
    if (values.clear) return clear(context, found.value.id, `"${safe(found.value.name)}"`);
    const { client } = await context.engine();
    const runs = await client('history.list', { profileId: found.value.id });
    if (!runs.ok) return runs;
    context.printJson({ id: found.value.id, name: found.value.name, runs: runs.value });
    if (runs.value.length === 0) context.print('No run is kept. relaysmith test makes one.');
    const [head = '', ...lines] = table(
      [['Run', 'When', 'Result', 'Stage', 'Rule', 'Server', 'Took'], ...runs.value.map(row)],
      tableColumns(context.io.stdout),
    );
    if (lines.length > 0) context.print(context.style.dim(head));
    for (const line of lines) context.print(line);
    return { ok: true, value: EXIT.ok };
  },
});

function row({ at, outcome, stage, rule, destination, ms, unsaved, action }: RunSummary, index: number): string[] {
  const when = at.slice(0, 19).replace('T', ' ');
  const result = `${OUTCOME_WORDS[outcome]}${action === 'send' ? ', sent' : ''}${unsaved ? ', unsaved settings' : ''}`;
  const server = `${hostPort(destination.host, destination.port)} ${destination.security}`;
  const took = `${(ms / 1000).toFixed(2)} s`;
  return [index === 0 ? '@last' : `@-${index + 1}`, when, result, stage ?? '', rule, server, took].map((cell) =>
    safe(cell),
  );
}

async function clear(context: Context<typeof OPTIONS>, profileId: string | null, whose: string) {
  const { io, values, style, print, printJson } = context;
  const sure = await confirm(io, `Forget the kept runs of ${whose}?`, values.yes);
  if (!sure.ok) return sure;
  const { client } = await context.engine();
  const cleared = await client('history.clear', { profileId });
  if (!cleared.ok) return cleared;
  printJson({ cleared: cleared.value });
  print(`${style.passed(style.icons.passed)} Forgot the runs of ${whose}.`);
  return { ok: true as const, value: EXIT.ok };
}
