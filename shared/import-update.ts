import * as z from 'zod/mini';
import { storedProfile } from './library.ts';
import { profileSettings } from './profile.ts';
import { SECRET_KINDS } from './secrets.ts';
import { importOrigin } from './target.ts';

/** One field of a stored profile that a file says otherwise. */
export const importChange = z.strictObject({
  /** Dotted path, in `stored.profile` as it is and in `settings` as it would be. */
  field: z.string(),
  /** Where it stands in the file; null for what the product does when the file says nothing. */
  origin: z.nullable(importOrigin),
});
/** See {@link importChange}. */
export type ImportChange = z.infer<typeof importChange>;

/** What becomes of one secret when all changes are taken. */
export const secretFate = z.strictObject({
  kind: z.enum(SECRET_KINDS),
  /** True when the file holds it. */
  inFile: z.boolean(),
  /** `none`: nothing is stored; `kept`: it stays in use; `asked`: its server changes, so it is not sent there. */
  stored: z.enum(['none', 'kept', 'asked']),
});
/** See {@link secretFate}. */
export type SecretFate = z.infer<typeof secretFate>;

/** A stored profile beside what a file says. Nothing is changed yet. */
export const importComparison = z.strictObject({
  stored: storedProfile,
  /** The profile's settings with all changes taken. */
  settings: profileSettings,
  /** [] when the profile says all this already. */
  changes: z.array(importChange),
  secrets: z.array(secretFate),
});
/** See {@link importComparison}. */
export type ImportComparison = z.infer<typeof importComparison>;
