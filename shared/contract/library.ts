import * as z from 'zod/mini';
import { libraryState, profileSummary, saveOutcome, storedProfile, trashedProfile } from '../library.ts';
import { profileSettings } from '../profile.ts';
import { line } from '../text.ts';
import { nothing, revision, uuid, uuids } from './parts.ts';
import { secretEdits } from './secrets.ts';

/** The library of profiles, its backups and its trash. */
export const libraryRequests = {
  'library.state': { input: nothing, output: libraryState },
  /** Puts a backup in place of a damaged library; the damaged bytes are kept beside it. */
  'library.restore': { input: z.strictObject({ backup: line(200) }), output: libraryState },

  'profiles.list': { input: nothing, output: z.array(profileSummary) },
  'profiles.get': { input: z.strictObject({ id: uuid }), output: storedProfile },
  'profiles.create': {
    input: z.strictObject({ settings: profileSettings, secrets: secretEdits }),
    output: storedProfile,
  },
  'profiles.save': {
    input: z.strictObject({ id: uuid, revision, settings: profileSettings, secrets: secretEdits }),
    output: saveOutcome,
  },
  /** Copies settings and, where they can be read, secrets. */
  'profiles.duplicate': { input: z.strictObject({ id: uuid }), output: storedProfile },
  'profiles.setStatus': {
    input: z.strictObject({ id: uuid, revision, status: z.enum(['active', 'inactive']) }),
    output: saveOutcome,
  },
  /** Many at once, in one write; answers with those that changed. */
  'profiles.setStatusMany': {
    input: z.strictObject({ ids: uuids, status: z.enum(['active', 'inactive']) }),
    output: z.array(profileSummary),
  },
  /** Moves to the trash, where it stays 30 days with its secrets. */
  'profiles.delete': { input: z.strictObject({ id: uuid }), output: trashedProfile },
  'profiles.deleteMany': { input: z.strictObject({ ids: uuids }), output: z.array(trashedProfile) },
  'profiles.trash': { input: nothing, output: z.array(trashedProfile) },
  'profiles.restore': { input: z.strictObject({ id: uuid }), output: storedProfile },
  'profiles.restoreMany': { input: z.strictObject({ ids: uuids }), output: z.array(profileSummary) },
  /** Removes from the trash for good, secrets too. */
  'profiles.purge': { input: z.strictObject({ id: uuid }), output: nothing },
} as const;
