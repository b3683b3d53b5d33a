import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { requireTool } from './requires.ts';

/**
 * State of the Secret Service that a command finds:
 * - `unlocked`: a login keyring that is open
 * - `locked`: the keyring of an earlier session, closed, and no screen to ask for its password on
 * - `no-collection`: a service that has no keyring yet
 * - `absent`: no session bus
 */
export type KeyringState = 'unlocked' | 'locked' | 'no-collection' | 'absent';

/** A command with the environment to start it in, for `spawn` and its like. */
export interface KeyringCommand {
  file: string;
  args: string[];
  env: NodeJS.ProcessEnv;
}

/** What a command that ended has left. */
export interface Finished {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** Readies a keyring session before the command; `gdbus wait` returns as soon as the service owns its name. */
const SETUP: Record<Exclude<KeyringState, 'absent'>, string> = {
  unlocked: `printf test | gnome-keyring-daemon --unlock --components=secrets >/dev/null && ${waitFor()} && `,
  'no-collection': `gnome-keyring-daemon --start --components=secrets >/dev/null && ${waitFor()} && `,
  // The bus starts the service at the first call; nobody unlocks it.
  locked: '',
};

function waitFor(): string {
  return 'gdbus wait --session --timeout 20 org.freedesktop.secrets';
}

/** True when the programs for keyring sessions are there; see requireTool. */
export function canRunKeyring(): boolean {
  return ['dbus-run-session', 'gnome-keyring-daemon', 'gdbus'].every(requireTool);
}

/** Makes a home directory with no keyring in it. Keep it to meet the same keyring in several sessions. */
export function createKeyringHome(): { home: string; remove: () => void } {
  const home = mkdtempSync(join(tmpdir(), 'relaysmith-keyring-'));
  // The daemon may still write while it goes down with its bus.
  return { home, remove: () => rmSync(home, { recursive: true, force: true, maxRetries: 5 }) };
}

/**
 * Wraps a command into a keyring session of its own in the given home. The session, daemon included, ends with the
 * command. `locked` needs a home in which an `unlocked` session was before.
 */
export function keyringCommand(state: KeyringState, home: string, command: readonly string[]): KeyringCommand {
  const env: NodeJS.ProcessEnv = { ...process.env, HOME: home, XDG_RUNTIME_DIR: home };
  for (const name of OF_THE_REAL_SESSION) delete env[name];
  const [file = '', ...args] = command;
  if (state === 'absent') return { file, args, env };
  const script = `${SETUP[state]}exec "$@"`;
  return { file: 'dbus-run-session', args: ['--', 'sh', '-c', script, 'sh', file, ...args], env };
}

/** Variables by which a test could reach the keyring, or the screen, of the person who runs it. */
const OF_THE_REAL_SESSION = [
  'DBUS_SESSION_BUS_ADDRESS',
  'DISPLAY',
  'WAYLAND_DISPLAY',
  'GNOME_KEYRING_CONTROL',
  'XDG_CONFIG_HOME',
  'XDG_DATA_HOME',
  'XDG_CACHE_HOME',
];

/** Runs a command in a keyring session and waits for its end. Without a home it gets a fresh one. */
export async function runUnderKeyring(
  state: KeyringState,
  command: readonly string[],
  givenHome?: string,
): Promise<Finished> {
  const fresh = givenHome === undefined ? createKeyringHome() : null;
  const { file, args, env } = keyringCommand(state, givenHome ?? fresh?.home ?? '', command);
  try {
    return await finish(file, args, env);
  } finally {
    fresh?.remove();
  }
}

function finish(file: string, args: string[], env: NodeJS.ProcessEnv): Promise<Finished> {
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, { env, stdio: ['ignore', 'pipe', 'pipe'], timeout: 50_000 });
    const finished: Finished = { code: null, stdout: '', stderr: '' };
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      finished.stdout += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      finished.stderr += text;
    });
    child.on('error', reject);
    child.on('close', (code) => resolve({ ...finished, code }));
  });
}
