import { existsSync, readFileSync } from 'node:fs';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Io } from './io.ts';

type Place = Pick<Io, 'env' | 'platform' | 'homeDirectory' | 'workingDirectory'>;

/** The data directory: `--home`, else RELAYSMITH_HOME, else where this system keeps such data. Absolute. */
export function dataDirectoryOf(home: string | undefined, io: Place): string {
  const chosen = home || io.env.RELAYSMITH_HOME;
  if (chosen) return resolve(io.workingDirectory, chosen);
  if (io.platform === 'darwin') return join(io.homeDirectory, 'Library', 'Application Support', 'Relaysmith');
  if (io.platform === 'win32') {
    return join(io.env.APPDATA || join(io.homeDirectory, 'AppData', 'Roaming'), 'Relaysmith');
  }
  // A relative XDG_DATA_HOME is invalid and to be ignored (XDG Base Directory Specification).
  const xdg = io.env.XDG_DATA_HOME;
  return join(xdg && isAbsolute(xdg) ? xdg : join(io.homeDirectory, '.local', 'share'), 'relaysmith');
}

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
