import * as z from 'zod/mini';
import { LIMITS } from '../limits.ts';
import { profileSettings } from '../profile.ts';
import { SECRET_KINDS, secretInput } from '../secrets.ts';

/** Takes or gives nothing. */
export const nothing = z.strictObject({});
/** Id of a profile, a session's import, a file token. */
export const uuid = z.uuid();
/** Ids of the profiles that one request is about. */
export const uuids = z.array(uuid).check(z.minLength(1), z.maxLength(LIMITS.profiles));
/** Counts the saves of a profile; guards against overwriting someone else's. */
export const revision = z.int().check(z.gte(0));

/** What a test or an export is about: a stored profile, unsaved settings, or a file that was read. */
export const subject = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('stored'), profileId: uuid }),
  z.strictObject({
    kind: z.literal('settings'),
    settings: profileSettings,
    /** Stored profile whose secrets may be used, as far as the destination is the same. */
    secretsOf: z.nullable(uuid),
  }),
  z.strictObject({
    kind: z.literal('import'),
    importId: uuid,
    index: z.int().check(z.gte(0)),
    /** Other settings for this time; the file's secrets are used as far as the destination is the same. */
    settings: z.optional(profileSettings),
  }),
]);
/** See {@link subject}. */
export type Subject = z.infer<typeof subject>;

/** Secrets typed for this one run; never stored. */
export const transientSecrets = z.partialRecord(z.enum(SECRET_KINDS), secretInput);
