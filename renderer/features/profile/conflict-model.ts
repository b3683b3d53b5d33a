import { fieldValue } from '../../../shared/fix.ts';
import type { ProfileSettings } from '../../../shared/profile.ts';

/** One field in which two versions of a profile differ. */
export interface Difference {
  field: string;
  yours: unknown;
  theirs: unknown;
  /** True when you changed it since the common version; else only the others did. */
  changedByYou: boolean;
}

/** Every field in which two versions differ, by dotted path; lists count as one field. */
export function differences(base: ProfileSettings, yours: ProfileSettings, theirs: ProfileSettings): Difference[] {
  const paths = new Set([...leaves(yours), ...leaves(theirs)]);
  return [...paths].flatMap((field) => {
    const [mine, other] = [fieldValue(yours, field), fieldValue(theirs, field)];
    if (same(mine, other)) return [];
    return [{ field, yours: mine, theirs: other, changedByYou: !same(fieldValue(base, field), mine) }];
  });
}

function leaves(value: unknown, path = ''): string[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [path];
  return Object.entries(value).flatMap(([key, each]) => leaves(each, path ? `${path}.${key}` : key));
}

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
