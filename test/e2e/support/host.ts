import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const bin = resolve(import.meta.dirname, '../../../bin/relaysmith.js');

/** A running loopback host with a data directory of its own. */
export interface Host {
  /** Address with its one-time token. */
  url: string;
  home: string;
  /** Everything that it printed so far. */
  output(): string;
  stop(): Promise<void>;
}

/**
 * Starts `relaysmith serve` and waits until it prints its address. Its data directory goes with it, unless it is one that
 * another host has as well.
 */
export async function startHost(
  home = mkdtempSync(join(tmpdir(), 'relaysmith-e2e-')),
  { keepsHome = false } = {},
): Promise<Host> {
  const child = spawn(process.execPath, [bin, 'serve', '--home', home], { env: withoutDesktop() });
  let output = '';
  const url = new Promise<string>((found, failed) => {
    const read = (chunk: Buffer) => {
      output += chunk.toString();
      const match = /http:\/\/\S+#\S+/.exec(output);
      if (match) found(match[0]);
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.once('exit', (code) => failed(new Error(`serve ended with ${code}: ${output}`)));
  });
  return { url: await url, home, output: () => output, stop: () => stop(child, keepsHome ? null : home) };
}

/** No session bus and no screen: these tests show the honest fallback; keychain and clipboard have tests of their own. */
function withoutDesktop(): NodeJS.ProcessEnv {
  const { DBUS_SESSION_BUS_ADDRESS: _bus, DISPLAY: _x11, WAYLAND_DISPLAY: _wayland, ...env } = process.env;
  return env;
}

async function stop(child: ChildProcess, home: string | null): Promise<void> {
  if (child.exitCode === null) {
    child.kill('SIGINT');
    await once(child, 'exit');
  }
  if (home) rmSync(home, { recursive: true, force: true });
}
