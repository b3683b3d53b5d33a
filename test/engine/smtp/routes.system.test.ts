import { execFile } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { bundleForNode } from '../../support/bundle-child.ts';
import { requireNetworks } from './peers/networks.ts';
import type { RouteCase, RouteResult } from './peers/routes-child.ts';

const execute = promisify(execFile);

/** A network with nothing in it but loopback and routes that lead nowhere (RFC 5737 addresses). */
const NETWORK = [
  'ip link set lo up',
  'ip route add unreachable 198.51.100.1',
  'ip route add prohibit 198.51.100.2',
  'ip route add blackhole 198.51.100.3',
  'exec "$0" "$@"',
].join(' && ');

async function tryAll(cases: RouteCase[]): Promise<RouteResult[]> {
  const child = await bundleForNode(join(import.meta.dirname, 'peers/routes-child.ts'));
  try {
    const command = ['-n', 'sh', '-c', NETWORK, process.execPath, child, JSON.stringify(cases)];
    const { stdout } = await execute('unshare', command);
    return JSON.parse(stdout) as RouteResult[];
  } finally {
    await rm(dirname(child), { recursive: true, force: true });
  }
}

const LOOPBACK = '127.0.0.1';

const CASES: { given: RouteCase; ends?: 'greeting'; rule: string; fix?: string; note?: string }[] = [
  { given: { host: '198.51.100.1', port: 2525, open: [] }, rule: 'TCP_HOSTUNREACH' },
  { given: { host: '198.51.100.2', port: 2525, open: [] }, rule: 'TCP_LOCAL_FIREWALL' },
  { given: { host: '198.51.100.3', port: 2525, open: [] }, rule: 'TCP_BAD_LOCAL_ADDRESS' },
  { given: { host: '203.0.113.9', port: 2525, open: [] }, rule: 'TCP_NETUNREACH' },
  { given: { host: LOOPBACK, port: 25, open: [] }, rule: 'TCP_REFUSED' },
  {
    given: { host: LOOPBACK, port: 25, open: [587] },
    rule: 'TCP_PORT_587_WORKS',
    fix: 'Use port 587 with STARTTLS',
    note: 'No connection to 127.0.0.1:25. Port 587 answers',
  },
  { given: { host: LOOPBACK, port: 465, open: [587] }, rule: 'TCP_PORT_587_WORKS', fix: 'Use port 587 with STARTTLS' },
  { given: { host: LOOPBACK, port: 587, open: [465] }, rule: 'TCP_PORT_465_WORKS', fix: 'Use port 465 with TLS' },
  {
    given: { host: LOOPBACK, port: 587, open: [25] },
    rule: 'TCP_OTHER_PORT_WORKS',
    note: 'No connection to 127.0.0.1:587. Port 25 answers',
  },
  { given: { host: LOOPBACK, port: 2525, open: [25] }, rule: 'TCP_OTHER_PORT_WORKS' },
  {
    given: { host: LOOPBACK, port: 465, open: [], silent: true },
    ends: 'greeting',
    rule: 'GREET_TIMEOUT_465_PORT',
    fix: 'Switch to TLS',
  },
];

describe.skipIf(!requireNetworks())('in a network of its own', () => {
  test('D7, T8: each way not to get there is told apart, and the mail port that answers is named', async () => {
    const results = await tryAll(CASES.map(({ given }) => given));
    const told = results.map(({ ends, rule, fix }) => ({ ends, rule, fix }));
    expect(told).toEqual(CASES.map(({ ends = 'tcp', rule, fix = '' }) => ({ ends, rule, fix })));
    for (const [at, { note }] of CASES.entries()) if (note !== undefined) expect(results[at]?.note).toBe(note);
  });
});
