import * as z from 'zod/mini';
import { bundlePreview, savedBundle } from '../bundle.ts';
import { appError } from '../errors.ts';
import { storedProfile } from '../library.ts';
import { LIMITS } from '../limits.ts';
import { MIN_PASSPHRASE } from '../passphrase.ts';
import { progress } from '../progress.ts';
import { SECRET_STORAGES, secretInput } from '../secrets.ts';
import { line } from '../text.ts';
import { nothing, revision, uuid } from './parts.ts';

const index = z.int().check(z.gte(0));
/** What happens to the secrets that the bundle holds for a profile. */
const secrets = z.enum([...SECRET_STORAGES, 'leave-out']);

const choice = z.discriminatedUnion('action', [
  z.strictObject({ action: z.literal('add'), index, name: line(LIMITS.profileName), secrets }),
  /** Gives a stored profile the settings of the bundle's; `revision` is that of the preview. */
  z.strictObject({ action: z.literal('replace'), index, id: uuid, revision, secrets }),
]);

/** Bundles: Relaysmith's own portable file (docs/bundle.md). A passphrase goes in and never comes back. */
export const bundleRequests = {
  /** Writes chosen profiles: without secrets, or with them under a passphrase. */
  'bundles.save': {
    input: z.strictObject({
      profileIds: z.array(uuid).check(z.minLength(1), z.maxLength(LIMITS.bundleProfiles)),
      passphrase: z.nullable(
        secretInput.check(z.minLength(MIN_PASSPHRASE, `Use at least ${MIN_PASSPHRASE} characters.`)),
      ),
      destination: uuid,
      followLink: z.boolean(),
    }),
    output: savedBundle,
    event: progress,
  },
  /** Opens a bundle and sets it beside the library. Stores nothing. */
  'bundles.open': {
    input: z.strictObject({
      source: z.discriminatedUnion('kind', [
        z.strictObject({ kind: z.literal('file'), token: uuid }),
        z.strictObject({ kind: z.literal('text'), text: z.string().check(z.maxLength(LIMITS.bundleBytes)) }),
      ]),
      passphrase: z.nullable(secretInput),
    }),
    output: bundlePreview,
  },
  /** Stores the chosen profiles: those to add all at once, then each one to replace. */
  'bundles.accept': {
    input: z.strictObject({
      bundleId: uuid,
      choices: z.array(choice).check(z.maxLength(LIMITS.bundleProfiles)),
    }),
    output: z.strictObject({
      added: z.array(storedProfile),
      replaced: z.array(storedProfile),
      notReplaced: z.array(z.strictObject({ index: z.int(), name: z.string(), error: appError })),
    }),
  },
  /** Forgets an opened bundle and its secrets. */
  'bundles.close': { input: z.strictObject({ bundleId: uuid }), output: nothing },
} as const;
