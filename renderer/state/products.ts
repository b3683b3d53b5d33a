import { create } from 'zustand';
import type { ProfileSettings } from '../../shared/profile.ts';

interface ProductState {
  /** Targets that each profile was exported to or imported from in this session, the last one first. */
  used: Record<string, readonly string[]>;
  /** Whose names and limits the form shows, by profile; '' for nobody's. */
  shown: Record<string, string>;
}

/** Which products a profile is for, as far as this session knows. */
export const useProducts = create<ProductState>(() => ({ used: {}, shown: {} }));

/** Notes that a profile went to a product or came from it. `key` is its id. */
export function noteProduct(key: string, target: string): void {
  useProducts.setState(({ used }) => {
    const others = (used[key] ?? []).filter((each) => each !== target);
    return { used: { ...used, [key]: [target, ...others].slice(0, 5) } };
  });
}

/** Hands on what is known of a new profile, when it has got its id. */
export function moveProducts(from: string, to: string): void {
  useProducts.setState(({ used, shown }) => {
    const [targets, target] = [used[from], shown[from]];
    return {
      used: targets ? { ...used, [to]: targets } : used,
      shown: target === undefined ? shown : { ...shown, [to]: target },
    };
  });
}

/** Shows a product's names and limits in the form of a profile; '' shows none. */
export function showProduct(key: string, target: string): void {
  useProducts.setState(({ shown }) => ({ shown: { ...shown, [key]: target } }));
}

/** Targets that a profile is for: those it was used with, then those that it has options of. */
export function preferredProducts(
  used: readonly string[] = [],
  { products }: Pick<ProfileSettings, 'products'>,
): string[] {
  const withOptions = Object.entries(products).flatMap(([id, options]) =>
    options && Object.keys(options).length > 0 ? [id] : [],
  );
  return [...new Set([...used, ...withOptions])];
}
