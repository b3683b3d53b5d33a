import { type AppError, appErrorOf } from '../../shared/errors.ts';

/** The code of a system error (`ENOSPC`); null for anything else, which is a bug. */
export function systemCode(cause: unknown): string | null {
  if (!(cause instanceof Error) || !('code' in cause)) return null;
  return typeof cause.code === 'string' ? cause.code : null;
}

/** Makes an error as the system would throw it; also for conditions that only we detect. */
export function systemError(code: string): Error & { code: string } {
  return Object.assign(new Error(code), { code });
}

/** Our own code: the new file could not be given the old one's owner and group. */
export const OWNER_NOT_KEPT = 'RELAYSMITH_OWNER';

// Never the system's own text: it quotes the full path.
const REASONS: Record<string, string> = {
  EACCES: 'permission denied',
  EPERM: 'not permitted',
  EROFS: 'the disk is read-only',
  ENOENT: 'the folder does not exist',
  ENOTDIR: 'a part of the path is not a folder',
  EIO: 'the disk reported an error',
  EBUSY: 'another program uses it',
  ELOOP: 'too many symbolic links',
  ENAMETOOLONG: 'the name is too long',
  EMFILE: 'too many files are open',
  ENFILE: 'too many files are open',
  EFBIG: 'it is too large for this disk',
  [OWNER_NOT_KEPT]: 'its owner or group could not be kept',
};

/** A system error's code in plain words. */
export function reasonOf(code: string): string {
  return REASONS[code] ?? `the system answered ${code}`;
}

/**
 * Turns what a write threw into an error value. `name` is the file as the user knows it. Rethrows what is no system
 * error.
 */
export function writeError(cause: unknown, name: string): AppError {
  const code = systemCode(cause);
  if (code === null) throw cause;
  if (code === 'ENOSPC' || code === 'EDQUOT') return appErrorOf('STORAGE_FULL', { file: name });
  const denied = code === 'EACCES' || code === 'EPERM' || code === 'EROFS' || code === OWNER_NOT_KEPT;
  return appErrorOf(denied ? 'STORAGE_DENIED' : 'STORAGE_FAILED', { file: name, detail: reasonOf(code) });
}

/** Turns what a read threw into an error value; as {@link writeError}. */
export function readError(cause: unknown, name: string): AppError {
  const code = systemCode(cause);
  if (code === null) throw cause;
  if (code === 'ENOENT' || code === 'ENOTDIR') return appErrorOf('FILE_NOT_FOUND', { file: name });
  return appErrorOf('FILE_UNREADABLE', { file: name, detail: reasonOf(code) });
}
