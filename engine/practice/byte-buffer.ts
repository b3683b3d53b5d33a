const FIRST_CAPACITY = 16_384;

/** Bytes that grow by doubling: a message that comes in one byte at a time costs no more than one that comes at once. */
export class ByteBuffer {
  #bytes = Buffer.alloc(0);
  #length = 0;

  /** Bytes held. */
  get length(): number {
    return this.#length;
  }

  /** Adds a copy of `more`. */
  append(more: Buffer): void {
    const needed = this.#length + more.length;
    if (needed > this.#bytes.length) {
      const grown = Buffer.allocUnsafeSlow(Math.max(FIRST_CAPACITY, this.#bytes.length * 2, needed));
      this.#bytes.copy(grown, 0, 0, this.#length);
      this.#bytes = grown;
    }
    more.copy(this.#bytes, this.#length);
    this.#length = needed;
  }

  /** A copy of exactly what is held, so that no spare room is kept. */
  copy(): Buffer {
    return Buffer.from(this.#bytes.subarray(0, this.#length));
  }

  /** Forgets everything and frees the memory. */
  clear(): void {
    this.#bytes = Buffer.alloc(0);
    this.#length = 0;
  }
}
