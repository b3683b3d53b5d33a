import { readFileSync } from 'node:fs';
import { readText } from '../../../engine/targets/import.ts';
import { targetById } from '../../../engine/targets/index.ts';
import {
  type ExportContext,
  type ParsedImport,
  type ParsedProfile,
  type Target,
  withDefaults,
} from '../../../engine/targets/target.ts';
import type { AppError } from '../../../shared/errors.ts';
import type { Result } from '../../../shared/result.ts';
import type { SecretPolicy, TargetLimit } from '../../../shared/target.ts';

/** A target that must be there. */
export function target(id: string): Target {
  return must(targetById(id));
}

/** The value of a result that must be one. */
export function must<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`${result.error.code} ${JSON.stringify(result.error.facts)}`);
  return result.value;
}

/** The error of a result that must be one. */
export function errorOf(result: Result<unknown>): AppError {
  if (result.ok) throw new Error('This was to fail');
  return result.error;
}

/** A context with the target's defaults. */
export function contextFor(
  { info }: Target,
  options: Record<string, string> = {},
  policy: SecretPolicy = 'leave-out',
  password?: string,
): ExportContext {
  return {
    options: withDefaults(info, options),
    secrets: { policy, values: policy === 'include' && password !== undefined ? { password } : {} },
  };
}

/** What an import understood of a text. */
export function imported(text: string, forced: string | null = null): ParsedImport {
  return must(readText(text, 'test', forced)).parsed;
}

/** The only profile of an import. */
export function onlyProfile({ profiles }: ParsedImport): ParsedProfile {
  const [profile] = profiles;
  if (!profile || profiles.length > 1) throw new Error(`${profiles.length} profiles`);
  return profile;
}

/** Limits as `severity field`, for short tables. */
export function fieldsOf(limits: TargetLimit[]): string[] {
  return limits.map(({ severity, field }) => `${severity} ${field}`);
}

/** A golden file of test/fixtures/targets. */
export function fixture(name: string): string {
  return readFileSync(new URL(`../../fixtures/targets/${name}`, import.meta.url), 'utf8');
}
