/** Time without a request after which the host ends by itself. */
export const IDLE_MS = 30 * 60_000;

const CHECK_MS = 30_000;

/** Calls `onIdle` once when nothing was asked for `idleMs` and nothing runs. */
export class IdleWatch {
  readonly #now: () => number;
  readonly #idleMs: number;
  readonly #isBusy: () => boolean;
  readonly #onIdle: () => void;
  readonly #timer: NodeJS.Timeout;
  #last: number;

  constructor(options: { now: () => number; idleMs: number; isBusy: () => boolean; onIdle: () => void }) {
    this.#now = options.now;
    this.#idleMs = options.idleMs;
    this.#isBusy = options.isBusy;
    this.#onIdle = options.onIdle;
    this.#last = this.#now();
    this.#timer = setInterval(() => this.check(), CHECK_MS);
    this.#timer.unref();
  }

  /** A request came in. */
  touch(): void {
    this.#last = this.#now();
  }

  /** Looks at the clock; runs by itself twice a minute. */
  check(): void {
    if (this.#isBusy()) this.touch();
    if (this.#now() - this.#last < this.#idleMs) return;
    this.stop();
    this.#onIdle();
  }

  /** Ends watching. */
  stop(): void {
    clearInterval(this.#timer);
  }
}
