import { randomUUID } from 'node:crypto';
import type { BatchEvent, BatchItem, BatchReport, BatchRow } from '../../shared/batch.ts';
import type { TestEvent, TestReport } from '../../shared/report.ts';
import type { Result } from '../../shared/result.ts';
import { rowOf, rowWithoutRun } from './row.ts';
import { schedule } from './schedule.ts';

/** How a batch goes. */
export interface BatchOptions {
  /** Tests at the same time. */
  concurrency: number;
  /** Tests of the same host at the same time. */
  perHost: number;
  /** Whether reports go into the history. */
  keep: boolean;
}

/** What a batch needs from its caller. */
export interface BatchEnvironment {
  now(): Date;
  signal: AbortSignal;
  /** Tests one stored profile. */
  test(profileId: string, onEvent: (event: TestEvent) => void): Promise<Result<TestReport>>;
  emit(event: BatchEvent): void;
}

/**
 * Tests many profiles at the same time within the bounds. A profile whose secret is not at hand, or that cannot be
 * tested for another reason, gets a row that says so; the others go on. Cancelling ends what runs and skips the rest.
 */
export async function runBatch(
  items: readonly BatchItem[],
  { concurrency, perHost, keep }: BatchOptions,
  { now, signal, test, emit }: BatchEnvironment,
): Promise<BatchReport> {
  const startedAt = now().toISOString();
  const began = performance.now();
  const rows = new Map<string, BatchRow>();
  const finish = (row: BatchRow) => {
    rows.set(row.profileId, row);
    emit({ type: 'finished', row });
  };
  emit({ type: 'planned', items: [...items] });
  const bounds = { concurrency, perKey: perHost };
  const hostOf = ({ destination }: BatchItem) => destination.host.toLowerCase();
  await schedule(items, hostOf, bounds, signal, {
    skip: (item) => finish(rowWithoutRun(item, null)),
    work: async (item) => {
      const { profileId } = item;
      const tested = await test(profileId, (event) => {
        if (event.type === 'stage-started') emit({ type: 'stage-started', profileId, stage: event.stage });
      });
      finish(tested.ok ? rowOf(item, tested.value, keep) : rowWithoutRun(item, tested.error));
    },
  });
  return {
    id: randomUUID(),
    startedAt,
    ms: Math.round(performance.now() - began),
    cancelled: signal.aborted,
    concurrency,
    perHost,
    rows: items.flatMap(({ profileId }) => rows.get(profileId) ?? []),
  };
}
