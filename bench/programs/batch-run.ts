import { createEngine } from '../../engine/index.ts';
import type { EnginePorts } from '../../engine/ports.ts';
import { openLibrary } from '../../engine/profiles/open-library.ts';
import { createVault } from '../../engine/secrets/vault.ts';
import type { Security } from '../../shared/profile.ts';
import { ok } from '../../shared/result.ts';
import type { BenchServer } from '../support/mail-server.ts';
import { settingsFor } from '../support/settings.ts';

// A batch through the whole engine, history included, in a process of its own so that its memory can be told.
// argv: what to do as JSON. Prints one line of JSON.
interface Order {
  server: BenchServer;
  security: Security;
  directory: string;
  profiles: number;
  concurrency: number;
  perHost: number;
}

const order = JSON.parse(process.argv[2] ?? '{}') as Order;
const { directory, profiles, concurrency, perHost } = order;
const quiet = () => undefined;
const log = { info: quiet, warn: quiet, error: quiet };
const now = () => new Date();
const library = await openLibrary({ directory, vault: createVault(), now, log, user: 'bench' });
const settings = settingsFor(order.server, order.security);
settings.signIn.method = 'none';
const made = await library.createMany(
  Array.from({ length: profiles }, (_, index) => ({
    settings: { ...settings, name: `Profile ${index}` },
    secrets: [],
  })),
);
if (!made.ok) throw new Error(made.error.code);

const ports: EnginePorts = {
  version: '0',
  door: 'terminal',
  dataDirectory: directory,
  files: { kind: 'typed-path', open: async () => null, folder: async () => null, save: async () => null },
  clipboard: { write: async () => ok(undefined), read: async () => null },
  preferences: { get: () => ({ theme: 'system', density: 'comfortable' }), set: quiet },
  log,
  now,
};
const engine = await createEngine(ports);
let rss = 0;
const watch = setInterval(() => {
  rss = Math.max(rss, process.memoryUsage().rss);
}, 20);
const began = performance.now();
const request = { profiles: { kind: 'all' as const }, until: null, concurrency, perHost };
const result = await engine.client('batches.run', request);
const ms = performance.now() - began;
await engine.close();
const kept = performance.now() - began;
clearInterval(watch);
if (!result.ok) throw new Error(result.error.code);
const passed = result.value.rows.filter(({ outcome }) => outcome === 'passed' || outcome === 'warned').length;
console.log(JSON.stringify({ ms, kept, rss, passed }));
