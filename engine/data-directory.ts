import { isAbsolute, join, resolve } from 'node:path';

/** What decides where the library lives. */
export interface Place {
  env: NodeJS.ProcessEnv;
  platform: NodeJS.Platform;
  /** The user's home, absolute. */
  homeDirectory: string;
  /** What a relative choice is relative to. */
  workingDirectory: string;
}

/**
 * Where the library lives, the same for every door: what was chosen, else RELAYSMITH_HOME, else what the system's
 * convention says (XDG base directories on Linux, Application Support on macOS, %APPDATA% on Windows). Absolute.
 */
export function dataDirectory({ env, platform, homeDirectory, workingDirectory }: Place, chosen?: string): string {
  const own = chosen || env.RELAYSMITH_HOME;
  if (own) return resolve(workingDirectory, own);
  if (platform === 'darwin') return join(homeDirectory, 'Library', 'Application Support', 'Relaysmith');
  if (platform === 'win32') return join(env.APPDATA || join(homeDirectory, 'AppData', 'Roaming'), 'Relaysmith');
  // A relative XDG_DATA_HOME is invalid and to be ignored (XDG Base Directory Specification).
  const xdg = env.XDG_DATA_HOME;
  return join(xdg && isAbsolute(xdg) ? xdg : join(homeDirectory, '.local', 'share'), 'relaysmith');
}
