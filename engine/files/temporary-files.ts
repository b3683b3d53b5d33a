import { randomBytes } from 'node:crypto';
import { readdir, stat, unlink } from 'node:fs/promises';
import { join } from 'node:path';

// Short and without the file's own name: a name of 255 bytes is legal and leaves no room for an ending.
const PATTERN = /^\.relaysmith-\d+-[0-9a-f]{12}\.tmp$/;

/** A name that no other write uses, in any process. */
export function temporaryName(): string {
  return `.relaysmith-${process.pid}-${randomBytes(6).toString('hex')}.tmp`;
}

/**
 * Removes temporary files that a killed write left in a directory and that are older than `olderThanMs`. Returns how
 * many; a directory that is not there has none. Never touches other files.
 */
export async function sweepTemporaryFiles(directory: string, olderThanMs: number, now: Date): Promise<number> {
  const names = await readdir(directory).catch(() => [] as string[]);
  let removed = 0;
  for (const name of names.filter((each) => PATTERN.test(each))) {
    const path = join(directory, name);
    try {
      const { mtimeMs } = await stat(path);
      if (now.getTime() - mtimeMs <= olderThanMs) continue;
      await unlink(path);
      removed += 1;
    } catch {
      // Another process swept it first, or it may not be removed: it is only litter.
    }
  }
  return removed;
}
