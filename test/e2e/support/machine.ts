import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const CHROMIUM = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** Path of this machine's Chromium, or null. */
export function chromiumBinary(): string | null {
  return CHROMIUM.find((path) => existsSync(path)) ?? null;
}

/** Path of Electron's binary, or null; looking for it never starts its download. */
export function electronBinary(): string | null {
  const directory = dirname(createRequire(import.meta.url).resolve('electron/package.json'));
  const pathFile = join(directory, 'path.txt');
  if (!existsSync(pathFile)) return null;
  const binary = join(directory, 'dist', readFileSync(pathFile, 'utf8'));
  return existsSync(binary) ? binary : null;
}

/** Arguments for a browser that keeps to itself; root in a container needs the sandbox off. */
export const CHROMIUM_ARGUMENTS = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
];
