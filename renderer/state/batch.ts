import { create } from 'zustand';
import {
  BATCH_LIMITS,
  type BatchChoice,
  type BatchEvent,
  type BatchItem,
  type BatchReport,
  type BatchRow,
} from '../../shared/batch.ts';
import type { Client } from '../../shared/client.ts';
import type { AppError } from '../../shared/errors.ts';
import type { Stage } from '../../shared/report.ts';

/** A batch of this session: running or finished. */
export interface Batch {
  /** Tells this batch from an earlier one, whose late events must not count. */
  id: number;
  choice: BatchChoice;
  /** Milliseconds since 1970. */
  startedAt: number;
  isRunning: boolean;
  items: readonly BatchItem[];
  /** Where each profile is that is at work now. */
  stages: ReadonlyMap<string, Stage>;
  rows: ReadonlyMap<string, BatchRow>;
  report: BatchReport | null;
  error: AppError | null;
  cancel: () => void;
}

interface BatchState {
  batch: Batch | null;
  concurrency: number;
  perHost: number;
}

/** The last batch of this session, and how the next one goes. */
export const useBatch = create<BatchState>(() => ({
  batch: null,
  concurrency: BATCH_LIMITS.concurrency.default,
  perHost: BATCH_LIMITS.perHost.default,
}));

/** Milliseconds between two looks at a running batch: hundreds of profiles send thousands of events. */
const LOOK_MS = 100;

let lastId = 0;

/** Tests the chosen profiles and keeps the progress. A batch that runs is cancelled first. Ends when the batch ends. */
export async function startBatch(client: Client, choice: BatchChoice): Promise<void> {
  useBatch.getState().batch?.cancel();
  lastId += 1;
  const id = lastId;
  const controller = new AbortController();
  const { concurrency, perHost } = useBatch.getState();
  const progress = new Progress();
  useBatch.setState({
    batch: {
      id,
      choice,
      startedAt: Date.now(),
      isRunning: true,
      ...progress.look(),
      report: null,
      error: null,
      cancel: () => controller.abort(),
    },
  });
  let timer: ReturnType<typeof setTimeout> | null = null;
  const show = () => {
    timer = null;
    change(id, progress.look());
  };
  const onEvent = (event: BatchEvent) => {
    progress.take(event);
    timer ??= setTimeout(show, event.type === 'planned' ? 0 : LOOK_MS);
  };
  const request = { profiles: choice, until: null, concurrency, perHost };
  const result = await client('batches.run', request, { signal: controller.signal, onEvent });
  if (timer !== null) clearTimeout(timer);
  if (!result.ok) return change(id, { isRunning: false, error: result.error });
  const { rows } = result.value;
  change(id, {
    isRunning: false,
    items: rows,
    stages: new Map(),
    rows: new Map(rows.map((row) => [row.profileId, row])),
    report: result.value,
  });
}

/** What the events of a batch add up to; copied only when someone looks. */
class Progress {
  #items: readonly BatchItem[] = [];
  readonly #stages = new Map<string, Stage>();
  readonly #rows = new Map<string, BatchRow>();

  take(event: BatchEvent): void {
    if (event.type === 'planned') this.#items = event.items;
    else if (event.type === 'stage-started') this.#stages.set(event.profileId, event.stage);
    else {
      this.#stages.delete(event.row.profileId);
      this.#rows.set(event.row.profileId, event.row);
    }
  }

  look(): Pick<Batch, 'items' | 'stages' | 'rows'> {
    return { items: this.#items, stages: new Map(this.#stages), rows: new Map(this.#rows) };
  }
}

function change(id: number, part: Partial<Batch>): void {
  useBatch.setState(({ batch }) => (batch?.id === id ? { batch: { ...batch, ...part } } : {}));
}
