import type * as z from 'zod/mini';

/** A key that this version does not know, and where it stood. */
export interface UnknownKey {
  /** Keys from the root to the object that holds it. */
  parent: string[];
  key: string;
  value: unknown;
}

/** What came of reading with unknown keys set aside. */
export type ReadWithUnknown<T> = { known: T; unknown: UnknownKey[] } | { problem: string };

/**
 * Parses `raw` with a strict schema, but sets keys aside that it does not know instead of refusing the whole: somebody
 * wrote them, so a save must not lose them. Inside a list they are refused, since after an edit nobody could tell which
 * element they belong to.
 */
export function readWithUnknown<T>(schema: z.ZodMiniType<T>, raw: unknown): ReadWithUnknown<T> {
  const strict = schema.safeParse(raw);
  if (strict.success) return { known: strict.data, unknown: [] };
  const unknown: UnknownKey[] = [];
  for (const issue of strict.error.issues) {
    if (issue.code !== 'unrecognized_keys' || issue.path.some((step) => typeof step !== 'string')) continue;
    const parent = issue.path as string[];
    for (const key of issue.keys) unknown.push({ parent, key, value: ownValue(follow(raw, parent), key) });
  }
  const trimmed = schema.safeParse(without(raw, unknown));
  if (trimmed.success) return { known: trimmed.data, unknown };
  const [first] = trimmed.error.issues;
  return { problem: first ? `${first.path.join('.')}: ${first.message}` : 'Invalid' };
}

/** Puts keys back that {@link readWithUnknown} set aside, as far as the object that held them is still there. */
export function withUnknown<T extends object>(known: T, unknown: UnknownKey[]): T {
  if (unknown.length === 0) return known;
  const copy = structuredClone(known);
  for (const { parent, key, value } of unknown) {
    const holder = follow(copy, parent);
    // defineProperty: an assignment to __proto__ would change the prototype instead.
    if (isRecord(holder) && !Object.hasOwn(holder, key)) {
      Object.defineProperty(holder, key, { value, enumerable: true, configurable: true, writable: true });
    }
  }
  return copy;
}

function without(raw: unknown, unknown: UnknownKey[]): unknown {
  const copy = structuredClone(raw);
  for (const { parent, key } of unknown) {
    const holder = follow(copy, parent);
    if (isRecord(holder)) delete holder[key];
  }
  return copy;
}

function follow(root: unknown, path: string[]): unknown {
  return path.reduce(ownValue, root);
}

function ownValue(holder: unknown, key: string): unknown {
  return isRecord(holder) ? Object.getOwnPropertyDescriptor(holder, key)?.value : undefined;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
