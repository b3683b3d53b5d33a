import { type FileSystem, nodeFileSystem, type OpenFile } from '../../../engine/files/file-system.ts';

/** What goes wrong at one step: a system error, or a write that stores less than it was given. */
export type Fault = { code: string } | { write: 'short' | 'none' };

/** The real file system, in which the step with number `at` (counted over all calls, from 0) goes wrong. */
export function faultyFileSystem(at: number, fault: Fault): { fs: FileSystem; steps: string[] } {
  const steps: string[] = [];
  const faultNow = (step: string): Fault | null => {
    steps.push(step);
    return steps.length - 1 === at ? fault : null;
  };
  const run = async <T>(step: string, call: () => Promise<T>): Promise<T> => {
    const now = faultNow(step);
    if (now && 'code' in now) throw Object.assign(new Error(now.code), { code: now.code });
    return call();
  };
  const wrap = (handle: OpenFile): OpenFile => ({
    read: (...args) => run('read', () => handle.read(...args)),
    stat: () => run('fstat', () => handle.stat()),
    sync: () => run('sync', () => handle.sync()),
    chmod: (mode) => run('fchmod', () => handle.chmod(mode)),
    chown: (uid, gid) => run('fchown', () => handle.chown(uid, gid)),
    close: async () => {
      await handle.close();
      await run('close', async () => undefined);
    },
    write: async (bytes, offset, length, position) => {
      const now = faultNow('write');
      if (now && 'code' in now) throw Object.assign(new Error(now.code), { code: now.code });
      if (now?.write === 'none') return { bytesWritten: 0 };
      return handle.write(bytes, offset, now?.write === 'short' ? Math.ceil(length / 2) : length, position);
    },
  });
  const fs: FileSystem = {
    open: async (path, flags, mode) => wrap(await run('open', () => nodeFileSystem.open(path, flags, mode))),
    stat: (path) => run('stat', () => nodeFileSystem.stat(path)),
    lstat: (path) => run('lstat', () => nodeFileSystem.lstat(path)),
    readlink: (path) => run('readlink', () => nodeFileSystem.readlink(path)),
    realpath: (path) => run('realpath', () => nodeFileSystem.realpath(path)),
    rename: (from, to) => run('rename', () => nodeFileSystem.rename(from, to)),
    unlink: (path) => nodeFileSystem.unlink(path),
  };
  return { fs, steps };
}
