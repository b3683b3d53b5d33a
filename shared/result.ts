import type { AppError } from './errors.ts';

/** What a domain operation returns: a value, or one member of the closed error union. Bugs throw instead. */
export type Result<T> = { ok: true; value: T } | { ok: false; error: AppError };

/** Wraps a value as success. */
export function ok<T>(value: T): Result<T> {
  return { ok: true, value };
}

/** Wraps an error as failure. */
export function fail(error: AppError): { ok: false; error: AppError } {
  return { ok: false, error };
}

/** For the `default` of a switch over a closed union: does not compile while a member is missing. */
export function assertNever(value: never): never {
  throw new Error(`Unreachable: ${JSON.stringify(value)}`);
}
