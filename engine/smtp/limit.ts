/** How waiting ended. */
export type Waited<T> = { kind: 'done'; value: T } | { kind: 'timeout' } | { kind: 'cancelled' };

/**
 * Waits for work, but never past a hard deadline and never after a cancel. The work itself goes on unless it watches the
 * signal; whoever starts it must be able to end it. Rejections of the work pass through.
 */
export function within<T>(ms: number, signal: AbortSignal, work: Promise<T>): Promise<Waited<T>> {
  return new Promise((resolve, reject) => {
    const settle = (finish: () => void) => {
      clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
      finish();
    };
    const onAbort = () => settle(() => resolve({ kind: 'cancelled' }));
    const timer = setTimeout(() => settle(() => resolve({ kind: 'timeout' })), Math.max(0, ms));
    signal.addEventListener('abort', onAbort, { once: true });
    if (signal.aborted) onAbort();
    work.then(
      (value) => settle(() => resolve({ kind: 'done', value })),
      (error: unknown) => settle(() => reject(error)),
    );
  });
}

/** A moment that time runs towards; made once for a stage, so that a dripping server cannot move it. */
export class Deadline {
  readonly #at: number;

  /** @param ms Milliseconds from now. */
  constructor(ms: number) {
    this.#at = performance.now() + ms;
  }

  /** Milliseconds that are left, at least 0. */
  get left(): number {
    return Math.max(0, this.#at - performance.now());
  }
}
