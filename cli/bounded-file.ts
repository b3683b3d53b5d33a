import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { basename } from 'node:path';
import { appErrorOf } from '../shared/errors.ts';
import type { CliResult } from './failure.ts';

/** Reads a regular file of at most `maxBytes`; never waits on a pipe or a device. */
export async function readBoundedFile(path: string, maxBytes: number): Promise<CliResult<Buffer>> {
  const file = basename(path);
  try {
    const handle = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    try {
      if (!(await handle.stat()).isFile()) return { ok: false, error: appErrorOf('FILE_NOT_REGULAR', { file }) };
      const buffer = Buffer.alloc(maxBytes + 1);
      let filled = 0;
      for (;;) {
        const { bytesRead } = await handle.read(buffer, filled, buffer.length - filled, filled);
        filled += bytesRead;
        if (filled > maxBytes)
          return { ok: false, error: appErrorOf('INPUT_TOO_LARGE', { what: file, max: maxBytes }) };
        if (bytesRead === 0) return { ok: true, value: buffer.subarray(0, filled) };
      }
    } finally {
      await handle.close();
    }
  } catch (error) {
    const detail = (error as NodeJS.ErrnoException).code ?? 'unknown';
    if (detail === 'ENOENT') return { ok: false, error: appErrorOf('FILE_NOT_FOUND', { file }) };
    return { ok: false, error: appErrorOf('FILE_UNREADABLE', { file, detail }) };
  }
}
