import { mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Makes a directory and what is missing above it, for its owner only (0700); an existing one stays as it is. Throws the
 * system's error. Node's own recursive mkdir never ends where a file system answers ENOENT although the parent exists,
 * as /proc does.
 */
export function makeDirectory(directory: string): void {
  const missing: string[] = [];
  for (let at = directory; !isDirectory(at); at = dirname(at)) {
    missing.unshift(at);
    if (dirname(at) === at) break;
  }
  for (const path of missing) makeOne(path);
}

/** As {@link makeDirectory}; false where it cannot be made, for callers whose next step tells why. */
export function tryMakeDirectory(directory: string): boolean {
  try {
    makeDirectory(directory);
    return true;
  } catch {
    return false;
  }
}

function makeOne(path: string): void {
  try {
    mkdirSync(path, { mode: 0o700 });
  } catch (cause) {
    // Another program may have made it in between.
    if (!isDirectory(path)) throw cause;
  }
}

function isDirectory(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}
