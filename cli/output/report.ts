import {
  type Diagnosis,
  STAGE_WORDS,
  type Stage,
  type StageFacts,
  type StageResult,
  type TestReport,
} from '../../shared/report.ts';
import { factLines } from './facts.ts';
import { indented, pad } from './layout.ts';
import { safe } from './safe.ts';
import type { Style } from './style.ts';

const STATUS_WORDS = { passed: 'passed', warned: 'warning', failed: 'failed', skipped: 'not tested' } as const;

/** One finished stage: icon, name, word, time, fact; below it what is wrong without breaking the run. */
export function stageLines(result: StageResult, style: Style, columns: number): string[] {
  const paint = result.status === 'skipped' ? style.dim : style[result.status];
  const time = result.status === 'skipped' ? '' : `${Math.round(result.ms)} ms`;
  const head = [
    paint(style.icons[result.status]),
    pad(STAGE_WORDS[result.stage], 11),
    paint(pad(STATUS_WORDS[result.status], 10)),
    time.padStart(8),
    ` ${safe(result.note, 300)}`,
  ];
  const warnings = result.warnings.map((warning) =>
    indented(`${style.icons.warned} ${safe(warning.cause)}`, 4, columns),
  );
  return [`  ${head.join(' ').trimEnd()}`, ...factLines(result.facts, style, columns), ...warnings];
}

/** The line that stands while a stage runs. */
export function runningLine(stage: Stage, style: Style): string {
  return `  ${style.accent(style.icons.running)} ${pad(STAGE_WORDS[stage], 11)} ${style.accent('running')}`;
}

/** Everything after the stages: why it failed, how to mend it, and what nobody looked at. */
export function reportEnd(report: TestReport, fixCommand: string | null, style: Style, columns: number): string[] {
  const lines: string[] = [];
  const failed = report.stages.find(({ status }) => status === 'failed');
  if (report.diagnosis) {
    const said = failed ? evidenceOf(failed.facts) : null;
    lines.push('', ...diagnosisLines(report.diagnosis, said, fixCommand, style, columns));
  }
  if (report.notTested.length > 0) {
    lines.push('', `Not tested: ${report.notTested.map((stage) => STAGE_WORDS[stage]).join(', ')}.`);
  }
  lines.push('', summaryLine(report, style));
  return lines;
}

/** The words that a diagnosis rests on, and whose they are. */
interface Evidence {
  from: string;
  text: string;
}

function evidenceOf({ reply, detail }: StageFacts): Evidence | null {
  if (reply) return { from: 'The server said:', text: reply.text };
  return detail ? { from: 'Detail:', text: detail } : null;
}

/** Cause, the server's words, remedy, fix as a command, and weaker candidates. */
export function diagnosisLines(
  diagnosis: Diagnosis,
  evidence: Evidence | null,
  fixCommand: string | null,
  style: Style,
  columns: number,
): string[] {
  const width = Math.min(columns, 100);
  const lines = [style.failed(`${style.icons.failed} ${diagnosis.rule}`), indented(safe(diagnosis.cause), 2, width)];
  if (evidence) lines.push(`  ${style.dim(evidence.from)} ${safe(evidence.text, 600)}`);
  lines.push('', `  ${style.bold('What to do')}`, indented(safe(diagnosis.remedy), 2, width));
  if (diagnosis.transient) lines.push('  It may pass by itself: try again later.');
  if (diagnosis.fix && fixCommand) lines.push(`  ${safe(diagnosis.fix.label)}:`, `    ${style.accent(fixCommand)}`);
  if (diagnosis.reference) lines.push(`  ${style.dim(`See ${safe(diagnosis.reference)}`)}`);
  if (diagnosis.alsoPossible.length > 0) {
    lines.push('', '  Also possible:');
    for (const other of diagnosis.alsoPossible) {
      lines.push(indented(`${style.icons.bullet} ${other.rule}: ${safe(other.cause)}`, 4, width));
    }
  }
  return lines;
}

function summaryLine(report: TestReport, style: Style): string {
  const time = `${(report.ms / 1000).toFixed(2)} s`;
  if (report.cancelled) return `${style.warned(style.icons.warned)} Cancelled after ${time}.`;
  const failed = report.stages.some(({ status }) => status === 'failed');
  if (!report.ok && !failed)
    return `${style.warned(style.icons.warned)} Nothing failed, but not all could be tested (${time}).`;
  if (!report.ok) return `${style.failed(style.icons.failed)} Failed after ${time}.`;
  const warned = report.stages.some(({ status }) => status === 'warned');
  const word = warned ? 'Passed with warnings' : 'Passed';
  return `${style.passed(style.icons.passed)} ${word} in ${time}.`;
}
