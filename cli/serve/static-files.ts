import { readSite, type SiteFile, typeOf } from '../../engine/site.ts';
import { ENTRY_PATH } from './guard.ts';

const ENTRY_SCRIPT = `${ENTRY_PATH}.js`;

/** The built window by URL path, with the page that leads a browser from a local file to it. */
export function readStaticFiles(directory: string): ReadonlyMap<string, SiteFile> {
  const files = readSite(directory);
  const entry = `<!doctype html><title>Relaysmith</title><script src="${ENTRY_SCRIPT}"></script>`;
  files.set(ENTRY_PATH, { bytes: Buffer.from(entry), type: typeOf('.html') });
  // Navigating from here makes the next request a same-origin one; the fragment with the token never leaves the browser.
  files.set(ENTRY_SCRIPT, { bytes: Buffer.from("location.replace('/' + location.hash);"), type: typeOf('.js') });
  return files;
}
