import { appErrorOf } from '../../../shared/errors.ts';
import { fail, ok, type Result } from '../../../shared/result.ts';
import { mergeEnv, quoteEnv } from '../env/env.ts';

/**
 * An env file, empty for a new one, with variables set; undefined removes one. Errors: TARGET_REFUSES for a value that
 * has no form which every reader of env files takes alike.
 * @param otherForm The form of the product to use instead.
 */
export function writeVariables(
  product: string,
  existing: string,
  variables: Record<string, string | undefined>,
  otherForm: string,
): Result<string> {
  const quoted: Record<string, string | undefined> = {};
  for (const [name, value] of Object.entries(variables)) {
    const text = value === undefined ? undefined : quoteEnv(value);
    if (text === null) {
      const reason = `its text has no form that every reader of env files takes alike. Use the form ${otherForm}.`;
      return fail(appErrorOf('TARGET_REFUSES', { target: product, field: name, reason }));
    }
    quoted[name] = text;
  }
  return ok(mergeEnv(existing, quoted));
}
