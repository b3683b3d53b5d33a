/**
 * Gives out file names of which no two are the same on any system: Windows and macOS fold case, and macOS takes two
 * spellings of one letter for the same.
 */
export class UniqueNames {
  readonly #taken: Set<string>;

  /** @param reserved Names that are not given out. */
  constructor(reserved: readonly string[] = []) {
    this.#taken = new Set(reserved.map(foldedName));
  }

  /** `stem + ending`, with a number between them when that is taken. */
  give(stem: string, ending: string): string {
    for (let number = 1; ; number += 1) {
      const name = number === 1 ? stem + ending : `${stem}-${number}${ending}`;
      const key = foldedName(name);
      if (this.#taken.has(key)) continue;
      this.#taken.add(key);
      return name;
    }
  }
}

/** What two names share that some system takes for the same. Upper case first: only so do ß and SS become one. */
export function foldedName(name: string): string {
  return name.normalize('NFKD').toUpperCase().toLowerCase();
}
