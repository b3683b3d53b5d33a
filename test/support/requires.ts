import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/**
 * Tells whether a program that a test needs is on the path. Where it is not, the reason is printed and the caller skips
 * (`describe.skipIf(!requireTool('swaks'))`); in CI it throws instead, so that no test goes missing there unnoticed.
 */
export function requireTool(name: string): boolean {
  if (isOnPath(name)) return true;
  if (process.env.CI) throw new Error(`The program ${name} is needed for this test and is not installed`);
  console.warn(`Skipped: the program ${name} is not installed`);
  return false;
}

function isOnPath(name: string): boolean {
  return (process.env.PATH ?? '').split(delimiter).some((directory) => {
    try {
      accessSync(join(directory, name), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}
