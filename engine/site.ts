import { readdirSync, readFileSync, statSync } from 'node:fs';
import { extname, join, posix } from 'node:path';

/** One file of the built window. */
export interface SiteFile {
  type: string;
  bytes: Buffer;
}

/** Fixed types; a file of any other kind is not part of the window and is not served. */
const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
} as const;

/** The type under which a file with this ending is served. */
export function typeOf(ending: '.html' | '.js'): string {
  return TYPES[ending];
}

/**
 * Reads the built window into a map from URL path (`/`, `/assets/x.js`) to content. Both hosts answer from this map
 * alone, so no request can name a file outside it.
 */
export function readSite(directory: string): Map<string, SiteFile> {
  const files = new Map<string, SiteFile>();
  for (const path of listFiles(directory)) {
    const type = TYPES[extname(path) as keyof typeof TYPES] as string | undefined;
    if (type) files.set(`/${path}`, { type, bytes: readFileSync(join(directory, path)) });
  }
  const index = files.get('/index.html');
  if (index) files.set('/', index);
  return files;
}

function listFiles(directory: string, prefix = ''): string[] {
  return readdirSync(join(directory, prefix)).flatMap((name) => {
    const path = posix.join(prefix, name);
    return statSync(join(directory, path)).isDirectory() ? listFiles(directory, path) : [path];
  });
}
