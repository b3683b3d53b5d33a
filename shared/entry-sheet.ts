import * as z from 'zod/mini';
import type { TargetInfo } from './target.ts';

/** The value of a target's option `form` that asks for an entry sheet. */
export const SHEET_FORM = 'sheet';

/** One field of a product's form, in the words of the form. */
export const sheetField = z.strictObject({
  label: z.string(),
  /** What to enter. Several lines only where the form takes them; '' leaves the field empty, or is a secret's place. */
  enter: z.string(),
  /** True when a secret belongs here: only the privileged side can copy it. */
  isSecret: z.boolean(),
  /** True when the form does not take an empty field. */
  isRequired: z.boolean(),
  /** What the form does not say by itself; '' when there is nothing to add. */
  help: z.string(),
});
/** See {@link sheetField}. */
export type SheetField = z.infer<typeof sheetField>;

/** What to enter into the form of a product that takes no file, field by field in its order. */
export const entrySheet = z.strictObject({
  /** The way to the form, such as `Keepnet > Company Settings > SMTP Settings > New`. */
  place: z.string(),
  fields: z.array(sheetField),
});
/** See {@link entrySheet}. */
export type EntrySheet = z.infer<typeof entrySheet>;

/** True when a target has a form to fill in, and so an entry sheet. */
export function hasEntrySheet({ options }: Pick<TargetInfo, 'options'>): boolean {
  return options.some(({ key, values }) => key === 'form' && values.some(({ value }) => value === SHEET_FORM));
}
