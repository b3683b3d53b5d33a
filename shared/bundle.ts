import * as z from 'zod/mini';
import { profileSettings } from './profile.ts';
import { SECRET_KINDS } from './secrets.ts';

/** Ending of a bundle's file name. */
export const BUNDLE_ENDING = '.relaysmith';

/** First words of a bundle's first line; its version follows (docs/bundle.md). */
export const BUNDLE_MAGIC = 'relaysmith-bundle';

/** A secret that a bundle was to hold and does not. */
const lackingSecret = z.strictObject({
  /** Name of the profile. */
  name: z.string(),
  kind: z.enum(SECRET_KINDS),
  /** `ask`: it is asked for each time; `elsewhere`: it was saved for another destination; `gone`: it cannot be had now. */
  why: z.enum(['ask', 'elsewhere', 'gone']),
});
/** See {@link lackingSecret}. */
export type LackingSecret = z.infer<typeof lackingSecret>;

/** What was written. */
export const savedBundle = z.strictObject({
  file: z.string(),
  bytes: z.int(),
  /** Name of the copy of the file that was replaced; '' when there was none. */
  backup: z.string(),
  profiles: z.int(),
  /** How many secrets are inside, encrypted. */
  secrets: z.int(),
  lacking: z.array(lackingSecret),
});
/** See {@link savedBundle}. */
export type SavedBundle = z.infer<typeof savedBundle>;

/** A stored profile that one of a bundle could be meant to replace. */
const bundleConflict = z.strictObject({
  id: z.uuid(),
  revision: z.int(),
  /** `id`: the bundle's profile was saved from this one; `name`: only the name is the same. */
  same: z.enum(['id', 'name']),
  settings: profileSettings,
});
/** See {@link bundleConflict}. */
export type BundleConflict = z.infer<typeof bundleConflict>;

/** One profile of a bundle that was opened. */
const bundleProfile = z.strictObject({
  index: z.int(),
  settings: profileSettings,
  /** When and by whom it was last changed, where the bundle comes from. */
  updated: z.strictObject({ at: z.string(), by: z.string() }),
  /** Which secrets the bundle holds for it. */
  secrets: z.array(z.enum(SECRET_KINDS)),
  /** A name that no stored profile has, to keep both. */
  freeName: z.string(),
  /** The one of the same id first. */
  conflicts: z.array(bundleConflict),
});
/** See {@link bundleProfile}. */
export type BundleProfile = z.infer<typeof bundleProfile>;

/** What an opened bundle holds. Nothing is stored until it is accepted. */
export const bundlePreview = z.strictObject({
  /** Names the opened bundle on the privileged side, to accept it. */
  bundleId: z.uuid(),
  createdAt: z.string(),
  isEncrypted: z.boolean(),
  profiles: z.array(bundleProfile),
  /** Profiles that could not be read, and why. */
  refused: z.array(z.strictObject({ label: z.string(), problem: z.string() })),
});
/** See {@link bundlePreview}. */
export type BundlePreview = z.infer<typeof bundlePreview>;
