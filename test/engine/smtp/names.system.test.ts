import { execFile } from 'node:child_process';
import { rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { bundleForNode } from '../../support/bundle-child.ts';
import type { Zone } from '../../support/dns-stub.ts';
import type { NamesRequest, NamesResult } from './peers/names-child.ts';
import { requireNetworks } from './peers/networks.ts';

const execute = promisify(execFile);

/** A network with loopback alone, routes that lead nowhere (RFC 3849 addresses), and a name server of its own. */
const NETWORK = [
  'ip link set lo up',
  'ip -6 route add unreachable 2001:db8::1',
  'ip -6 route add blackhole 2001:db8::2',
  'mount --bind "$0" /etc/resolv.conf',
  'exec "$@"',
].join(' && ');

const GOOD = '127.0.0.1';

const ZONES: Record<string, Zone> = {
  'mail.example': { A: [GOOD] },
  'alias.example': { CNAME: 'second.example' },
  'second.example': { CNAME: 'mail.example' },
  'dangling.example': { CNAME: 'gone.example' },
  'loop.example': { CNAME: 'pool.example' },
  'pool.example': { CNAME: 'loop.example' },
  'mx-only.example': { MX: [[10, 'mail.example']] },
  'null-mx.example': { MX: [[0, '.']] },
  'xn--bcher-kva.example': { A: [GOOD] },
  'servfail.example': { reply: 2 },
  'refused.example': { reply: 5 },
  'silent.example': { reply: 'silence' },
  'dead-six.example': { AAAA: ['::1'], A: [GOOD] },
  'unreachable-six.example': { AAAA: ['2001:db8::1'], A: [GOOD] },
  'blackhole-six.example': { AAAA: ['2001:db8::2'], A: [GOOD] },
  'many.example': { A: Array.from({ length: 20 }, (_, at) => (at === 5 ? GOOD : `127.0.3.${at}`)) },
};

const CASES: { number: string; host: string; ends?: 'dns' | 'tcp'; rule?: string; warns?: string }[] = [
  { number: 'D3', host: 'alias.example' },
  { number: 'D3', host: 'dangling.example', ends: 'dns', rule: 'DNS_CNAME_DANGLING' },
  { number: 'D3', host: 'loop.example', ends: 'dns', rule: 'DNS_CNAME_LOOP' },
  { number: 'D4', host: 'mx-only.example', ends: 'dns', rule: 'DNS_MX_ONLY' },
  { number: 'D4', host: 'null-mx.example', ends: 'dns', rule: 'DNS_NULL_MX' },
  { number: 'D5', host: 'bücher.example' },
  { number: 'D6', host: 'servfail.example', ends: 'dns', rule: 'DNS_EAI_AGAIN' },
  { number: 'D6', host: 'refused.example', ends: 'dns', rule: 'DNS_EAI_AGAIN' },
  { number: 'D6', host: 'silent.example', ends: 'dns', rule: 'DNS_EAI_AGAIN' },
  { number: 'D6', host: 'unknown.example', ends: 'dns', rule: 'DNS_ENOTFOUND' },
  { number: 'D2', host: 'dead-six.example', warns: 'DNS_SPLIT_FAMILY' },
  { number: 'D2', host: 'unreachable-six.example', warns: 'DNS_SPLIT_FAMILY' },
  { number: 'D2', host: 'blackhole-six.example', warns: 'DNS_SPLIT_FAMILY' },
  { number: 'D1', host: 'many.example', warns: 'TCP_ADDRESS_DEAD' },
];

async function tryAll(): Promise<{ results: NamesResult[]; asked: string[] }> {
  const child = await bundleForNode(join(import.meta.dirname, 'peers/names-child.ts'));
  try {
    const resolvConf = join(dirname(child), 'resolv.conf');
    await writeFile(resolvConf, 'nameserver 127.0.0.1\noptions timeout:1 attempts:1\n');
    const request: NamesRequest = { zones: ZONES, hosts: CASES.map(({ host }) => ({ host, until: 'tcp' })) };
    const command = ['-n', '-m', 'sh', '-c', NETWORK, resolvConf, process.execPath, child, JSON.stringify(request)];
    return JSON.parse((await execute('unshare', command)).stdout);
  } finally {
    await rm(dirname(child), { recursive: true, force: true });
  }
}

describe.skipIf(!requireNetworks(['mount']))('with the system’s resolver and a name server of its own', () => {
  test('each fault of a name is told apart, and each address is tried', async () => {
    const { results, asked } = await tryAll();
    const told = results.map(({ host, ends, rule }) => ({ host, ends, rule }));
    expect(told).toEqual(CASES.map(({ host, ends = '', rule = '' }) => ({ host, ends, rule })));
    for (const [at, { warns }] of CASES.entries()) if (warns) expect(results[at]?.warns).toContain(warns);
    expect(asked).toContain('A xn--bcher-kva.example');
    expect(asked.filter((question) => !/^[A-Z]+ [a-z0-9._-]+$/.test(question))).toEqual([]);
    const many = results.find(({ host }) => host === 'many.example');
    expect(many?.addresses).toHaveLength(8);
  });
});
