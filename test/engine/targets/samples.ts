import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, it } from 'vitest';

/*
 * Real files of real deployments, which are no part of this repository. RELAYSMITH_SAMPLES names their folder, which has
 * a sub-folder for each product.
 */
const FOLDER = resolve(import.meta.dirname, '../../..', process.env.RELAYSMITH_SAMPLES ?? '../shared/samples');

/** A `describe` over the real files: skipped by name where they are not, and failing in CI. */
export function describeSamples(name: string, body: () => void): void {
  describe(name, () => {
    if (existsSync(FOLDER)) {
      body();
      return;
    }
    it('are looked for in the folder that RELAYSMITH_SAMPLES names', (context) => {
      if (process.env.CI) throw new Error('The samples are missing');
      console.log('Real files were not tested: set RELAYSMITH_SAMPLES to their folder.');
      context.skip();
    });
  });
}

/** Paths of all real files, or of those of one folder, below the folder of samples. */
export function sampleFiles(folder?: string): string[] {
  const folders =
    folder === undefined
      ? readdirSync(FOLDER, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? [entry.name] : []))
      : [folder];
  return folders.flatMap((name) => readdirSync(resolve(FOLDER, name)).map((file) => `${name}/${file}`)).sort();
}

/** The bytes of a real file, by its path below the folder. */
export function sample(path: string): Buffer {
  return readFileSync(resolve(FOLDER, path));
}
