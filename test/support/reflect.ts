/**
 * The few parts of the Reflect metadata proposal that @peculiar/x509's dependency injection (tsyringe) asks for at load time.
 * Import this before '@peculiar/x509'.
 */
const metadata = new WeakMap<object, Map<unknown, unknown>>();

function get(key: unknown, target: object): unknown {
  return metadata.get(target)?.get(key);
}

function define(key: unknown, value: unknown, target: object): void {
  const known = metadata.get(target) ?? new Map<unknown, unknown>();
  known.set(key, value);
  metadata.set(target, known);
}

if (!('getMetadata' in Reflect)) {
  Object.assign(Reflect, {
    getMetadata: get,
    getOwnMetadata: get,
    hasMetadata: (key: unknown, target: object) => get(key, target) !== undefined,
    defineMetadata: define,
    metadata: (key: unknown, value: unknown) => (target: object) => define(key, value, target),
  });
}
