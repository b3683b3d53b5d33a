import * as z from 'zod/mini';
import { importSetPreview } from '../import-set.ts';
import { LIMITS } from '../limits.ts';
import { progress } from '../progress.ts';
import { line } from '../text.ts';
import { uuid } from './parts.ts';

const BASE64 = Math.ceil(LIMITS.droppedBytes / 3) * 4;

/** Reading a folder or an archive of products' files. */
export const importSetRequests = {
  /** Recognises and reads each file; `imports.accept` stores what is chosen, by its index in the whole set. */
  'importSet.read': {
    input: z.strictObject({
      source: z.discriminatedUnion('kind', [
        /** A folder, an archive (zip, tar, tar.gz) or a plain file that was chosen. */
        z.strictObject({ kind: z.literal('path'), token: uuid }),
        /** Files or archives that were dropped on the window. */
        z.strictObject({
          kind: z.literal('dropped'),
          files: z
            .array(
              z.strictObject({
                name: line(),
                base64: z.string().check(z.maxLength(BASE64), z.regex(/^[A-Za-z0-9+/]*=*$/)),
              }),
            )
            .check(z.minLength(1), z.maxLength(200)),
        }),
      ]),
    }),
    output: importSetPreview,
    event: progress,
  },
} as const;
