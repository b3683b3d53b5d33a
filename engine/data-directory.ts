import { homedir } from 'node:os';
import { isAbsolute, join, resolve } from 'node:path';

/**
 * Where the library lives, the same for every door: RELAYSMITH_HOME when set, else what the system's convention says
 * (XDG base directories on Linux, Application Support on macOS, %APPDATA% on Windows). Returns an absolute path.
 */
export function dataDirectory(env: NodeJS.ProcessEnv, platform: NodeJS.Platform): string {
  const own = env.RELAYSMITH_HOME;
  if (own) return resolve(own);
  if (platform === 'darwin') return join(homedir(), 'Library', 'Application Support', 'Relaysmith');
  if (platform === 'win32') return join(env.APPDATA ?? join(homedir(), 'AppData', 'Roaming'), 'Relaysmith');
  // The specification tells to ignore a relative value.
  const xdg = env.XDG_DATA_HOME;
  return join(xdg && isAbsolute(xdg) ? xdg : join(homedir(), '.local', 'share'), 'relaysmith');
}
