import type { ImportDraft } from '../draft.ts';
import type { FoundText } from '../lines/section.ts';

/**
 * Stands for a dollar sign before a brace: a placeholder of a name that nobody has, whose fallback is the sign. Spring
 * Framework has a real escape only since 6.2, and this works in every version.
 */
const DOLLAR = '$' + '{literal.dollar:$}';

/** Why a text cannot stand in a value that Spring reads; null when it can. */
export function springUnwritable(value: string): string | null {
  // A backslash before a placeholder is an escape from 6.2 on, and a plain character before.
  return /\\\$\{/.test(value) ? 'a backslash before $' + '{ means different things to different versions.' : null;
}

/** A value in which Spring finds no placeholder of the text's own. */
export function escapePlaceholders(value: string): string {
  return value.replaceAll('$' + '{', `${DOLLAR}{`);
}

/** Undoes {@link escapePlaceholders}, and the escape of newer versions. */
export function unescapePlaceholders(value: string): string {
  return value.replaceAll(DOLLAR, '$').replaceAll('\\$' + '{', '$' + '{');
}

/** A value with the fallbacks of its placeholders filled in, which is reported; undefined when one has none. */
export function resolvePlaceholders(found: FoundText | undefined, draft: ImportDraft): FoundText | undefined {
  if (!found) return undefined;
  const rest = found.value.replaceAll(DOLLAR, '').replaceAll('\\$' + '{', '');
  if (!rest.includes('$' + '{')) return { ...found, value: unescapePlaceholders(found.value) };
  const filled = found.value.replace(/\$\{[^{}:]+:([^{}]*)\}/g, '$1');
  if (filled.includes('$' + '{')) {
    draft.ignore(found.origin, 'This points to a variable of the server. Enter the value by hand.');
    return undefined;
  }
  draft.warn(
    `Line ${found.origin.line}: ${found.origin.key} points to a variable of the server. Its fallback was taken.`,
  );
  return { ...found, value: filled };
}
