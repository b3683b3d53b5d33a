import { type BatchOutcome, type BatchReport, type BatchRow, countOutcomes } from '../../shared/batch.ts';
import { hostPort } from '../../shared/host.ts';
import { STAGE_WORDS } from '../../shared/report.ts';
import { describeForTerminal } from './failure.ts';
import { indented, table } from './layout.ts';
import { OUTCOME_WORDS } from './outcome.ts';
import { safe } from './safe.ts';
import type { Style } from './style.ts';

const WORDS: Record<BatchOutcome, string> = {
  ...OUTCOME_WORDS,
  'secret-needed': 'secret needed',
  'not-tested': 'not tested',
};

/** What needs a look first. */
const ORDER: readonly BatchOutcome[] = ['failed', 'not-tested', 'secret-needed', 'warned', 'cancelled', 'passed'];

/** The result table, what needs a look first. */
export function batchTable({ rows }: BatchReport, style: Style, columns: number): string[] {
  const sorted = [...rows].sort((a, b) => ORDER.indexOf(a.outcome) - ORDER.indexOf(b.outcome));
  const [head = '', ...lines] = table(
    [['', 'Name', 'Server', 'Result', 'Stage', 'Rule', 'Took'], ...sorted.map((row) => cells(row, style))],
    columns,
  );
  return lines.length === 0 ? [] : [style.dim(head), ...lines.map((line, at) => painted(line, sorted[at], style))];
}

/** Why each profile failed or was not tested, and what to do. */
export function batchReasons({ rows }: BatchReport, style: Style, columns: number): string[] {
  const width = Math.min(columns, 100);
  return rows.flatMap((row) => {
    const reason = reasonOf(row);
    if (reason === null) return [];
    const [what, next] = reason;
    return ['', style.bold(safe(row.name)), indented(safe(what), 2, width), indented(safe(next), 2, width)];
  });
}

/** How many ended each way, and how long it took. */
export function batchSummary(report: BatchReport, style: Style): string {
  const icon = report.rows.every(isFine) ? style.passed(style.icons.passed) : style.failed(style.icons.failed);
  const took = `${(report.ms / 1000).toFixed(2)} s`;
  const what = report.rows.length === 0 ? 'No profile to test' : countWords(report.rows);
  return `${icon} ${what}. ${report.cancelled ? 'Cancelled after' : 'Took'} ${took}.`;
}

/** The line that stands while a batch runs. */
export function progressLine(done: readonly BatchRow[], total: number, current: string, columns: number): string {
  const counts = done.length === 0 ? '' : `: ${countWords(done)}`;
  const line = `${done.length} of ${total}${counts}. ${current}`;
  return safe(line, Math.max(20, columns - 1));
}

/** True when nobody needs to look. */
export function isFine({ outcome }: BatchRow): boolean {
  return outcome === 'passed' || outcome === 'warned';
}

function countWords(rows: readonly BatchRow[]): string {
  const counts = countOutcomes(rows);
  return ORDER.filter((outcome) => counts[outcome] > 0)
    .map((outcome) => `${counts[outcome]} ${WORDS[outcome]}`)
    .join(', ');
}

function reasonOf({ outcome, error, cause, remedy }: BatchRow): [what: string, next: string] | null {
  if (error) {
    const { what, next } = describeForTerminal(error);
    return [what, next];
  }
  if (outcome !== 'failed') return null;
  return cause === '' ? ['Nothing failed, but not all could be tested.', ''] : [cause, remedy];
}

function cells({ name, destination, outcome, stage, rule, ms, startedAt }: BatchRow, { icons }: Style): string[] {
  const { host, port, security } = destination;
  const icon = { ...icons, 'secret-needed': icons.warned, 'not-tested': icons.failed, cancelled: icons.skipped }[
    outcome
  ];
  const took = startedAt === '' ? '' : `${(ms / 1000).toFixed(2)} s`;
  const server = `${hostPort(host, port)} ${security}`;
  return [icon, name, server, WORDS[outcome], stage ? STAGE_WORDS[stage] : '', rule, took].map((cell) => safe(cell));
}

/** The colour goes on a whole line: codes inside cells would count as columns. */
function painted(line: string, row: BatchRow | undefined, style: Style): string {
  if (!row || row.outcome === 'cancelled') return style.dim(line);
  if (row.outcome === 'passed') return line;
  return row.outcome === 'failed' || row.outcome === 'not-tested' ? style.failed(line) : style.warned(line);
}
