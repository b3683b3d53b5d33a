type X509Library = typeof import('@peculiar/x509');

let loading: Promise<X509Library> | undefined;

/** Loads the certificate library at its first use: it is large, and most runs never start the practice server. */
export function loadX509(): Promise<X509Library> {
  loading ??= importWithoutMetadata();
  return loading;
}

/**
 * The library's dependency container refuses to load without a metadata polyfill on the global Reflect object, to learn
 * what its classes want injected. They want nothing, so an empty answer is the true one. It is taken away after
 * loading, so that no other code comes to rely on it.
 */
async function importWithoutMetadata(): Promise<X509Library> {
  const reflect = Reflect as { getMetadata?: unknown; getOwnMetadata?: unknown };
  if (reflect.getMetadata) return import('@peculiar/x509');
  reflect.getMetadata = () => undefined;
  reflect.getOwnMetadata = () => undefined;
  try {
    return await import('@peculiar/x509');
  } finally {
    delete reflect.getMetadata;
    delete reflect.getOwnMetadata;
  }
}
