import { constants } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { appErrorOf } from '../shared/errors.ts';
import type { CliResult } from './failure.ts';

/** Paths that a shell passes for `<(COMMAND)`. */
const SHELL_PIPE = /^\/(dev|proc\/self)\/fd\/\d+$/;

/** True for `-` and for the name that the system gives to stdin, which cannot be opened where stdin is a socket. */
export function isStdin(path: string): boolean {
  return path === '-' || path === '/dev/stdin';
}

/** True for a pipe that the shell made of a command and opened for us. */
export async function isShellPipe(path: string): Promise<boolean> {
  if (!SHELL_PIPE.test(path)) return false;
  return stat(path).then(
    (found) => found.isFIFO(),
    () => false,
  );
}

/** Reads a regular file or a shell's pipe of at most `maxBytes`; never waits on another pipe or a device. */
export async function readBoundedFile(path: string, maxBytes: number): Promise<CliResult<Buffer>> {
  const file = basename(path);
  try {
    const fromPipe = await isShellPipe(path);
    const handle = await open(path, constants.O_RDONLY | (fromPipe ? 0 : (constants.O_NONBLOCK ?? 0)));
    try {
      if (!fromPipe && !(await handle.stat()).isFile())
        return { ok: false, error: appErrorOf('FILE_NOT_REGULAR', { file }) };
      const buffer = Buffer.alloc(maxBytes + 1);
      let filled = 0;
      for (;;) {
        const { bytesRead } = await handle.read(buffer, filled, buffer.length - filled, null);
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
