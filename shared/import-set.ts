import * as z from 'zod/mini';
import { appError } from './errors.ts';
import { importPreview } from './target.ts';

/** One file of an imported folder or archive: what was understood of it, or why nothing was. */
export const importSetFile = z.strictObject({
  /** Within the folder or archive, escaped. */
  path: z.string(),
  bytes: z.int(),
  /** Index of its first profile among those of the whole set. */
  first: z.int(),
  /** Null when it was refused. */
  preview: z.nullable(importPreview),
  error: z.nullable(appError),
});
/** See {@link importSetFile}. */
export type ImportSetFile = z.infer<typeof importSetFile>;

/** What was understood of a folder or archive. Nothing is stored until it is accepted, with `imports.accept`. */
export const importSetPreview = z.strictObject({
  importId: z.uuid(),
  name: z.string(),
  files: z.array(importSetFile),
});
/** See {@link importSetPreview}. */
export type ImportSetPreview = z.infer<typeof importSetPreview>;
