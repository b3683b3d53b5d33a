import { differingFields, sameValue } from '../../../shared/differences.ts';
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
  return differingFields(yours, theirs).map((field) => {
    const [mine, other] = [fieldValue(yours, field), fieldValue(theirs, field)];
    return { field, yours: mine, theirs: other, changedByYou: !sameValue(fieldValue(base, field), mine) };
  });
}
