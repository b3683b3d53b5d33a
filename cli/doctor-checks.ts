import { getServers } from 'node:dns';
import { constants, existsSync, statSync } from 'node:fs';
import { access, stat, statfs } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { packageDirectory, rendererDirectory } from './paths.ts';

/** One thing that was looked at. */
export interface Check {
  name: string;
  status: 'passed' | 'warned' | 'failed';
  text: string;
  /** What to do, as commands or sentences. */
  steps: string[];
}

const MIN_NODE: readonly [number, number] = [20, 20];
const LOW_SPACE_BYTES = 50 * 1024 * 1024;
const DAY_MS = 86_400_000;

/** Node is new enough (package.json says from which version on). */
export function checkNode(version = process.versions.node): Check {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const fits = major > MIN_NODE[0] || (major === MIN_NODE[0] && minor >= MIN_NODE[1]);
  const steps = fits ? [] : [`Install Node ${MIN_NODE.join('.')} or newer.`];
  return { name: 'node', status: fits ? 'passed' : 'failed', text: version, steps };
}

/**
 * The clock is not before the time at which this copy was installed. A wrong clock makes good certificates look
 * expired or not yet valid.
 */
export function checkClock(now: Date, installed = statSync(join(packageDirectory(), 'package.json')).mtime): Check {
  const sane = now.getTime() > installed.getTime() - DAY_MS;
  return {
    name: 'clock',
    status: sane ? 'passed' : 'failed',
    text: sane ? now.toISOString() : `${now.toISOString()} is before this copy was installed`,
    steps: sane ? [] : ['Set the clock of this machine; certificates are checked against it.'],
  };
}

/** The system names resolvers. Whether they answer is not tried: that would be network traffic. */
export function checkResolver(servers = getServers()): Check {
  const some = servers.length > 0;
  return {
    name: 'resolver',
    status: some ? 'passed' : 'warned',
    text: some ? `${servers.join(', ')} (not asked)` : 'none set',
    steps: some ? [] : ['Only names in the hosts file and addresses will work.'],
  };
}

/** The window's files were built, so that `relaysmith serve` has something to show. */
export function checkWindow(directory = rendererDirectory()): Check {
  const built = existsSync(join(directory, 'index.html'));
  return {
    name: 'window',
    status: built ? 'passed' : 'warned',
    text: built ? 'built' : 'not built',
    steps: built ? [] : ['npm run build'],
  };
}

/** The data directory can be written, is private, and has room. One that is not there yet is made on first save. */
export async function checkDataDirectory(directory: string): Promise<Check> {
  const check = (status: Check['status'], text: string, steps: string[] = []): Check => ({
    name: 'data directory',
    status,
    text: `${directory}: ${text}`,
    steps,
  });
  const existing = nearestExisting(directory);
  try {
    await access(existing, constants.W_OK | constants.X_OK);
  } catch {
    return check('failed', 'not writable', [`Make ${existing} writable, or choose another place with --home.`]);
  }
  const { bavail, bsize } = await statfs(existing);
  const free = bavail * bsize;
  if (free < LOW_SPACE_BYTES)
    return check('warned', `${Math.floor(free / 1024)} KB free`, ['Free some space on this disk.']);
  if (existing !== directory) return check('passed', 'made with the first profile');
  const { mode } = await stat(directory);
  const open = process.platform !== 'win32' && (mode & 0o077) !== 0;
  return open
    ? check('warned', 'readable by others', [`chmod 700 ${directory}`])
    : check('passed', 'writable, private');
}

function nearestExisting(directory: string): string {
  let at = directory;
  while (!existsSync(at) && dirname(at) !== at) at = dirname(at);
  return at;
}
