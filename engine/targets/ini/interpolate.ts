import type { Entry } from '../lines/entry.ts';

/** Rounds of substitution, as in go-ini; a key that names itself ends them. */
const DEPTH = 99;

/** Characters that a substituted value may have: keys that name each other twice grow without end. */
const MAX_VALUE = 65_536;

/**
 * Entries with `%(name)s` replaced as go-ini does when a value is asked for (key.go, transformValue): by a key of the
 * same section, else by one that stands before the first section; a name that is neither stays as it is.
 */
export function interpolate(entries: readonly Entry[]): Entry[] {
  const values = new Map(entries.map(({ section, key, value }) => [`${section}\n${key}`, value]));
  return entries.map((entry) => (entry.value.includes('%(') ? { ...entry, value: substitute(entry, values) } : entry));
}

function substitute({ section, key, value }: Entry, values: ReadonlyMap<string, string>): string {
  let result = value;
  for (let round = 0; round < DEPTH && result.length < MAX_VALUE; round++) {
    const [mark, name] = /%\(([^)]+)\)s/.exec(result) ?? [];
    if (mark === undefined || name === undefined) break;
    const found = (name === key ? undefined : values.get(`${section}\n${name}`)) ?? values.get(`\n${name}`);
    if (found === undefined) break;
    result = result.replaceAll(mark, () => found);
  }
  return result;
}
