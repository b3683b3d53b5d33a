import { randomUUID } from 'node:crypto';

/** Things that were read and not yet accepted, by an id that a door holds; the oldest goes first when there are many. */
export class Held<T> {
  readonly #items = new Map<string, T>();
  readonly #most: number;

  /** @param most Items kept at once. */
  constructor(most: number) {
    this.#most = most;
  }

  /** Keeps one and returns its id. */
  open(item: T): string {
    const id = randomUUID();
    this.#items.set(id, item);
    const [oldest] = this.#items.keys();
    if (this.#items.size > this.#most && oldest) this.#items.delete(oldest);
    return id;
  }

  /** The item, if it is still held. */
  get(id: string): T | undefined {
    return this.#items.get(id);
  }

  /** Forgets one. */
  close(id: string): void {
    this.#items.delete(id);
  }
}
