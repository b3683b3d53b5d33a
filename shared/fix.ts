import * as z from 'zod/mini';
import type { ProfileSettings } from './profile.ts';

const fixValue = z.union([z.string(), z.number(), z.boolean(), z.array(z.string())]);

/** A change to a profile that a door offers as one click or prints as a command. */
export const fix = z.strictObject({
  /** A verb phrase for the button, such as "Switch to TLS". */
  label: z.string(),
  /** Fields by dotted path, with their new values. */
  set: z.array(z.strictObject({ field: z.string(), value: fixValue })),
});
/** See {@link fix}. */
export type Fix = z.infer<typeof fix>;

/** A value that a fix can set. */
export type FixValue = z.infer<typeof fixValue>;

/** Returns new settings with the fix applied; the given ones stay. Throws on a path that settings do not have. */
export function applyFix(settings: ProfileSettings, { set }: Fix): ProfileSettings {
  const next = structuredCopy(settings);
  for (const { field, value } of set) setField(next as unknown as Record<string, unknown>, field, value);
  return next;
}

/** Reads a value by its dotted path; undefined when there is none. */
export function fieldValue(settings: ProfileSettings, field: string): unknown {
  let at: unknown = settings;
  for (const key of field.split('.')) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, key)) return undefined;
    at = (at as Record<string, unknown>)[key];
  }
  return at;
}

function setField(root: Record<string, unknown>, field: string, value: FixValue): void {
  const keys = field.split('.');
  const last = keys.pop() ?? '';
  let at: Record<string, unknown> = root;
  for (const key of keys) {
    const next = Object.hasOwn(at, key) ? at[key] : undefined;
    if (typeof next !== 'object' || next === null) throw new Error(`Settings have no field ${field}`);
    at = next as Record<string, unknown>;
  }
  if (!Object.hasOwn(at, last)) throw new Error(`Settings have no field ${field}`);
  at[last] = value;
}

function structuredCopy(settings: ProfileSettings): ProfileSettings {
  return JSON.parse(JSON.stringify(settings)) as ProfileSettings;
}
