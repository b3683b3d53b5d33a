/** Most entries of one cache. */
const MAX_ENTRIES = 16;

/** Keeps a value that is costly to make; the oldest entry goes when there are more than 16. */
export function remember<T>(cache: Map<string, T>, key: string, value: T): T {
  cache.set(key, value);
  const [oldest] = cache.keys();
  if (cache.size > MAX_ENTRIES && oldest !== undefined) cache.delete(oldest);
  return value;
}
