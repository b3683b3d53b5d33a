import type { BatchChoice, BatchEvent, BatchItem, BatchReport, BatchRow } from '../../shared/batch.ts';
import { appErrorOf } from '../../shared/errors.ts';
import type { ProfileSummary } from '../../shared/library.ts';
import { failedStage, outcomeOf } from '../../shared/outcome.ts';
import type { TestReport } from '../../shared/report.ts';
import { randomUUID } from './random-uuid.ts';

/** A batch as the engine would run it, two profiles at a time; one whose host is localhost needs a secret. */
export async function fakeBatch(
  profiles: readonly ProfileSummary[],
  choice: BatchChoice,
  test: (profileId: string) => Promise<TestReport>,
  { aborted, emit }: { aborted: () => boolean; emit: (event: BatchEvent) => void },
): Promise<BatchReport> {
  const items: BatchItem[] = profiles
    .filter(({ id, status }) =>
      choice.kind === 'chosen' ? choice.ids.includes(id) : choice.kind === 'all' || status === 'active',
    )
    .map(({ id, name, host, port, security }) => ({ profileId: id, name, destination: { host, port, security } }));
  emit({ type: 'planned', items });
  const rows = new Map<string, BatchRow>();
  const waiting = [...items];
  const worker = async () => {
    for (let item = waiting.shift(); item; item = waiting.shift()) {
      const row = await rowOf(item, test, aborted, emit);
      rows.set(item.profileId, row);
      emit({ type: 'finished', row });
    }
  };
  await Promise.all([worker(), worker()]);
  return {
    id: randomUUID(),
    startedAt: '2026-11-21T09:00:00.000Z',
    ms: 4_210,
    cancelled: aborted(),
    concurrency: 64,
    perHost: 4,
    rows: items.flatMap(({ profileId }) => rows.get(profileId) ?? []),
  };
}

async function rowOf(
  item: BatchItem,
  test: (profileId: string) => Promise<TestReport>,
  aborted: () => boolean,
  emit: (event: BatchEvent) => void,
): Promise<BatchRow> {
  const nothing = { stage: null, rule: '', cause: '', remedy: '', startedAt: '', ms: 0, runId: null, stages: [] };
  if (aborted()) return { ...item, ...nothing, outcome: 'cancelled', error: null };
  if (item.destination.host === 'localhost') {
    const error = appErrorOf('SECRET_NEEDED', { kinds: ['password'], reason: 'not-stored' });
    return { ...item, ...nothing, outcome: 'secret-needed', error };
  }
  emit({ type: 'stage-started', profileId: item.profileId, stage: 'ehlo' });
  const report = await test(item.profileId);
  const { diagnosis, stages, startedAt, ms, id } = report;
  return {
    ...item,
    outcome: outcomeOf(report),
    stage: failedStage(report)?.stage ?? null,
    rule: diagnosis?.rule ?? '',
    cause: diagnosis?.cause ?? '',
    remedy: diagnosis?.remedy ?? '',
    startedAt,
    ms,
    runId: id,
    stages: stages.map(({ stage, status, ms, note }) => ({ stage, status, ms, note })),
    error: null,
  };
}
