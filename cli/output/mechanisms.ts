import {
  MECHANISM_WORDS,
  type MechanismReport,
  type MechanismResult,
  type MechanismVerdict,
} from '../../shared/mechanisms.ts';
import { STAGE_WORDS } from '../../shared/report.ts';
import { indented, pad } from './layout.ts';
import { safe } from './safe.ts';
import type { Style } from './style.ts';

const MARKS: Record<MechanismVerdict, 'passed' | 'failed' | 'skipped'> = {
  works: 'passed',
  refused: 'failed',
  failed: 'failed',
  'not-tried': 'skipped',
};

/** The line that stands while a mechanism is tried. */
export function mechanismProgress(mechanism: string, style: Style): string {
  return `\r\u001b[2K  ${style.accent(style.icons.running)} ${mechanism}`;
}

/** A row for each mechanism with what the server said, then the one to use with its command. */
export function mechanismLines(
  report: MechanismReport,
  command: string | null,
  style: Style,
  columns: number,
): string[] {
  const width = Math.min(columns, 100);
  const lines = report.results.flatMap((result) => resultLines(result, style, width));
  if (report.failure) {
    const { stage, note, finding } = report.failure;
    lines.push(`${style.failed(style.icons.failed)} ${STAGE_WORDS[stage]}: ${safe(note)}`);
    if (finding) lines.push(indented(safe(`${finding.cause} ${finding.remedy}`), 2, width));
    lines.push('', 'No sign-in was tried.');
    return lines;
  }
  if (report.cancelled) return [...lines, '', `${style.warned(style.icons.warned)} Cancelled.`];
  const { recommended } = report;
  if (!recommended) return [...lines, '', `${style.failed(style.icons.failed)} None of those tried works.`];
  lines.push('', `${style.passed(style.icons.passed)} Use ${recommended.mechanism}.`);
  lines.push(indented(safe(recommended.reason), 2, width));
  if (command !== null) lines.push(`    ${style.accent(command)}`);
  return lines;
}

function resultLines({ mechanism, verdict, ms, note, reply, finding }: MechanismResult, style: Style, width: number) {
  const mark = MARKS[verdict];
  const paint = mark === 'skipped' ? style.dim : style[mark];
  const time = ms > 0 ? `${Math.round(ms)} ms` : '';
  const said = reply && verdict !== 'works' ? `The server said: ${reply.text}` : '';
  const head = `${paint(style.icons[mark])} ${pad(safe(mechanism, 40), 16)} ${paint(pad(MECHANISM_WORDS[verdict], 10))}`;
  return [
    `  ${head} ${time.padStart(8)}  ${safe(note, 300)}`.trimEnd(),
    ...(said === '' ? [] : [indented(safe(said, 600), 6, width)]),
    ...(finding && verdict !== 'works' ? [indented(safe(`${finding.cause} ${finding.remedy}`), 6, width)] : []),
  ];
}
