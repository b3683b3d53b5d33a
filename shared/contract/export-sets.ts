import * as z from 'zod/mini';
import { exportManifest, exportSetPreview } from '../export-set.ts';
import { LIMITS } from '../limits.ts';
import { progress } from '../progress.ts';
import { SECRET_POLICIES } from '../target.ts';
import { line } from '../text.ts';
import { uuid } from './parts.ts';

const exportSet = {
  profileIds: z.array(uuid).check(z.minLength(1), z.maxLength(LIMITS.exportSetProfiles)),
  /** Products, each with the values of its options; an absent one has its default. */
  targets: z
    .array(z.strictObject({ target: line(60), options: z.record(line(60), line(1_000)) }))
    .check(z.minLength(1), z.maxLength(100)),
  policy: z.enum(SECRET_POLICIES),
  /** One file for all profiles, for products that read several from one; not with references to the environment. */
  combine: z.boolean(),
};

/** Writing profiles for several products at once, into a folder. */
export const exportSetRequests = {
  /** The files, what the products cannot take, and what gives no file. Asks the keychain nothing. */
  'exportSet.preview': { input: z.strictObject(exportSet), output: exportSetPreview },
  /**
   * Writes the files and the manifest. Without `replace` nothing is written when one of the names is taken. Cancelling ends
   * it between two files.
   */
  'exportSet.write': {
    input: z.strictObject({ ...exportSet, folder: uuid, replace: z.boolean() }),
    output: z.strictObject({ folder: z.string(), cancelled: z.boolean(), manifest: exportManifest }),
    event: progress,
  },
} as const;
