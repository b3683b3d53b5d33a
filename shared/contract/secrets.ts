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

/** The store of the secrets. There is no request that reads one. */
export const secretRequests = {
  /** `check` runs the round trip, which may make the system prompt; without it the last known state comes back. */
  'secrets.status': { input: z.strictObject({ check: z.boolean() }), output: keychainReport },
  'secrets.change': { input: z.strictObject({ profileId: uuid, change: secretChange }), output: storedProfile },
} as const;
