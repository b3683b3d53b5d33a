import * as z from 'zod/mini';
import { storedProfile } from '../library.ts';
import { keychainReport, SECRET_KINDS, secretInput } from '../secrets.ts';
import { uuid } from './parts.ts';

/** What to do with the secrets of a profile that is being saved; a kind that is not listed stays as it is. */
export const secretChange = z.discriminatedUnion('action', [
  z.strictObject({
    action: z.literal('set'),
    kind: z.enum(SECRET_KINDS),
    value: secretInput,
    storage: z.enum(['keychain', 'session']),
  }),
  z.strictObject({ action: z.literal('ask'), kind: z.enum(SECRET_KINDS) }),
  z.strictObject({ action: z.literal('clear'), kind: z.enum(SECRET_KINDS) }),
]);
/** See {@link secretChange}. */
export type SecretChange = z.infer<typeof secretChange>;

/** At most one change for each kind. */
export const secretChanges = z.array(secretChange).check(z.maxLength(SECRET_KINDS.length));

/** What a form does with a secret: a change, or the one that stands in a file which was read and not accepted. */
const secretEdit = z.discriminatedUnion('action', [
  ...secretChange.def.options,
  z.strictObject({
    action: z.literal('take'),
    kind: z.enum(SECRET_KINDS),
    importId: uuid,
    /** Which profile of the import. */
    index: z.int().check(z.gte(0)),
    storage: z.enum(['keychain', 'session']),
  }),
]);
/** See {@link secretEdit}. */
export type SecretEdit = z.infer<typeof secretEdit>;

/** At most one edit for each kind. */
export const secretEdits = z.array(secretEdit).check(z.maxLength(SECRET_KINDS.length));

/** The store of the secrets. There is no request that reads one. */
export const secretRequests = {
  /** `check` runs the round trip, which may make the system prompt; without it the last known state comes back. */
  'secrets.status': { input: z.strictObject({ check: z.boolean() }), output: keychainReport },
  /**
   * Stores the refresh token that a token server put in the place of one that was typed for a run of this profile. Error:
   * NOT_FOUND when there is none, KEYCHAIN_*.
   */
  'secrets.keepReplaced': { input: z.strictObject({ profileId: uuid }), output: storedProfile },
  'secrets.change': { input: z.strictObject({ profileId: uuid, change: secretChange }), output: storedProfile },
} as const;
