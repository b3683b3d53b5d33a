import { BATCH_OUTCOMES, type BatchOutcome } from '../../../shared/batch.ts';
import type { AppError } from '../../../shared/errors.ts';
import { hostPort } from '../../../shared/host.ts';
import { STAGE_WORDS } from '../../../shared/report.ts';
import type { Batch } from '../../state/batch.ts';
import { batch as text } from '../../text.ts';
import type { MarkState } from '../../ui/state-mark.tsx';

/** One row as the table shows it. */
export interface TableRow {
  profileId: string;
  name: string;
  server: string;
  mark: MarkState;
  /** The state in a word. */
  word: string;
  outcome: BatchOutcome | 'waiting' | 'running';
  stage: string;
  cause: string;
  /** Milliseconds; null while there is no result. */
  ms: number | null;
}

/** What the table can be sorted by. */
export type SortKey = 'outcome' | 'name' | 'server' | 'stage' | 'cause' | 'ms';

/** Column and direction; null is the order of the plan. */
export type Sort = { key: SortKey; isDown: boolean } | null;

/** Which rows are shown. */
export type Filter = 'all' | 'look' | 'fine';

const MARKS: Record<BatchOutcome, MarkState> = {
  passed: 'passed',
  warned: 'warned',
  failed: 'failed',
  cancelled: 'cancelled',
  'secret-needed': 'warned',
  'not-tested': 'failed',
};

/** What needs a look comes first. */
const ORDER: readonly TableRow['outcome'][] = [
  'failed',
  'not-tested',
  'secret-needed',
  'warned',
  'cancelled',
  'running',
  'waiting',
  'passed',
];

/** Outcomes that nobody needs to look at. */
const FINE = new Set<TableRow['outcome']>(['passed', 'warned']);
const PENDING = new Set<TableRow['outcome']>(['waiting', 'running']);

const byText = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

/** The rows of a batch in the order of its plan. `errorWords` says an error in words. */
export function tableRows({ items, rows, stages }: Batch, errorWords: (error: AppError) => string): TableRow[] {
  return items.map(({ profileId, name, destination }) => {
    const about = {
      profileId,
      name,
      server: `${hostPort(destination.host, destination.port)} ${destination.security}`,
    };
    const row = rows.get(profileId);
    if (row) {
      const { outcome, stage, error, ms, startedAt } = row;
      const reason = row.cause || (outcome === 'failed' ? text.notAllTested : '');
      return {
        ...about,
        mark: MARKS[outcome],
        word: text.outcomes[outcome],
        outcome,
        stage: stage ? STAGE_WORDS[stage] : '',
        cause: error ? errorWords(error) : reason,
        ms: startedAt === '' ? null : ms,
      };
    }
    const stage = stages.get(profileId);
    return stage
      ? {
          ...about,
          mark: 'running',
          word: text.running,
          outcome: 'running',
          stage: STAGE_WORDS[stage],
          cause: '',
          ms: null,
        }
      : { ...about, mark: 'untested', word: text.waiting, outcome: 'waiting', stage: '', cause: '', ms: null };
  });
}

/** The rows that a filter lets through. What has no result yet is shown with all only. */
export function filtered(rows: readonly TableRow[], filter: Filter): readonly TableRow[] {
  if (filter === 'all') return rows;
  return rows.filter(({ outcome }) => !PENDING.has(outcome) && FINE.has(outcome) === (filter === 'fine'));
}

/** Sorted rows; what is equal stays in the order of the plan. */
export function sorted(rows: readonly TableRow[], sort: Sort): readonly TableRow[] {
  if (!sort) return rows;
  const { key, isDown } = sort;
  const compare = (a: TableRow, b: TableRow): number => {
    if (key === 'outcome') return ORDER.indexOf(a.outcome) - ORDER.indexOf(b.outcome);
    if (key === 'ms') return (a.ms ?? -1) - (b.ms ?? -1);
    // What has nothing to say comes last.
    if (a[key] === '' || b[key] === '') return Number(a[key] === '') - Number(b[key] === '');
    return byText.compare(a[key], b[key]);
  };
  return [...rows].sort((a, b) => (isDown ? compare(b, a) : compare(a, b)));
}

/** The next sort when a column's head is pressed: up, down, then the order of the plan again. */
export function nextSort(sort: Sort, key: SortKey): Sort {
  if (sort?.key !== key) return { key, isDown: false };
  return sort.isDown ? null : { key, isDown: true };
}

/** Counts in words, such as "30 passed, 5 failed"; '' when nothing is done. */
export function countWords(rows: readonly TableRow[]): string {
  return BATCH_OUTCOMES.flatMap((outcome) => {
    const amount = rows.filter((row) => row.outcome === outcome).length;
    return amount === 0 ? [] : [`${amount} ${text.counts[outcome]}`];
  }).join(', ');
}

/** Profiles whose check is worth another try: those that need a look. */
export function worthAgain(rows: readonly TableRow[]): string[] {
  return filtered(rows, 'look').map(({ profileId }) => profileId);
}
