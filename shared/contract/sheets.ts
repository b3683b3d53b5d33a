import * as z from 'zod/mini';
import { entrySheet } from '../entry-sheet.ts';
import { LIMITS } from '../limits.ts';
import { line } from '../text.ts';
import { subject } from './parts.ts';

const sheetOf = { subject, target: line(60) };

/** Entry sheets: the forms of products that take no file, to fill in by hand. */
export const sheetRequests = {
  'sheets.read': { input: z.strictObject(sheetOf), output: entrySheet },
  /** Puts what belongs into one field on the clipboard. A secret goes there without coming by here. */
  'sheets.copy': {
    input: z.strictObject({
      ...sheetOf,
      /** Index into the sheet's fields. */
      field: z.int().check(z.gte(0), z.lte(LIMITS.listItems)),
    }),
    output: z.strictObject({
      label: z.string(),
      /** Seconds until a secret is taken off the clipboard, if it still holds it; null for what is no secret. */
      clearsAfterSeconds: z.nullable(z.int()),
    }),
  },
} as const;
