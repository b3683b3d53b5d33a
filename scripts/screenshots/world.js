import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

export const ROOT = join(dirname(fileURLToPath(import.meta.url)), '../..');
const RELAYSMITH = join(ROOT, 'bin/relaysmith.js');

/** Public: the practice server takes it from everybody. */
export const PASSWORD = 'sesame-on-loopback';
const USER = 'practice@relaysmith.test';

const enders = [];

/** Starts a program that ends with the script; resolves to the first line that `wanted` finds something in. */
export async function startProgram(args, wanted) {
  const { DBUS_SESSION_BUS_ADDRESS: _bus, ...env } = process.env;
  const child = spawn(process.execPath, [RELAYSMITH, ...args], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  enders.push(async () => {
    if (child.exitCode !== null) return;
    child.kill('SIGINT');
    await once(child, 'exit');
  });
  for await (const line of createInterface(child.stdout)) {
    const found = wanted(line);
    if (found) return found;
  }
  throw new Error(`relaysmith ${args.join(' ')} ended early`);
}

/** Starts a practice server with a scenario; returns its port and CA. */
export async function startPractice(scenario) {
  const home = mkdtempSync(join(tmpdir(), 'relaysmith-practice-'));
  enders.push(async () => rmSync(home, { recursive: true, force: true }));
  return startProgram(
    ['practice', '--scenario', scenario, '--json', '--home', home],
    (line) => JSON.parse(line).practice,
  );
}

/** An OAuth token endpoint that knows no refresh token. */
export async function startTokenEndpoint() {
  const server = createServer((_request, response) => {
    response.writeHead(400, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ error: 'invalid_grant', error_description: 'Token has been expired or revoked.' }));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  enders.push(() => new Promise((resolve) => server.close(resolve)));
  return `http://127.0.0.1:${server.address().port}/token`;
}

/** Stores a profile through the terminal; its password is asked for in the window. */
export function createProfile(home, name, options) {
  const args = [RELAYSMITH, 'create', '--home', home, '--name', name, ...options];
  const { status, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${name}: ${stderr}`);
}

/** Options of a profile that points at a practice server as its ready profile does. */
export function atPractice({ host, port, caPem }, security = 'starttls') {
  return [
    ...['--host', host, '--port', String(port), '--security', security, '--set', `tls.caPem=${JSON.stringify(caPem)}`],
    ...['--server-name', 'mail.relaysmith.test', '--user', USER, '--from', USER],
    ...['--test-recipient', 'inbox@relaysmith.test', '--timeout', '2'],
  ];
}

/** Ends all that was started. */
export async function endAll() {
  // Programs end before their directories go.
  for (const end of enders.splice(0).reverse()) await end();
}
