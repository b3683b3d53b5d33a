import net, { type AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import type { Resolver } from '../../../engine/smtp/index.ts';
import { silentPort } from './full-backlog.ts';
import { closedPort, failedStage, run, script, settingsFor, stageOf, withPassword } from './support.ts';

const HELLO = [{ send: '220 mx\r\n' }, { expect: /^EHLO/ }, { send: '250 mx\r\n' }];

function resolving(addresses: string[], rest: Partial<Resolver> = {}): Resolver {
  return {
    lookup: async () => addresses.map((address) => ({ address, family: net.isIPv6(address) ? 6 : 4 })),
    mailExchangers: async () => [],
    alias: async () => null,
    services: async () => [],
    ...rest,
  };
}

function unknownName(rest: Partial<Resolver>): Resolver {
  const error = Object.assign(new Error('getaddrinfo ENOTFOUND'), { code: 'ENOTFOUND' });
  return resolving([], { lookup: () => Promise.reject(error), ...rest });
}

function named(port: number, host = 'mail.example.com') {
  return settingsFor(port, (settings) => {
    settings.server.host = host;
    settings.server.connectTimeoutSeconds = 1;
  });
}

test.each<[string, Partial<Resolver>, string]>([
  ['that nobody knows', {}, 'DNS_ENOTFOUND'],
  ['that only receives mail', { mailExchangers: async () => ['mx.example.com'] }, 'DNS_MX_ONLY'],
  ['that takes no mail', { mailExchangers: async () => [''] }, 'DNS_NULL_MX'],
  [
    'that is an alias of nothing',
    { alias: async (host) => (host === 'mail.example.com' ? 'gone.example.com' : null) },
    'DNS_CNAME_DANGLING',
  ],
])('a name %s', async (_name, rest, rule) => {
  const report = await run(named(25), {}, { resolver: unknownName(rest) });
  expect(failedStage(report)).toBe('dns');
  expect(report.diagnosis?.rule).toBe(rule);
  expect(report.notTested).toContain('tcp');
});

test('D6: a name server that keeps silent', async () => {
  const never = new Promise<never>(() => {});
  const report = await run(named(25), {}, { resolver: resolving([], { lookup: () => never }) });
  expect(failedStage(report)).toBe('dns');
  expect(report.diagnosis?.rule).toBe('DNS_TIMEOUT');
});

test('D5: a name with letters outside ASCII is looked up in ASCII', async () => {
  const asked: string[] = [];
  const server = await script(...HELLO);
  const resolver = resolving([], {
    lookup: async (host) => {
      asked.push(host);
      return [{ address: '127.0.0.1', family: 4 }];
    },
  });
  const report = await run(named(server.port, 'bücher.example'), { until: 'ehlo' }, { resolver });
  expect(report.ok).toBe(true);
  expect(asked).toEqual(['xn--bcher-kva.example']);
});

test('D1: of many addresses at most 8 are tried, each is reported, and one dead one stops nothing', async () => {
  const server = await script(...HELLO);
  const many = ['127.0.0.2', '127.0.0.1', ...Array.from({ length: 48 }, (_, at) => `127.0.1.${at}`)];
  const report = await run(named(server.port), { until: 'ehlo' }, { resolver: resolving(many) });
  expect(report.ok).toBe(true);
  const { addresses, connectedTo } = stageOf(report, 'tcp').facts;
  expect(addresses).toHaveLength(8);
  expect(addresses?.slice(0, 3).map(({ outcome, code }) => [outcome, code])).toEqual([
    ['failed', 'ECONNREFUSED'],
    ['connected', ''],
    ['failed', 'ECONNREFUSED'],
  ]);
  expect(connectedTo).toBe('127.0.0.1');
  expect(stageOf(report, 'tcp').warnings.map(({ rule }) => rule)).toContain('TCP_ADDRESS_DEAD');
});

test('D2: a broken IPv6 address is told although IPv4 works', async () => {
  const server = await script(...HELLO);
  const report = await run(named(server.port), { until: 'ehlo' }, { resolver: resolving(['::1', '127.0.0.1']) });
  expect(report.ok).toBe(true);
  expect(stageOf(report, 'tcp').warnings.map(({ rule }) => rule)).toContain('DNS_SPLIT_FAMILY');
});

test('D2: a broken IPv6 address behind a good IPv4 one is tried too, and told', async () => {
  const server = await script(...HELLO);
  const report = await run(named(server.port), { until: 'ehlo' }, { resolver: resolving(['127.0.0.1', '::1']) });
  const { facts, warnings } = stageOf(report, 'tcp');
  expect(facts.addresses?.map(({ outcome }) => outcome)).toEqual(['connected', 'failed']);
  expect(warnings.map(({ rule }) => rule)).toContain('DNS_SPLIT_FAMILY');
});

test('which address programs would use: those in Java only the first IPv4 one, be it dead', async () => {
  const server = await script(...HELLO);
  const resolver = resolving(['127.0.0.2', '127.0.0.1']);
  const report = await run(named(server.port), { until: 'ehlo' }, { resolver });
  const choices = stageOf(report, 'tcp').facts.addressChoices ?? [];
  const java = choices.find(({ programs }) => programs.startsWith('Java'));
  expect(java).toMatchObject({ address: '127.0.0.2', connects: false });
  for (const other of choices.filter((choice) => choice !== java)) {
    expect(other).toMatchObject({ address: '127.0.0.1', connects: true });
  }
});

test('a name with one address gives programs no choice', async () => {
  const server = await script(...HELLO);
  const report = await run(named(server.port), { until: 'ehlo' }, { resolver: resolving(['127.0.0.1']) });
  expect(stageOf(report, 'tcp').facts.addressChoices).toBeUndefined();
});

test('D7: nothing listens on the port', async () => {
  const report = await run(settingsFor(await closedPort()));
  expect(failedStage(report)).toBe('tcp');
  expect(report.diagnosis?.rule).toBe('TCP_REFUSED');
});

test('D7: a firewall that drops packets', async () => {
  const silent = await silentPort();
  try {
    const settings = settingsFor(silent.port);
    settings.server.connectTimeoutSeconds = 1;
    const report = await run(settings);
    expect(failedStage(report)).toBe('tcp');
    expect(report.diagnosis?.rule).toMatch(/^TCP_(?:OS_)?TIMEOUT$/);
  } finally {
    await silent.close();
  }
});

test('localhost is found through the hosts file, with the real resolver', async () => {
  const server = await script(...HELLO);
  const report = await run(named(server.port, 'localhost'), { until: 'ehlo' });
  expect(report.ok).toBe(true);
});

/** A proxy that answers the bytes of a hello and then passes everything on. */
async function proxy(
  answers: Buffer[],
  targetPort: () => number,
): Promise<{ port: number; asked: () => Buffer; close: () => void }> {
  const asked: Buffer[] = [];
  const server = net.createServer((client) => {
    let step = 0;
    client.on('error', () => {});
    client.on('data', function onData(chunk: Buffer) {
      asked.push(chunk);
      const answer = answers[step];
      step += 1;
      if (!answer) return;
      client.write(answer);
      if (step < answers.length) return;
      client.off('data', onData);
      const target = net.connect(targetPort(), '127.0.0.1');
      target.on('error', () => {});
      client.on('close', () => target.destroy());
      target.on('close', () => client.destroy());
      client.pipe(target).pipe(client);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    asked: () => Buffer.concat(asked),
    close: () => server.close(),
  };
}

test('through a SOCKS5 proxy, which looks the name up', async () => {
  const server = await script(...HELLO);
  const socks = await proxy([Buffer.from([5, 0]), Buffer.from([5, 0, 0, 1, 0, 0, 0, 0, 0, 0])], () => server.port);
  const settings = named(server.port);
  settings.server.proxy = { kind: 'socks5', host: '127.0.0.1', port: socks.port };
  const report = await run(settings, { until: 'ehlo' });
  socks.close();
  expect(failedStage(report)).toBe('');
  expect(stageOf(report, 'dns').status).toBe('skipped');
  expect(socks.asked().toString('latin1')).toContain('mail.example.com');
});

test('through an HTTP proxy, whose answer may come with the greeting', async () => {
  const server = await script({ expect: /^EHLO/ }, { send: '250 mx\r\n' });
  const answer = Buffer.from('HTTP/1.1 200 Connection established\r\n\r\n220 mx early\r\n');
  const http = await proxy([answer], () => server.port);
  const settings = named(server.port);
  settings.server.proxy = { kind: 'http-connect', host: '127.0.0.1', port: http.port };
  const report = await run(settings, { until: 'ehlo' });
  http.close();
  expect(failedStage(report)).toBe('');
  expect(stageOf(report, 'greeting').facts.banner).toBe('mx early');
});

test('an IPv6 address goes to a SOCKS5 proxy as its 16 bytes', async () => {
  const server = await script(...HELLO);
  const socks = await proxy([Buffer.from([5, 0]), Buffer.from([5, 0, 0, 1, 0, 0, 0, 0, 0, 0])], () => server.port);
  const settings = named(server.port, '2001:db8::25');
  settings.server.proxy = { kind: 'socks5', host: '127.0.0.1', port: socks.port };
  const report = await run(settings, { until: 'ehlo' });
  socks.close();
  expect(failedStage(report)).toBe('');
  expect(socks.asked().toString('hex')).toContain('0500000420010db8000000000000000000000025'.slice(4));
});

test.each<['socks5' | 'http-connect', Buffer[], string]>([
  ['socks5', [Buffer.from([5, 0xff])], 'PROXY_SIGN_IN'],
  ['socks5', [Buffer.from([5, 0]), Buffer.from([5, 2, 0, 1, 0, 0, 0, 0, 0, 0])], 'PROXY_FORBIDDEN'],
  ['socks5', [Buffer.from([5, 0]), Buffer.from([5, 4, 0, 1, 0, 0, 0, 0, 0, 0])], 'PROXY_TARGET'],
  ['socks5', [Buffer.from('HTTP/1.1 400 Bad Request\r\n')], 'PROXY_PROTOCOL'],
  ['http-connect', [Buffer.from('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n')], 'PROXY_SIGN_IN'],
  ['http-connect', [Buffer.from('HTTP/1.1 403 Forbidden\r\n\r\n')], 'PROXY_FORBIDDEN'],
  ['http-connect', [Buffer.from('HTTP/1.1 502 Bad Gateway\r\n\r\n')], 'PROXY_TARGET'],
  ['http-connect', [Buffer.from('SSH-2.0-x\r\n\r\n')], 'PROXY_PROTOCOL'],
  ['http-connect', [Buffer.from('x'.repeat(20_000))], 'PROXY_FAILED'],
])('a %s proxy that refuses: %#', async (kind, answers, rule) => {
  const bad = await proxy([...answers, Buffer.alloc(0)], () => 1);
  const settings = named(25);
  settings.server.proxy = { kind, host: '127.0.0.1', port: bad.port };
  withPassword(settings);
  const report = await run(settings);
  bad.close();
  expect(failedStage(report)).toBe('tcp');
  expect(report.diagnosis?.rule).toBe(rule);
});

test('a proxy that keeps silent is not waited for longer than the limit', async () => {
  const silent = await script();
  const settings = named(25);
  settings.server.proxy = { kind: 'socks5', host: '127.0.0.1', port: silent.port };
  const report = await run(settings);
  expect(failedStage(report)).toBe('tcp');
  expect(stageOf(report, 'tcp').facts.detail).toContain('did not answer in time');
});

test('D3: an alias that leads back to itself', async () => {
  const next: Record<string, string> = { 'mail.example.com': 'a.example.com', 'a.example.com': 'mail.example.com' };
  const resolver = unknownName({ alias: async (host) => next[host] ?? null });
  const report = await run(named(25), {}, { resolver });
  expect(report.diagnosis?.rule).toBe('DNS_CNAME_LOOP');
  expect(stageOf(report, 'dns').facts.aliases).toEqual(['a.example.com', 'mail.example.com']);
});

test('D3: a chain of aliases that ends nowhere is shown whole', async () => {
  const next: Record<string, string> = { 'mail.example.com': 'a.example.com', 'a.example.com': 'b.example.com' };
  const resolver = unknownName({ alias: async (host) => next[host] ?? null });
  const report = await run(named(25), {}, { resolver });
  expect(report.diagnosis?.rule).toBe('DNS_CNAME_DANGLING');
  expect(stageOf(report, 'dns').facts.aliases).toEqual(['a.example.com', 'b.example.com']);
});

test('a name that is not found comes with what DNS says about its domain', async () => {
  const resolver = unknownName({
    mailExchangers: async () => ['mx1.web.de'],
    services: async (name) =>
      name === '_submissions._tcp.example.com' ? [{ target: 'out.example.com', port: 465 }] : [],
  });
  const report = await run(named(25), {}, { resolver });
  expect(stageOf(report, 'dns').facts.hints).toEqual([
    'example.com names out.example.com, port 465, for sending mail.',
    'Mail for mail.example.com is received by mx1.web.de, WEB.DE. Its server for sending is smtp.web.de.',
  ]);
});
