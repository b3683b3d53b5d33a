import { LIMITS } from '../../shared/limits.ts';

/**
 * The name of a duplicate: "Copy of X", then "Copy of X (2)" and so on. A copy of a copy counts on instead of growing.
 * Cut to what a name may have.
 */
export function copyName(name: string, taken: ReadonlySet<string>): string {
  const original = /^Copy of (.+?)(?: \(\d+\))?$/su.exec(name)?.[1] ?? name;
  for (let number = 1; ; number += 1) {
    const ending = number === 1 ? '' : ` (${number})`;
    const copy = `${cut(`Copy of ${original}`, LIMITS.profileName - ending.length)}${ending}`;
    if (!taken.has(copy)) return copy;
  }
}

/** The name itself, or "X (2)", "X (3)" and so on when it is taken. Cut to what a name may have. */
export function freeName(name: string, taken: ReadonlySet<string>): string {
  for (let number = 1; ; number += 1) {
    const ending = number === 1 ? '' : ` (${number})`;
    const free = `${cut(name, LIMITS.profileName - ending.length)}${ending}`;
    if (!taken.has(free)) return free;
  }
}

/** Cuts to a number of UTF-16 units without leaving half a character. */
function cut(text: string, length: number): string {
  const short = text.slice(0, length);
  return short.isWellFormed() ? short.trimEnd() : short.slice(0, -1).trimEnd();
}
