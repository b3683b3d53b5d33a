import { mkdir, mkdtemp } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { build } from 'vite';

/** Inside the package, so that what stays an import is found in its node_modules. */
const CACHE = resolve(import.meta.dirname, '../../.cache');

/**
 * Bundles a TypeScript file for `process.execPath`, so that a test can run it as a process of its own. Returns the path
 * of an .mjs in a new temporary directory, which the caller removes. Native packages stay imports.
 */
export async function bundleForNode(entryFile: string): Promise<string> {
  await mkdir(CACHE, { recursive: true });
  const outDir = await mkdtemp(join(CACHE, 'bundle-'));
  const name = basename(entryFile).replace(/\.[^.]+$/, '');
  await build({
    configFile: false,
    logLevel: 'error',
    ssr: { noExternal: true, external: ['@napi-rs/keyring'] },
    build: {
      ssr: entryFile,
      outDir,
      target: 'node20',
      minify: false,
      rolldownOptions: { output: { format: 'es', entryFileNames: `${name}.mjs`, codeSplitting: false } },
    },
  });
  return join(outDir, `${name}.mjs`);
}
