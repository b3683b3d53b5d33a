import { fieldValue } from './fix.ts';
import type { ProfileSettings } from './profile.ts';

/** The fields in which two versions of a profile differ, by dotted path; a list counts as one field. */
export function differingFields(one: ProfileSettings, other: ProfileSettings): string[] {
  const fields = new Set([...leaves(one), ...leaves(other)]);
  return [...fields].filter((field) => !sameValue(fieldValue(one, field), fieldValue(other, field)));
}

/** True when two values of fields are the same. */
export function sameValue(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

function leaves(value: unknown, path = ''): string[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [path];
  return Object.entries(value).flatMap(([key, each]) => leaves(each, path ? `${path}.${key}` : key));
}
