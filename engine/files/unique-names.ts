/**
 * Gives out file names of which no two are the same on any system: Windows and macOS fold case, and macOS takes two
 * spellings of one letter for the same.
 */
export class UniqueNames {
  readonly #taken: Set<string>;

  /** @param reserved Names that are not given out. */
  constructor(reserved: readonly string[] = []) {
    this.#taken = new Set(reserved.map(folded));
  }

  /** `stem + ending`, with a number between them when that is taken. */
  give(stem: string, ending: string): string {
    for (let number = 1; ; number += 1) {
      const name = number === 1 ? stem + ending : `${stem}-${number}${ending}`;
      const key = folded(name);
      if (this.#taken.has(key)) continue;
      this.#taken.add(key);
      return name;
    }
  }
}

/** Upper case first: only so do ß and SS become the same. */
function folded(name: string): string {
  return name.normalize('NFKD').toUpperCase().toLowerCase();
}
