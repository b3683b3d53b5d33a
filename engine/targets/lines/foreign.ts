import { appErrorOf } from '../../../shared/errors.ts';
import { fail, type Result } from '../../../shared/result.ts';
import { SourceDocument } from '../source.ts';

/**
 * Refuses to merge lines into a JSON text: nearly anything can be read as lines, and would come out broken. Null for
 * any other text. Errors: TARGET_REFUSES.
 */
export function foreignText(product: string, existing: string): Result<never> | null {
  if (!new SourceDocument(existing).looksLikeJson()) return null;
  return fail(
    appErrorOf('TARGET_REFUSES', {
      target: product,
      field: 'this file',
      reason: 'it is JSON, not the product’s file.',
    }),
  );
}
