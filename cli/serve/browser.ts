import { spawn } from 'node:child_process';
import { accessSync, constants, rmSync } from 'node:fs';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Io } from '../io.ts';
import { EXCHANGE_MS } from './tokens.ts';

const APP_MODE_BROWSERS = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'microsoft-edge',
  'brave-browser',
];

type Place = Pick<Io, 'env' | 'platform'>;

/**
 * Opens a link in a browser, in a window of its own where a Chromium is found. The link's token must not stand in the
 * browser's arguments, since every user of the machine can read them: the browser gets the path of a file (0600 in a
 * folder 0700) that leads to the link, and the file goes when the link is too old to work. False when nothing starts.
 */
export async function openBrowser(entryUrl: string, place: Place): Promise<boolean> {
  const { DISPLAY, WAYLAND_DISPLAY } = place.env;
  if (place.platform === 'linux' && !DISPLAY && !WAYLAND_DISPLAY) return false;
  const directory = await mkdtemp(join(tmpdir(), 'relaysmith-open-'));
  const file = join(directory, 'open.html');
  await writeFile(file, redirectPage(entryUrl), { mode: 0o600 });
  const remove = () => rmSync(directory, { recursive: true, force: true });
  const timer = setTimeout(remove, EXCHANGE_MS);
  timer.unref();
  const started = await start(browserCommand(pathToFileURL(file).href, place));
  if (started) {
    // The process may end before the timer runs.
    process.once('exit', remove);
    return true;
  }
  clearTimeout(timer);
  remove();
  return false;
}

/** The command that opens a URL on this system. */
export function browserCommand(url: string, { env, platform }: Place): string[] {
  const chromium = APP_MODE_BROWSERS.map((name) => findOnPath(name, env.PATH ?? '')).find((path) => path !== null);
  if (platform === 'linux' && chromium) return [chromium, `--app=${url}`];
  if (platform === 'darwin') return ['open', url];
  if (platform === 'win32') return ['rundll32', 'url.dll,FileProtocolHandler', url];
  return ['xdg-open', url];
}

/** A page that only leads on. The URL is our own (loopback, base64url), so nothing in it needs escaping. */
export function redirectPage(url: string): string {
  return `<!doctype html><meta charset="utf-8"><meta name="referrer" content="no-referrer"><title>Relaysmith</title><meta http-equiv="refresh" content="0;url=${url}"><a href="${url}">Open Relaysmith</a>\n`;
}

function start([command = '', ...args]: string[]): Promise<boolean> {
  return new Promise((resolve) => {
    const child = spawn(command, args, { detached: true, stdio: 'ignore' });
    child.once('error', () => resolve(false));
    child.once('spawn', () => {
      child.unref();
      resolve(true);
    });
  });
}

function findOnPath(name: string, path: string): string | null {
  for (const directory of path.split(delimiter)) {
    const candidate = join(directory, name);
    try {
      accessSync(candidate, constants.X_OK);
      return candidate;
    } catch {
      // Not here.
    }
  }
  return null;
}
