import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'vite';

const root = join(import.meta.dirname, '../..');

/**
 * Builds modules of the sources as the terminal is built, so that a benchmark measures what is shipped, in a folder
 * inside the package, where packages are found. The folder goes when the process ends.
 * @param {Record<string, string>} entries Paths below the root by a name of the caller's.
 * @returns {Promise<Record<string, string>>} URLs to import, by the same names.
 */
export async function buildSources(entries) {
  const cache = join(root, '.cache');
  mkdirSync(cache, { recursive: true });
  const outDir = mkdtempSync(join(cache, 'bench-'));
  process.once('exit', () => rmSync(outDir, { recursive: true }));
  const input = Object.fromEntries(Object.entries(entries).map(([name, path]) => [name, join(root, path)]));
  await build({
    configFile: join(root, 'vite.cli.config.ts'),
    logLevel: 'error',
    build: { outDir, rolldownOptions: { input, output: { entryFileNames: '[name].mjs' } } },
  });
  return Object.fromEntries(Object.keys(entries).map((name) => [name, pathToFileURL(join(outDir, `${name}.mjs`)).href]));
}
