import * as z from 'zod/mini';

/** How far long work over many things has come. */
export const progress = z.strictObject({
  done: z.int(),
  /** 0 while it is not known yet. */
  total: z.int(),
  /** What is at work now, such as a file's name; '' at the end. */
  name: z.string(),
});
/** See {@link progress}. */
export type Progress = z.infer<typeof progress>;
