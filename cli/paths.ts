import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of the package, found from this file upwards: the same from source and from the build. */
export function packageDirectory(): string {
  let at = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(at, 'package.json'))) {
    const parent = dirname(at);
    if (parent === at) throw new Error('package.json not found');
    at = parent;
  }
  return at;
}

/** The version in package.json. */
export function packageVersion(): string {
  const { version } = JSON.parse(readFileSync(join(packageDirectory(), 'package.json'), 'utf8')) as { version: string };
  return version;
}

/** Where the build puts the window's files. */
export function rendererDirectory(): string {
  return join(packageDirectory(), 'out', 'renderer');
}
