import * as z from 'zod/mini';

/** One reply of the server, control characters escaped, secrets replaced. */
export const reply = z.strictObject({
  /** Three digits, or 0 when the server sent none. */
  code: z.int(),
  /** RFC 3463 code such as `5.7.8`, or ''. */
  enhanced: z.string(),
  /** All lines joined with a space, at most 4 KB. */
  text: z.string(),
});
/** See {@link reply}. */
export type Reply = z.infer<typeof reply>;
