import * as z from 'zod/mini';
import { importComparison } from '../import-update.ts';
import { saveOutcome, storedProfile } from '../library.ts';
import { LIMITS } from '../limits.ts';
import { SECRET_STORAGES } from '../secrets.ts';
import { importPreview } from '../target.ts';
import { line } from '../text.ts';
import { revision, uuid } from './parts.ts';

const importSource = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('file'), token: uuid }),
  z.strictObject({ kind: z.literal('text'), text: z.string().check(z.maxLength(LIMITS.pasteChars)), name: line() }),
]);

/** One profile of an import beside one of the library. */
const pair = { importId: uuid, index: z.int().check(z.gte(0)), profileId: uuid };

/** Reading the files of products. */
export const importRequests = {
  'imports.read': {
    input: z.strictObject({ source: importSource, target: z.nullable(line(60)) }),
    output: importPreview,
  },
  /** Stores the chosen profiles of an import. */
  'imports.accept': {
    input: z.strictObject({
      importId: uuid,
      choices: z
        .array(
          z.strictObject({
            index: z.int().check(z.gte(0)),
            name: line(LIMITS.profileName),
            secrets: z.enum([...SECRET_STORAGES, 'leave-out']),
          }),
        )
        .check(z.maxLength(1_000)),
    }),
    output: z.array(storedProfile),
  },
  /** What a file would change in a stored profile. */
  'imports.compare': { input: z.strictObject(pair), output: importComparison },
  /** Takes changes over into a stored profile, which must be at the revision that was compared. */
  'imports.update': {
    input: z.strictObject({
      ...pair,
      revision,
      /** The fields to take over, of those that the comparison offers; null for all. */
      fields: z.nullable(z.array(line(200)).check(z.maxLength(500))),
      /** What to do with the secrets of the file; those that are stored stay as they are with `leave-out`. */
      secrets: z.enum([...SECRET_STORAGES, 'leave-out']),
    }),
    output: saveOutcome,
  },
} as const;
