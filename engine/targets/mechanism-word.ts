import type { PasswordMechanism } from '../../shared/profile.ts';

/**
 * A product's word for a mechanism. For one that the product does not know it is the word for `auto`, and the limits say so
 * (`scram` in limits.ts).
 */
export function mechanismWord<T>(
  words: Readonly<{ auto: T } & Partial<Record<PasswordMechanism, T>>>,
  mechanism: PasswordMechanism,
): T {
  const known: Readonly<Partial<Record<PasswordMechanism, T>>> = words;
  return Object.hasOwn(known, mechanism) ? (known[mechanism] as T) : words.auto;
}
