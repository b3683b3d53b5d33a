import * as z from 'zod/mini';
import { storedProfile } from '../library.ts';
import { LIMITS } from '../limits.ts';
import { SECRET_STORAGES } from '../secrets.ts';
import { importPreview } from '../target.ts';
import { line } from '../text.ts';
import { uuid } from './parts.ts';

const importSource = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('file'), token: uuid }),
  z.strictObject({ kind: z.literal('text'), text: z.string().check(z.maxLength(LIMITS.pasteChars)), name: line() }),
]);

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
} as const;
