import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ENTRY_PATH } from './guard.ts';

/** One file as it is sent. */
export interface StaticFile {
  body: Buffer;
  type: string;
}

const MIME: Record<string, string> = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  svg: 'image/svg+xml',
  png: 'image/png',
  ico: 'image/x-icon',
  woff2: 'font/woff2',
  json: 'application/json; charset=utf-8',
  txt: 'text/plain; charset=utf-8',
};

const ENTRY_SCRIPT = `${ENTRY_PATH}.js`;

/**
 * Reads the built window into a map by URL path. A request is looked up in it and nowhere else: no path of a file is
 * ever made from a URL. Files of unknown type are not served.
 */
export function readStaticFiles(directory: string): ReadonlyMap<string, StaticFile> {
  const files = new Map<string, StaticFile>();
  for (const entry of readdirSync(directory, { recursive: true, withFileTypes: true })) {
    const type = MIME[entry.name.split('.').at(-1) ?? ''];
    if (!entry.isFile() || !type) continue;
    const path = join(entry.parentPath, entry.name);
    files.set(`/${path.slice(directory.length + 1).replaceAll('\\', '/')}`, { body: readFileSync(path), type });
  }
  const index = files.get('/index.html');
  if (index) files.set('/', index);
  files.set(ENTRY_PATH, {
    body: Buffer.from(`<!doctype html><title>Relaysmith</title><script src="${ENTRY_SCRIPT}"></script>`),
    type: MIME.html ?? '',
  });
  // Navigating from here makes the next request a same-origin one; the fragment with the token never leaves the browser.
  files.set(ENTRY_SCRIPT, { body: Buffer.from("location.replace('/' + location.hash);"), type: MIME.js ?? '' });
  return files;
}
