import type { ImportOrigin } from '../../../shared/target.ts';
import type { Entry } from './entry.ts';

/** An assignment as far as an import needs it. */
export type Assignment = Pick<Entry, 'key' | 'value' | 'line'>;

/** A value of a file and where it stands. */
export interface FoundText {
  value: string;
  origin: ImportOrigin;
}

/**
 * The assignments of one section as an import reads them: by key, the last one winning, with note of what nobody
 * asked for.
 */
export class LineSection {
  private readonly entries: readonly Assignment[];
  private readonly same: (found: string, wanted: string) => boolean;
  private readonly path: string;
  private readonly asked = new Set<Assignment>();

  /** @param path What stands before the key in a report, such as `mailer.`; '' for nothing. */
  constructor(
    entries: readonly Assignment[],
    path = '',
    same: (found: string, wanted: string) => boolean = (found, wanted) => found === wanted,
  ) {
    this.entries = entries;
    this.path = path;
    this.same = same;
  }

  /** Looks a key up; undefined when it is not there. */
  get(key: string): FoundText | undefined {
    const found = this.entries.filter((entry) => this.same(entry.key, key));
    for (const entry of found) this.asked.add(entry);
    const last = found.at(-1);
    return last && { value: last.value, origin: this.origin(last) };
  }

  /** As {@link get}, undefined also for an empty value. */
  filled(key: string): FoundText | undefined {
    const found = this.get(key);
    return found?.value === '' ? undefined : found;
  }

  /** True when one of the keys is there with a value. */
  has(...keys: string[]): boolean {
    return keys.some((key) => this.entries.some((entry) => entry.value !== '' && this.same(entry.key, key)));
  }

  /** Every assignment, each with its place; counts as asked for. */
  all(): { key: string; found: FoundText }[] {
    return this.entries.map((entry) => {
      this.asked.add(entry);
      return { key: entry.key, found: { value: entry.value, origin: this.origin(entry) } };
    });
  }

  /** Places of the keys with a value that nobody asked for. */
  rest(): ImportOrigin[] {
    return this.entries
      .filter((entry) => entry.value !== '' && !this.asked.has(entry))
      .map((entry) => this.origin(entry));
  }

  /** Places of keys that were set before. */
  duplicates(): ImportOrigin[] {
    return this.entries
      .filter((entry, index) => this.entries.slice(0, index).some(({ key }) => this.same(key, entry.key)))
      .map((entry) => this.origin(entry));
  }

  private origin({ key, line }: Assignment): ImportOrigin {
    return { key: `${this.path}${key}`, line };
  }
}
