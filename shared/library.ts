import * as z from 'zod/mini';
import { runSummary } from './history.ts';
import { ENVIRONMENTS, profile } from './profile.ts';
import { secretState } from './secrets.ts';

/** One row of the profile list. */
export const profileSummary = z.strictObject({
  id: z.uuid(),
  revision: z.int(),
  name: z.string(),
  organizations: z.array(z.string()),
  status: z.enum(['active', 'inactive']),
  /** Null when nothing is said. */
  environment: z.nullable(z.enum(ENVIRONMENTS)),
  host: z.string(),
  port: z.int(),
  security: z.string(),
  provider: z.string(),
  /** Address that mail is sent from. */
  from: z.string(),
  /** Ids of the products whose own options are set. */
  products: z.array(z.string()),
  /** ISO 8601. */
  updatedAt: z.string(),
  /** How the last kept test ended; null when none is kept. */
  lastResult: z.nullable(runSummary),
});
/** See {@link profileSummary}. */
export type ProfileSummary = z.infer<typeof profileSummary>;

/** A deleted profile that can still be restored. */
export const trashedProfile = z.strictObject({
  id: z.uuid(),
  name: z.string(),
  host: z.string(),
  /** ISO 8601. */
  deletedAt: z.string(),
  /** When it goes for good. */
  purgeAt: z.string(),
});
/** See {@link trashedProfile}. */
export type TrashedProfile = z.infer<typeof trashedProfile>;

/** A profile with its revision (for the next save) and what is known of its secrets. */
export const storedProfile = z.strictObject({
  profile,
  /** Grows by one with every save of this profile. */
  revision: z.int(),
  secrets: z.array(secretState),
});
/** See {@link storedProfile}. */
export type StoredProfile = z.infer<typeof storedProfile>;

/** What came of a save: a stale one gets both versions and loses nothing. */
export const saveOutcome = z.discriminatedUnion('outcome', [
  z.strictObject({ outcome: z.literal('saved'), stored: storedProfile }),
  z.strictObject({ outcome: z.literal('conflict'), theirs: storedProfile }),
]);
/** See {@link saveOutcome}. */
export type SaveOutcome = z.infer<typeof saveOutcome>;

/** A profile that could not be read; its bytes are kept in the file as they are. */
export const quarantinedProfile = z.strictObject({
  /** Its id or, where even that is unreadable, its position. */
  label: z.string(),
  problem: z.string(),
});

/** A dated copy of the library. */
export const libraryBackup = z.strictObject({
  /** File name, used to name it in a request. */
  name: z.string(),
  /** ISO 8601. */
  at: z.string(),
  profiles: z.int(),
});
/** See {@link libraryBackup}. */
export type LibraryBackup = z.infer<typeof libraryBackup>;

/** Whether the library can be written, and if not why. */
export const libraryState = z.strictObject({
  mode: z.enum(['ready', 'recovery', 'newer-version', 'read-only']),
  /** What is wrong, '' when ready. */
  detail: z.string(),
  quarantined: z.array(quarantinedProfile),
  /** Filled in recovery mode: what can be restored. */
  backups: z.array(libraryBackup),
});
/** See {@link libraryState}. */
export type LibraryState = z.infer<typeof libraryState>;
