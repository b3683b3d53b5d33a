import type { Engine } from '../../engine/index.ts';
import { replayOf, type ScenarioProfile, trustPem } from '../../engine/practice/index.ts';
import { hostPort } from '../../shared/host.ts';
import {
  PRACTICE_PASSWORD,
  PRACTICE_SCENARIOS,
  PRACTICE_USERNAME,
  type PracticeState,
  SCENARIO_GROUPS,
  type ScenarioGroup,
  type ScenarioOutcome,
} from '../../shared/practice.ts';
import { STAGE_WORDS, testReport } from '../../shared/report.ts';
import { type Context, defineCommand } from '../command.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { type CliResult, usage } from '../failure.ts';
import { writeNewPem } from '../new-file.ts';
import { indented, pad } from '../output/layout.ts';
import { safe } from '../output/safe.ts';
import { practiceCommands } from '../practice-commands.ts';
import { findReport } from '../run-ref.ts';

/** How often the inbox is looked at. */
const POLL_MS = 250;

const OPTIONS = {
  scenario: {
    kind: 'text',
    value: 'SCENARIO',
    choices: PRACTICE_SCENARIOS,
    help: 'How the server behaves; all-well if not given.',
  },
  from: {
    kind: 'text',
    value: 'REPORT',
    help: 'Do what the server of a report did: a report file (JSON), or PROFILE@last.',
  },
  list: { kind: 'flag', help: 'List the scenarios.' },
  'ca-file': {
    kind: 'text',
    value: 'FILE',
    help: 'Write the server’s CA certificate there, for products that need it.',
  },
} as const;

export const practice = defineCommand({
  usage: '[--scenario SCENARIO | --from REPORT] | --list',
  details: [
    'Runs a real mail server on this machine until Ctrl-C, and prints each message that arrives. Nothing is delivered. A scenario makes it misbehave on purpose, to reproduce a fault. With --from it does what the server of a report did, so that a customer’s case can be looked at without the customer’s server.',
    'With --json each line of stdout is one JSON document: first where it listens, then one for each message.',
  ],
  options: OPTIONS,
  positionals: [0, 0],
  examples: [
    'relaysmith practice',
    'relaysmith practice --scenario expired',
    'relaysmith practice --from report.json',
    'relaysmith practice --list',
  ],
  async run(context) {
    const engine = await context.engine();
    if (context.values.list) return listScenarios(context, engine);
    const started = await startServer(context, engine);
    if (!started.ok) return started;
    const announced = await announce(context, started.value.state, started.value.profile);
    if (!announced.ok) return announced;
    return watchInbox(context, engine);
  },
});

/** What runs, and the settings that show it where they are not those of the gallery. */
interface Started {
  state: PracticeState;
  profile?: ScenarioProfile;
}

async function startServer({ values }: Context<typeof OPTIONS>, engine: Engine): Promise<CliResult<Started>> {
  const { from, scenario } = values;
  if (from !== undefined && scenario !== undefined) {
    return usage('--scenario and --from exclude each other.', 'Name a scenario or a report.');
  }
  if (from === undefined) {
    const started = await engine.client('practice.start', { scenario: scenario ?? 'all-well' });
    return started.ok ? { ok: true, value: { state: started.value } } : started;
  }
  const found = await findReport(engine, from);
  if (!found.ok) return found;
  const started = await engine.client('practice.replay', { report: found.value.ref });
  if (!started.ok) return started;
  const rendered = await engine.client('reports.render', { report: found.value.ref, format: 'json', mask: false });
  if (!rendered.ok) return rendered;
  const profile = replayOf(testReport.parse(JSON.parse(rendered.value.text)))?.profile ?? {};
  return { ok: true, value: { state: started.value, profile } };
}

async function listScenarios(
  { io, print, printJson, style }: Context<typeof OPTIONS>,
  engine: Engine,
): Promise<CliResult<ExitCode>> {
  const scenarios = await engine.client('practice.scenarios', {});
  if (!scenarios.ok) return scenarios;
  printJson({ scenarios: scenarios.value });
  for (const [group, name] of Object.entries(SCENARIO_GROUPS) as [ScenarioGroup, string][]) {
    print(style.bold(name));
    for (const scenario of scenarios.value.filter((one) => one.group === group)) {
      print(`  ${style.bold(pad(scenario.id, 24))} ${scenario.title}${style.dim(` (${expected(scenario)})`)}`);
      print(indented(scenario.description, 4, Math.min(io.stdout.columns, 100)));
    }
    print('');
  }
  return { ok: true, value: EXIT.ok };
}

/** How a run against a scenario ends, in a few words. */
function expected({ action, expectedStage, expectedRule, expectedWarning }: ScenarioOutcome): string {
  const when = action === 'send' ? 'test message: ' : '';
  if (expectedStage !== '') return `${when}fails at ${STAGE_WORDS[expectedStage]}, ${expectedRule}`;
  return `${when}passes${expectedWarning === '' ? '' : `, warns ${expectedWarning}`}`;
}

async function announce(
  { values, json, io, print, style }: Context<typeof OPTIONS>,
  state: PracticeState,
  profile: ScenarioProfile | undefined,
): Promise<CliResult<null>> {
  if (!state.running) return { ok: false, error: { code: 'PRACTICE_NOT_RUNNING', facts: {} } };
  const { host, port, scenario, outcome } = state;
  const caFile = values['ca-file'];
  if (caFile !== undefined) {
    const saved = await writeNewPem(caFile, trustPem(state), 'ca-file');
    if (!saved.ok) return saved;
  }
  if (json) {
    io.stdout.write(
      `${JSON.stringify({ practice: { ...state, username: PRACTICE_USERNAME, password: PRACTICE_PASSWORD } })}\n`,
    );
    return { ok: true, value: null };
  }
  print(
    `${style.passed(style.icons.passed)} Practice server running: ${style.bold(hostPort(host, port))}, scenario ${scenario}.`,
  );
  print(`  ${safe(outcome.description)} Expect: ${expected(outcome)}.`);
  print(`  Sign in as ${PRACTICE_USERNAME} with the password "${PRACTICE_PASSWORD}".`);
  if (caFile !== undefined) print(`  CA certificate: ${safe(caFile)}`);
  if (caFile === undefined && outcome.expectedStage === 'certificate') {
    print('  To see what the certificate is worth, start it with --ca-file FILE.');
  }
  print('  From another terminal:');
  for (const command of practiceCommands(state, outcome.action, caFile, profile)) print(`    ${command}`);
  print(style.dim('  Ctrl-C stops it.'));
  return { ok: true, value: null };
}

async function watchInbox({ io, json, print }: Context<typeof OPTIONS>, engine: Engine): Promise<CliResult<ExitCode>> {
  const seen = new Set<string>();
  while (!io.signal.aborted) {
    const inbox = await engine.client('practice.inbox', {});
    if (!inbox.ok) return inbox;
    const fresh = inbox.value
      .filter(({ id }) => !seen.has(id))
      .sort((a, b) => a.receivedAt.localeCompare(b.receivedAt));
    for (const message of fresh) {
      seen.add(message.id);
      const { receivedAt, envelopeFrom, recipients, subject, bytes } = message;
      if (json) io.stdout.write(`${JSON.stringify({ message })}\n`);
      else
        print(
          `${receivedAt.slice(11, 19)}  ${safe(envelopeFrom)} -> ${safe(recipients.join(', '))}  "${safe(subject)}"  ${bytes} bytes`,
        );
    }
    await pause(io.signal);
  }
  print('Stopped.');
  return { ok: true, value: EXIT.ok };
}

/** Waits a moment, or until Ctrl-C. */
function pause(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, POLL_MS);
    signal.addEventListener('abort', done);
  });
}
