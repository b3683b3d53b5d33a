import type { Engine } from '../engine/index.ts';
import { BATCH_LIMITS, type BatchChoice, type BatchEvent, type BatchReport, type BatchRow } from '../shared/batch.ts';
import type { RequestInput } from '../shared/contract.ts';
import { STAGE_WORDS } from '../shared/report.ts';
import type { Context, OptionTable } from './command.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { type CliResult, usage } from './failure.ts';
import { batchReasons, batchSummary, batchTable, isFine, progressLine } from './output/batch.ts';
import { tableColumns } from './output/layout.ts';
import { safe } from './output/safe.ts';
import { findProfile } from './profile-ref.ts';
import { chooseFile } from './save-file.ts';

const { concurrency, perHost } = BATCH_LIMITS;

/** Options of a test of many profiles. */
export const BATCH_OPTIONS = {
  all: { kind: 'flag', help: 'Test every profile.' },
  active: { kind: 'flag', help: 'Test every active profile.' },
  concurrency: {
    kind: 'number',
    value: 'N',
    range: [1, concurrency.max],
    help: `Tests at the same time (${concurrency.default}).`,
  },
  'per-host': {
    kind: 'number',
    value: 'N',
    range: [1, perHost.max],
    help: `Tests of the same host at the same time (${perHost.default}).`,
  },
  csv: { kind: 'text', value: 'FILE', help: 'Write the result table to a CSV file.' },
  junit: { kind: 'text', value: 'FILE', help: 'Write the result to a JUnit XML file, for CI.' },
} as const satisfies OptionTable;

type BatchContext = Context<typeof BATCH_OPTIONS>;
type Until = RequestInput<'batches.run'>['until'];

const CLEAR_LINE = '\r\u001b[2K';

/** Options beside {@link BATCH_OPTIONS} that make sense for many profiles. */
const COMMON_OPTIONS = ['until', 'no-history'];

/** True when the command line asks for a table of results and not for one report. */
export function isBatch({ values, positionals }: BatchContext): boolean {
  return positionals.length > 1 || given(values).some((name) => Object.hasOwn(BATCH_OPTIONS, name));
}

/** What is wrong with the command line of a batch, or null. */
function batchMistake({ values, positionals }: BatchContext): CliResult<never> | null {
  const groups = [positionals.length > 0, values.all, values.active].filter(Boolean).length;
  if (groups !== 1)
    return usage('Say which profiles to test.', 'Name them, or use --all or --active, one of the three.');
  const single = given(values).find((name) => !Object.hasOwn(BATCH_OPTIONS, name) && !COMMON_OPTIONS.includes(name));
  if (single === undefined) return null;
  return usage(`--${single} is for the test of one profile.`, 'Leave it out, or change the profile: relaysmith edit.');
}

/** Names of the options that were given. */
function given(values: object): string[] {
  const isGiven = (value: unknown) =>
    value !== undefined && value !== false && !(Array.isArray(value) && value.length === 0);
  return Object.entries(values).flatMap(([name, value]) => (isGiven(value) ? [name] : []));
}

/** Tests many profiles at once, shows how far it is, and prints the table. */
export async function runBatch(context: BatchContext, until: Until, keep: boolean): Promise<CliResult<ExitCode>> {
  const mistake = batchMistake(context);
  if (mistake) return mistake;
  const { values, io, json, style, print, printJson } = context;
  const engine = await context.engine();
  const profiles = await choiceOf(context, engine);
  if (!profiles.ok) return profiles;
  // Chosen before the run, so that a path that cannot be written to is told at once.
  const files = await chooseFiles(engine, values);
  if (!files.ok) return files;
  const request = {
    profiles: profiles.value,
    until,
    keep,
    concurrency: values.concurrency ?? concurrency.default,
    perHost: values['per-host'] ?? perHost.default,
  };
  const progress = io.stderr.isTTY && !json ? liveProgress(context) : null;
  const onEvent = (event: BatchEvent) => progress?.show(event);
  const result = await engine.client('batches.run', request, { signal: io.signal, onEvent });
  progress?.end();
  if (!result.ok) return result;
  const report = result.value;
  for (const line of batchTable(report, style, tableColumns(io.stdout))) print(line);
  for (const line of batchReasons(report, style, io.stdout.columns)) print(line);
  print();
  print(batchSummary(report, style));
  for (const { format, token, path } of files.value) {
    const saved = await engine.client('batches.save', { id: report.id, format, destination: token, followLink: false });
    if (!saved.ok) return saved;
    print(`${style.passed(style.icons.passed)} Wrote ${safe(path)} (${saved.value.bytes} bytes).`);
  }
  printJson(report);
  return { ok: true, value: exitCodeOf(report) };
}

async function choiceOf({ values, positionals }: BatchContext, engine: Engine): Promise<CliResult<BatchChoice>> {
  if (positionals.length === 0) return { ok: true, value: { kind: values.all ? 'all' : 'active' } };
  const ids: string[] = [];
  for (const name of positionals) {
    const found = await findProfile(engine, name);
    if (!found.ok) return found;
    ids.push(found.value.id);
  }
  return { ok: true, value: { kind: 'chosen', ids } };
}

interface ChosenFile {
  format: 'csv' | 'junit';
  token: string;
  path: string;
}

async function chooseFiles(engine: Engine, values: BatchContext['values']): Promise<CliResult<ChosenFile[]>> {
  const chosen: ChosenFile[] = [];
  for (const format of ['csv', 'junit'] as const) {
    const path = values[format];
    if (path === undefined) continue;
    const token = await chooseFile(engine, path);
    if (!token.ok) return token;
    chosen.push({ format, token: token.value, path });
  }
  return { ok: true, value: chosen };
}

/** One line on stderr that says how far it is; rewritten at most ten times a second. */
function liveProgress({ io }: BatchContext) {
  const done: BatchRow[] = [];
  const names = new Map<string, string>();
  let shownAt = 0;
  return {
    show(event: BatchEvent) {
      if (event.type === 'planned') for (const { profileId, name } of event.items) names.set(profileId, name);
      if (event.type === 'finished') done.push(event.row);
      const now = performance.now();
      if (now - shownAt < 100 && done.length < names.size) return;
      shownAt = now;
      const current =
        event.type === 'stage-started' ? `${names.get(event.profileId) ?? ''}: ${STAGE_WORDS[event.stage]}` : '';
      io.stderr.write(`${CLEAR_LINE}${progressLine(done, names.size, current, io.stderr.columns)}`);
    },
    end: () => io.stderr.write(CLEAR_LINE),
  };
}

function exitCodeOf({ rows, cancelled }: BatchReport): ExitCode {
  if (cancelled) return EXIT.cancelled;
  const bad = rows.filter((row) => !isFine(row));
  if (bad.length === 0) return EXIT.ok;
  return bad.every(({ outcome }) => outcome === 'secret-needed') ? EXIT.secretNeeded : EXIT.failed;
}
