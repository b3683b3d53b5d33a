import { hostPort } from './host.ts';
import { headline } from './outcome.ts';
import { type Diagnosis, STAGE_WORDS, type StageResult, type StageStatus, type TestReport } from './report.ts';
import { factLines } from './report-facts.ts';
import { escapeControls } from './text.ts';

/** States of a stage in words, for reports. */
export const STATUS_WORDS: Record<StageStatus, string> = {
  passed: 'Passed',
  warned: 'Warning',
  failed: 'Failed',
  skipped: 'Not tested',
};

/** Values of one fact that stand on one line; more get a line each. */
const ON_ONE_LINE = 80;

/**
 * A report as plain text, to be pasted into a ticket. It reads the same in black and white, and holds no secret: the
 * engine replaced them before the report left it. Every line is free of control characters, whatever the report holds.
 */
export function reportText(report: TestReport): string {
  const { destination, diagnosis, notTested } = report;
  const lines = [
    `Relaysmith: ${headline(report)}`,
    `Profile: ${report.profileName}`,
    `Server: ${hostPort(destination.host, destination.port)}, ${destination.security}`,
    `When: ${report.startedAt}, ${milliseconds(report.ms)}`,
    ...(diagnosis ? ['', ...diagnosisLines(diagnosis)] : []),
    '',
    ...report.stages.flatMap(stageLines),
    ...(notTested.length > 0 ? ['', `Not tested: ${notTested.map((stage) => STAGE_WORDS[stage]).join(', ')}`] : []),
    '',
    ...transcriptLines(report),
  ];
  return `${lines.map((line) => escapeControls(line)).join('\n')}\n`;
}

function diagnosisLines({ cause, remedy, rule, reference, transient, alsoPossible }: Diagnosis): string[] {
  return [
    `Cause: ${cause}`,
    ...(remedy ? [`Remedy: ${remedy}`] : []),
    ...(transient ? ['Trying again later may help with nothing changed.'] : []),
    `Rule: ${rule}${reference ? `, ${reference}` : ''}`,
    ...alsoPossible.map((other) => `Also possible: ${other.cause}`),
  ];
}

function stageLines({ stage, status, ms, facts, note, warnings }: StageResult): string[] {
  const took = status === 'skipped' ? '' : milliseconds(ms);
  const name = STAGE_WORDS[stage].padEnd(12);
  return [
    `${name} ${STATUS_WORDS[status].padEnd(11)} ${took.padStart(9)}  ${note}`.trimEnd(),
    ...factLines(facts).flatMap(({ label, values }) => {
      const joined = `    ${label}: ${values.join(', ')}`;
      return joined.length <= ON_ONE_LINE || values.length === 1
        ? [joined]
        : [`    ${label}:`, ...values.map((value) => `      ${value}`)];
    }),
    ...warnings.map(({ cause, remedy }) => `    Warning: ${cause} ${remedy}`),
  ];
}

function transcriptLines({ transcript }: TestReport): string[] {
  if (transcript.length === 0) return ['No word was exchanged.'];
  const sides = { client: 'C', server: 'S', note: '*' };
  return [
    'Transcript (C: client, S: server, *: note; + inside TLS)',
    ...transcript.map(({ from, text, encrypted }) => `${encrypted ? '+' : ' '}${sides[from]}: ${text}`),
  ];
}

function milliseconds(ms: number): string {
  return `${Math.round(ms)} ms`;
}
