import { randomUUID } from 'node:crypto';
import type { Engine } from '../engine/index.ts';
import { hostPort } from '../shared/host.ts';
import type { StoredProfile } from '../shared/library.ts';
import type { PracticeScenario } from '../shared/practice.ts';
import type { TestReport } from '../shared/report.ts';
import type { CliResult } from './failure.ts';
import type { Io } from './io.ts';
import { describeForTerminal } from './output/failure.ts';
import { reportEnd, stageLines } from './output/report.ts';
import { safe, safeLines } from './output/safe.ts';
import type { Style } from './output/style.ts';

/** One step of the demo and whether it came as expected. */
export interface DemoStep {
  step: string;
  ok: boolean;
  detail: string;
}

interface Stage {
  io: Io;
  style: Style;
  print(line?: string): void;
  quiet: boolean;
}

const FAULT: PracticeScenario = 'expired';
const EXPORT_LINES = 30;

/** Walks through the main job. Stops at the first step that does not come as expected. */
export async function runDemo(engine: Engine, stage: Stage): Promise<DemoStep[]> {
  const steps: DemoStep[] = [];
  const { style, print } = stage;
  const state = { profile: undefined as StoredProfile | undefined };

  const plan: [title: string, act: () => Promise<CliResult<string>>][] = [
    ['Start the practice server', () => startServer(engine, 'all-well')],
    ['Make a profile that points at it', () => adopt(engine, state)],
    ['Check the connection, stage by stage', () => check(engine, stage, idOf(state), (report) => report.ok)],
    [`Let the server misbehave (scenario "${FAULT}")`, () => startServer(engine, FAULT)],
    ['Check again, and explain the fault', () => checkFault(engine, stage, state)],
    ['Mend the server', () => startServer(engine, 'all-well')],
    ['Send a test message', () => sendMessage(engine, stage, state)],
    ['Find it in the inbox', () => inbox(engine)],
    ['Export Mattermost’s config.json', () => exportConfig(engine, stage, state)],
  ];
  for (const [index, [title, act]] of plan.entries()) {
    if (stage.io.signal.aborted) break;
    print();
    print(style.bold(`${index + 1}. ${title}`));
    const result = await act();
    const detail = result.ok ? result.value : describeForTerminal(result.error).what;
    steps.push({ step: title, ok: result.ok, detail });
    print(`  ${result.ok ? style.passed(style.icons.passed) : style.failed(style.icons.failed)} ${safe(detail)}`);
    if (!result.ok) break;
  }
  return steps;
}

type State = { profile: StoredProfile | undefined };

function idOf({ profile }: State): string {
  return profile?.profile.id ?? '';
}

async function startServer(engine: Engine, scenario: PracticeScenario): Promise<CliResult<string>> {
  const started = await engine.client('practice.start', { scenario });
  if (!started.ok) return started;
  const state = started.value;
  return state.running ? done(`Listening on ${hostPort(state.host, state.port)}`) : unexpected('It does not run');
}

async function adopt(engine: Engine, state: State): Promise<CliResult<string>> {
  const adopted = await engine.client('practice.adopt', {});
  if (!adopted.ok) return adopted;
  state.profile = adopted.value;
  const { name, server } = adopted.value.profile;
  return done(`"${name}": ${hostPort(server.host, server.port)}, ${server.security}`);
}

async function check(
  engine: Engine,
  stage: Stage,
  profileId: string,
  expected: (report: TestReport) => boolean,
): Promise<CliResult<string>> {
  const report = await engine.client(
    'tests.check',
    { subject: { kind: 'stored', profileId }, secrets: {}, until: null, recipient: null },
    { signal: stage.io.signal },
  );
  if (!report.ok) return report;
  show(stage, report.value);
  return expected(report.value) ? done(outcomeOf(report.value)) : unexpected(outcomeOf(report.value));
}

async function checkFault(engine: Engine, stage: Stage, state: State): Promise<CliResult<string>> {
  const scenarios = await engine.client('practice.scenarios', {});
  if (!scenarios.ok) return scenarios;
  const rule = scenarios.value.find(({ id }) => id === FAULT)?.expectedRule;
  const adopted = await adopt(engine, state);
  if (!adopted.ok) return adopted;
  return check(engine, stage, idOf(state), ({ ok, diagnosis }) => !ok && diagnosis !== null && diagnosis.rule === rule);
}

async function sendMessage(engine: Engine, stage: Stage, state: State): Promise<CliResult<string>> {
  const adopted = await adopt(engine, state);
  if (!adopted.ok) return adopted;
  const report = await engine.client(
    'tests.send',
    { subject: { kind: 'stored', profileId: idOf(state) }, secrets: {}, recipient: null, sendId: randomUUID() },
    { signal: stage.io.signal },
  );
  if (!report.ok) return report;
  show(stage, report.value);
  return report.value.ok ? done(outcomeOf(report.value)) : unexpected(outcomeOf(report.value));
}

async function inbox(engine: Engine): Promise<CliResult<string>> {
  const messages = await engine.client('practice.inbox', {});
  if (!messages.ok) return messages;
  const [message] = messages.value;
  if (!message) return unexpected('The inbox is empty');
  return done(`"${message.subject}" from ${message.from} to ${message.recipients.join(', ')}, ${message.bytes} bytes`);
}

async function exportConfig(engine: Engine, { quiet, print }: Stage, state: State): Promise<CliResult<string>> {
  const text = await engine.exportText({
    subject: { kind: 'stored', profileId: idOf(state) },
    target: 'mattermost',
    options: {},
    policy: 'leave-out',
    into: null,
  });
  if (!text.ok) return text;
  const lines = safeLines(text.value.trimEnd());
  if (!quiet) for (const line of lines.slice(0, EXPORT_LINES)) print(`  ${line}`);
  if (!quiet && lines.length > EXPORT_LINES) print(`  (${lines.length - EXPORT_LINES} more lines)`);
  const settings = emailSettingsOf(text.value);
  const server = state.profile?.profile.server;
  const right = settings?.SMTPServer === server?.host && String(settings?.SMTPPort) === String(server?.port);
  return right
    ? done('It names the server and the port of the profile')
    : unexpected('It does not name the server of the profile');
}

function emailSettingsOf(text: string): Record<string, unknown> | undefined {
  try {
    return (JSON.parse(text) as { EmailSettings?: Record<string, unknown> }).EmailSettings;
  } catch {
    return undefined;
  }
}

function show({ io, style, print, quiet }: Stage, report: TestReport): void {
  if (quiet) return;
  for (const stage of report.stages) for (const line of stageLines(stage, style, io.stdout.columns)) print(line);
  for (const line of reportEnd(report, null, style, io.stdout.columns)) print(line);
}

function outcomeOf({ ok, diagnosis }: TestReport): string {
  if (ok) return 'Every stage passed';
  return diagnosis ? `Diagnosed as ${diagnosis.rule}` : 'Failed without a diagnosis';
}

function done(detail: string): CliResult<string> {
  return { ok: true, value: detail };
}

function unexpected(what: string): CliResult<string> {
  return { ok: false, error: { code: 'USAGE', facts: { what, next: '' } } };
}
