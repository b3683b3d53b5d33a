import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/**
 * Tells whether a program that a test needs is on the path. Where it is not, the reason is printed and the caller skips
 * (`describe.skipIf(!requireTool('swaks'))`); in CI it throws instead, so that no test goes missing there unnoticed.
 */
export function requireTool(name: string): boolean {
  if (onPath(name) !== null) return true;
  if (process.env.CI) throw new Error(`The program ${name} is needed for this test and is not installed`);
  console.warn(`Skipped: the program ${name} is not installed`);
  return false;
}

/** Where a program is on the path; null when it is not. */
export function onPath(name: string): string | null {
  for (const directory of (process.env.PATH ?? '').split(delimiter)) {
    const path = join(directory, name);
    try {
      accessSync(path, constants.X_OK);
      return path;
    } catch {
      // Not here.
    }
  }
  return null;
}
