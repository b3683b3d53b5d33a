import type { AppError, ErrorCode } from '../shared/errors.ts';

/** A mistake in the command line itself, in words that never repeat a value (it could be a secret). */
export interface UsageError {
  code: 'USAGE';
  facts: { what: string; next: string };
}

/** Whatever can end a command: an error of the engine, or wrong usage. */
export type CliError = AppError | UsageError;

/** Codes of {@link CliError}. */
export type CliErrorCode = ErrorCode | 'USAGE';

/** What a step of a command returns. */
export type CliResult<T> = { ok: true; value: T } | { ok: false; error: CliError };

/** Makes a failure that says what is wrong with the command line and what to type instead. */
export function usage(what: string, next: string): { ok: false; error: UsageError } {
  return { ok: false, error: { code: 'USAGE', facts: { what, next } } };
}
