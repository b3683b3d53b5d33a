/** How much may go on at the same time. */
export interface Bounds {
  /** Of all items. */
  concurrency: number;
  /** Of items with the same key. */
  perKey: number;
}

/** What to do with an item: `work` on it, or `skip` it once the signal is aborted. Neither may throw. */
export interface Work<T> {
  work(item: T): Promise<void>;
  skip(item: T): void;
}

interface Queue<T> {
  items: T[];
  running: number;
  /** True while it stands among the queues that may begin their next item. */
  isReady: boolean;
}

/**
 * Works on every item, as many at the same time as the bounds allow, going round the keys so that a key with many items
 * does not hold up the others. Ends when all are done or skipped.
 */
export async function schedule<T>(
  items: readonly T[],
  keyOf: (item: T) => string,
  { concurrency, perKey }: Bounds,
  signal: AbortSignal,
  { work, skip }: Work<T>,
): Promise<void> {
  const ready: Queue<T>[] = [];
  const offer = (queue: Queue<T>) => {
    if (queue.isReady || queue.items.length === 0 || queue.running >= perKey) return;
    queue.isReady = true;
    ready.push(queue);
  };
  for (const queue of queuesOf(items, keyOf)) offer(queue);

  // A worker finds nothing ready when every key that is left is full. It may then end: who works on one of its items goes
  // on with the next.
  const worker = async () => {
    for (let queue = ready.shift(); queue; queue = ready.shift()) {
      queue.isReady = false;
      const item = queue.items.shift();
      if (item === undefined) continue;
      if (signal.aborted) skip(item);
      else {
        queue.running += 1;
        offer(queue);
        await work(item);
        queue.running -= 1;
      }
      offer(queue);
    }
  };
  await Promise.all(Array.from({ length: Math.min(concurrency, items.length) }, worker));
}

function queuesOf<T>(items: readonly T[], keyOf: (item: T) => string): Queue<T>[] {
  const queues = new Map<string, Queue<T>>();
  for (const item of items) {
    const key = keyOf(item);
    const queue = queues.get(key) ?? { items: [], running: 0, isReady: false };
    queue.items.push(item);
    queues.set(key, queue);
  }
  return [...queues.values()];
}
