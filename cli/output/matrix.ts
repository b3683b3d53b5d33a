import {
  type CellVerdict,
  MATRIX_SECURITIES,
  type MatrixCell,
  type MatrixReport,
  SECURITY_WORDS,
  VERDICT_WORDS,
} from '../../shared/matrix.ts';
import { indented, pad } from './layout.ts';
import { safe } from './safe.ts';
import type { Style } from './style.ts';

const MARKS: Record<CellVerdict, 'passed' | 'warned' | 'failed' | 'skipped'> = {
  works: 'passed',
  untrusted: 'warned',
  plain: 'warned',
  failed: 'failed',
  'not-tried': 'skipped',
};

const COLUMN = 19;

/** The line that stands while combinations are tried. */
export function matrixProgress(done: number, style: Style): string {
  return `\r\u001b[2K  ${style.accent(style.icons.running)} Tried ${done} ${done === 1 ? 'combination' : 'combinations'}`;
}

/** A row for each port, what the cells do not say by themselves, and the combination to use with its command. */
export function matrixLines(report: MatrixReport, command: string | null, style: Style, columns: number): string[] {
  const width = Math.min(columns, 100);
  const lines = [
    ...gridLines(report.cells, style),
    '',
    ...report.cells.flatMap((cell) => cellLines(cell, style, width)),
  ];
  for (const conclusion of report.conclusions)
    lines.push('', indented(`${style.icons.bullet} ${safe(conclusion)}`, 2, width));
  lines.push('', ...recommendationLines(report, command, style, width));
  return lines;
}

/** The grid: ports down, ways to secure them across. */
export function gridLines(cells: readonly MatrixCell[], style: Style): string[] {
  const ports = [...new Set(cells.map(({ port }) => port))];
  const head = MATRIX_SECURITIES.map((security) => pad(SECURITY_WORDS[security], COLUMN))
    .join('')
    .trimEnd();
  return [
    style.dim(`  ${pad('Port', 7)}${head}`),
    ...ports.map((port) => {
      const words = MATRIX_SECURITIES.map((security) => {
        const cell = cells.find((each) => each.port === port && each.security === security);
        return cell ? verdictWord(cell.verdict, style) : pad('', COLUMN);
      });
      return `  ${pad(String(port), 7)}${words.join('').trimEnd()}`;
    }),
  ];
}

function verdictWord(verdict: CellVerdict, style: Style): string {
  const mark = MARKS[verdict];
  const text = pad(`${style.icons[mark]} ${VERDICT_WORDS[verdict]}`, COLUMN);
  return mark === 'skipped' ? style.dim(text) : style[mark](text);
}

function cellLines(
  { port, security, note, finding, ms, verdict }: MatrixCell,
  style: Style,
  columns: number,
): string[] {
  if (verdict === 'not-tried') return [];
  const name = `${port} ${SECURITY_WORDS[security]}`;
  const cause = finding ? ` ${finding.cause}` : '';
  const time = ms > 0 ? style.dim(` (${ms} ms)`) : '';
  const [first = '', ...rest] = indented(safe(`${note.replace(/\.?$/, '.')}${cause}`, 600), 22, columns).split('\n');
  return [`  ${pad(name, 20)}${first.trimStart()}`, ...rest].map((line, at, all) =>
    at === all.length - 1 ? `${line}${time}` : line,
  );
}

function recommendationLines(
  { recommended, cancelled }: MatrixReport,
  command: string | null,
  style: Style,
  columns: number,
): string[] {
  if (cancelled) return [`${style.warned(style.icons.warned)} Cancelled.`];
  if (!recommended) return [`${style.failed(style.icons.failed)} None of them works.`];
  const { port, security, reason, caution } = recommended;
  const mark = caution === '' ? style.passed(style.icons.passed) : style.warned(style.icons.warned);
  const lines = [`${mark} Use port ${port}, ${SECURITY_WORDS[security]}.`, indented(safe(reason), 2, columns)];
  if (caution !== '') lines.push(indented(`${style.icons.warned} ${safe(caution)}`, 2, columns));
  if (command !== null) lines.push(`    ${style.accent(command)}`);
  return lines;
}
