import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { build } from 'vite';

/**
 * Bundles a TypeScript file for `process.execPath`, so that a test can run it as a process of its own. Returns the path
 * of a self-contained .mjs in a new temporary directory, which the caller removes. Native packages stay imports.
 */
export async function bundleForNode(entryFile: string): Promise<string> {
  const outDir = await mkdtemp(join(tmpdir(), 'relaysmith-bundle-'));
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
