import type { Engine } from '../engine/index.ts';
import type { RequestInput, Subject } from '../shared/contract.ts';
import { mayBePort } from '../shared/matrix.ts';
import type { TestEvent, TestReport } from '../shared/report.ts';
import type { Result } from '../shared/result.ts';
import { certificateToTrust } from '../shared/trust.ts';
import type { Context, OptionTable } from './command.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import type { CliResult } from './failure.ts';
import { indented } from './output/layout.ts';
import { reportEnd, runningLine, stageLines } from './output/report.ts';
import { safe } from './output/safe.ts';
import { keepReplacedToken } from './refresh-token.ts';
import { type ReportFile, writeReport } from './report-file.ts';
import { askOnce, type GivenSecrets } from './secret-options.ts';
import { commandLine } from './shell.ts';
import { sinceLast } from './since-last.ts';
import { trustCommand } from './trust-command.ts';

/** What to run, and how to say its fix as a command. */
export interface TestRun {
  engine: Engine;
  subject: Subject;
  secrets: GivenSecrets;
  recipient: string | null;
  /** False leaves the run out of the profile's history. */
  keep: boolean;
  /** Where the report is to be written too; null for nowhere. */
  reportFile: ReportFile | null;
  /** `send` sends a message; `check` stops before, or at a stage. */
  action:
    | { kind: 'send'; sendId: string }
    | { kind: 'check'; until: RequestInput<'tests.check'>['until']; relay: boolean };
  /** Where a replaced refresh token goes. */
  refreshTokenFile: string | undefined;
  fixCommand(fix: NonNullable<NonNullable<TestReport['diagnosis']>['fix']>): string;
}

const CLEAR_LINE = '\r\u001b[2K';

/**
 * Runs a test, shows each stage as it ends, asks once for secrets that are missing, and prints the whole report.
 */
export async function runTest<O extends OptionTable>(context: Context<O>, run: TestRun): Promise<CliResult<ExitCode>> {
  const { io, json, style, print, printJson } = context;
  const live = io.stdout.isTTY && !json;
  const onEvent = (event: TestEvent) => {
    if (json) return;
    if (event.type === 'stage-started' && live) io.stdout.write(runningLine(event.stage, style));
    if (event.type !== 'stage-finished') return;
    if (live) io.stdout.write(CLEAR_LINE);
    for (const line of stageLines(event.result, style, io.stdout.columns)) print(line);
  };

  let given = run.secrets;
  const result = await askOnce(io, given, (secrets) => {
    given = secrets;
    return call(run, secrets, io.signal, onEvent);
  });
  if (live) io.stdout.write(CLEAR_LINE);
  if (!result.ok) return result;

  const report = result.value;
  const { reportFile, engine } = run;
  const written = reportFile ? await writeReport(engine, { kind: 'session', runId: report.id }, reportFile) : null;
  // One document: where the file could not be written, that is the one.
  if (written?.ok !== false) printJson(report);
  const fix = report.diagnosis?.fix;
  for (const line of reportEnd(report, fix ? run.fixCommand(fix) : null, style, io.stdout.columns)) print(line);
  const next = nextCommand(run.subject, report);
  if (next) print(`${next.words}: ${style.accent(next.command)}`);
  const since = json ? null : await sinceLast(engine, run.subject, report);
  if (since) print(`\nSince the run of ${since.at.slice(0, 16).replace('T', ' ')}:`);
  for (const warning of since?.warnings ?? []) {
    print(indented(`${style.icons.warned} ${safe(warning)}`, 2, Math.min(io.stdout.columns, 100)));
  }
  const kept = await keepReplacedToken(context, {
    engine,
    old: given.refreshToken,
    file: run.refreshTokenFile,
    profileId: run.subject.kind === 'stored' ? run.subject.profileId : null,
  });
  if (!kept.ok) return kept;
  if (written && !written.ok) return written;
  if (written && reportFile)
    print(`${style.passed(style.icons.passed)} Wrote ${safe(reportFile.path)} (${written.value} bytes).`);
  if (report.cancelled) return { ok: true, value: EXIT.cancelled };
  return { ok: true, value: report.ok ? EXIT.ok : EXIT.failed };
}

/** The command that helps on: it trusts a CA, or finds a way where mechanism, port, security or the host may be wrong. */
function nextCommand(subject: Subject, report: TestReport): { words: string; command: string } | null {
  const { diagnosis, destination } = report;
  if (!diagnosis) return null;
  if (diagnosis.stage === 'dns') {
    const command = commandLine(['relaysmith', 'detect', destination.host]);
    return { words: 'Find the server of a domain or an address', command };
  }
  const certificate = certificateToTrust(report);
  if (certificate && subject.kind === 'stored') {
    const words = `To trust ${safe(certificate.subject)}, after comparing SHA-256 ${certificate.fingerprint}`;
    return { words, command: trustCommand(subject.profileId, certificate) };
  }
  if (diagnosis.rule === 'AUTH_504_MECH' && subject.kind === 'stored') {
    const command = commandLine(['relaysmith', 'mechanisms', subject.profileId]);
    return { words: 'Find out which ways to sign in work', command };
  }
  if (!mayBePort(diagnosis)) return null;
  const about = subject.kind === 'stored' ? subject.profileId : destination.host;
  return { words: 'Find what works', command: commandLine(['relaysmith', 'matrix', about]) };
}

function call(
  { engine, subject, recipient, keep, action }: TestRun,
  secrets: GivenSecrets,
  signal: AbortSignal,
  onEvent: (event: TestEvent) => void,
): Promise<Result<TestReport>> {
  if (action.kind === 'send') {
    const { sendId } = action;
    return engine.client('tests.send', { subject, secrets, recipient, keep, sendId }, { signal, onEvent });
  }
  const { until, relay } = action;
  return engine.client('tests.check', { subject, secrets, until, relay, recipient, keep }, { signal, onEvent });
}
