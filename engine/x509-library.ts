type X509Library = typeof import('@peculiar/x509');

let loading: Promise<X509Library> | undefined;

/** Loads the certificate library at its first use: it is large, and most runs never start the practice server. */
export function loadX509(): Promise<X509Library> {
  loading ??= load();
  return loading;
}

/** The library's dependency container refuses to load before the metadata polyfill is there, so the order counts. */
async function load(): Promise<X509Library> {
  await import('reflect-metadata');
  return import('@peculiar/x509');
}
