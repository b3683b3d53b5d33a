import { Resolver as DnsResolver } from 'node:dns/promises';
import { afterEach, expect, test } from 'vitest';
import { readQuery, runDetect } from '../../../engine/smtp/detect/index.ts';
import { type Resolver, recordLookups } from '../../../engine/smtp/index.ts';
import { MAIL_HOSTS, mailHostOf } from '../../../engine/smtp/mail-hosts.ts';
import { type DetectEvent, type Detection, detectEvent, detection } from '../../../shared/detect.ts';
import { PRESETS } from '../../../shared/presets.ts';
import { goodChain, issuedBy, selfSigned } from '../../support/certificates.ts';
import { type DnsStub, dnsStub, type Zone } from '../../support/dns-stub.ts';
import type { Step, TlsStep } from '../../support/raw-server.ts';
import { closedPort, script } from './support.ts';

const good = await goodChain();
const leaf = await issuedBy(good.root, { names: ['*.acme.example', 'acme.example', 'smtp.gmail.com'] });
const trusted: TlsStep = { key: leaf.keyPem, cert: leaf.pem };

const INSIDE: Step[] = [{ expect: /^EHLO/ }, { send: '250-mx\r\n250 AUTH PLAIN LOGIN\r\n' }];
const tlsServer = (tls: TlsStep = trusted): Step[] => [{ tls }, { send: '220 mx\r\n' }, ...INSIDE];
const starttlsServer = (tls: TlsStep = trusted): Step[] => [
  { send: '220 mx\r\n' },
  { expect: /^EHLO/ },
  { send: '250-mx\r\n250 STARTTLS\r\n' },
  { expect: /^STARTTLS/ },
  { send: '220 go\r\n' },
  { tls },
  ...INSIDE,
];

let stub: DnsStub | undefined;
afterEach(() => {
  stub?.close();
  stub = undefined;
});

/** Records from a name server on loopback; the listed hosts are this machine, others do not exist. */
async function world(zones: Record<string, Zone>, hosts: readonly string[], answerCode?: number): Promise<Resolver> {
  stub = await dnsStub(zones, answerCode);
  const records = new DnsResolver({ timeout: 500, tries: 1 });
  records.setServers([stub.server]);
  return {
    ...recordLookups(records),
    lookup: async (host) => {
      if (hosts.includes(host)) return [{ address: '127.0.0.1', family: 4 }];
      throw Object.assign(new Error('no'), { code: 'ENOTFOUND' });
    },
  };
}

async function detect(
  about: string,
  resolver: Resolver,
  ports: readonly number[] | null = null,
  signal = new AbortController().signal,
): Promise<Detection & { events: DetectEvent[] }> {
  const query = readQuery(about);
  if (!query.ok) throw new Error('The query is wrong');
  const events: DetectEvent[] = [];
  const result = await runDetect(
    { query: query.value, ports, caPem: good.root.pem },
    { now: () => new Date(), signal, resolver, onEvent: (event) => events.push(detectEvent.parse(event)) },
  );
  expect(detection.parse(result)).toEqual(result);
  return { ...result, events };
}

function stepsOf({ steps }: Detection): Record<string, string> {
  return Object.fromEntries(steps.map(({ step, status }) => [step, status]));
}

test('the domain’s own service records come first, and TLS from the first byte before STARTTLS', async () => {
  const implicit = await script(...tlsServer());
  const submission = await script(...starttlsServer());
  const zones: Record<string, Zone> = {
    '_submissions._tcp.acme.example': { SRV: [[0, 0, implicit.port, 'out.acme.example']] },
    '_submission._tcp.acme.example': { SRV: [[0, 0, submission.port, 'out.acme.example']] },
    'acme.example': { MX: [[10, 'mx.acme.example']] },
  };
  const found = await detect('alerts@acme.example', await world(zones, ['out.acme.example']));
  expect(stepsOf(found)).toEqual({
    provider: 'nothing',
    services: 'found',
    exchangers: 'nothing',
    names: 'skipped',
    probe: 'found',
  });
  const { settings, caution, reason } = found.proposals[0] ?? {};
  expect(settings?.server).toMatchObject({ host: 'out.acme.example', port: implicit.port, security: 'tls' });
  expect(settings?.signIn).toMatchObject({ method: 'password', username: 'alerts@acme.example' });
  expect(settings?.sender.from.address).toBe('alerts@acme.example');
  expect(caution).toBe('');
  expect(reason).toContain('service record');
  expect(found.proposals.map(({ cell }) => cell.security)).toContain('starttls');
  expect(implicit.received() + submission.received()).not.toMatch(/AUTH|MAIL|alerts/);
});

test('usual names are tried where DNS says nothing, those alone that exist', async () => {
  const server = await script(...starttlsServer());
  const resolver = await world({ 'acme.example': {} }, ['mail.acme.example']);
  const found = await detect('acme@acme.example', resolver, [server.port]);
  expect(found.steps.find(({ step }) => step === 'names')?.text).toContain('mail.acme.example has an address');
  expect(found.steps.find(({ step }) => step === 'names')?.text).toContain('smtp.acme.example and acme.example do not');
  expect(found.proposals[0]?.settings.server).toMatchObject({ host: 'mail.acme.example', security: 'starttls' });
  expect(new Set(found.cells.map(({ host }) => host))).toEqual(new Set(['mail.acme.example']));
});

test('a provider is known by its exchanger', async () => {
  const implicit = await script(...tlsServer());
  const zones = { 'acme.example': { MX: [[1, 'aspmx.l.google.com']] as [number, string][] } };
  const found = await detect('ada@acme.example', await world(zones, ['smtp.gmail.com']), [implicit.port]);
  expect(found.steps.find(({ step }) => step === 'exchangers')).toMatchObject({ status: 'found' });
  const { settings } = found.proposals[0] ?? {};
  expect(settings).toMatchObject({ provider: 'google', server: { host: 'smtp.gmail.com' } });
  expect(settings?.signIn.username).toBe('ada@acme.example');
});

test('a provider is known by the domain of the address, before DNS is asked', async () => {
  const found = await detect('ada@gmail.com', await world({}, []));
  expect(found.steps[0]).toMatchObject({ step: 'provider', status: 'found' });
  expect(found.cells[0]).toMatchObject({ host: 'smtp.gmail.com', port: 465, security: 'tls' });
  expect(found.proposals).toEqual([]);
});

test('a filter in front of a domain says nothing about sending', async () => {
  const zones = { 'acme.example': { MX: [[1, 'mx0a-1.pphosted.com']] as [number, string][] } };
  const found = await detect('ada@acme.example', await world(zones, []));
  expect(found.steps.find(({ step }) => step === 'exchangers')).toMatchObject({ status: 'nothing' });
  expect(found.steps.find(({ step }) => step === 'exchangers')?.text).toContain('Proofpoint');
});

test('a null MX and a service that is not offered are told as such', async () => {
  const zones: Record<string, Zone> = {
    'acme.example': { MX: [[0, '.']] },
    '_submission._tcp.acme.example': { SRV: [[0, 0, 0, '.']] },
  };
  const found = await detect('ada@acme.example', await world(zones, []));
  expect(found.steps.find(({ step }) => step === 'exchangers')?.text).toContain('null MX');
  expect(found.steps.find(({ step }) => step === 'services')?.text).toContain('offers no submission');
});

test('a name server that fails is told, and the usual names are tried all the same', async () => {
  const server = await script(...tlsServer());
  const found = await detect('ada@acme.example', await world({}, ['smtp.acme.example'], 2), [server.port]);
  expect(stepsOf(found)).toMatchObject({ services: 'failed', exchangers: 'failed', names: 'found', probe: 'found' });
  expect(found.proposals[0]?.settings.server.security).toBe('tls');
});

test('a record that leads to another domain is proposed with a caution', async () => {
  const server = await script(...tlsServer());
  const zones: Record<string, Zone> = {
    '_submissions._tcp.globex.example': { SRV: [[0, 0, server.port, 'smtp.acme.example.']] },
  };
  const found = await detect('ada@globex.example', await world(zones, ['smtp.acme.example']));
  expect(found.proposals[0]?.caution).toContain('another domain');
});

test('safest first: a trusted certificate before an untrusted one, plain last and with a loud caution', async () => {
  const lone = await selfSigned({ names: ['smtp.acme.example'] });
  const untrusted = await script(...starttlsServer({ key: lone.keyPem, cert: lone.pem }));
  const plain = await script({ send: '220 mx\r\n' }, { expect: /^EHLO/ }, { send: '250 mx\r\n' });
  const safe = await script(...starttlsServer());
  const resolver = await world({}, ['smtp.acme.example']);
  const three = await detect('ada@acme.example', resolver, [untrusted.port, plain.port, safe.port]);
  expect(three.proposals.map(({ cell }) => cell.verdict)).toEqual(['works', 'untrusted']);
  const weak = await detect('ada@acme.example', resolver, [untrusted.port]);
  expect(weak.proposals[0]?.caution).toContain('not trusted');
  const last = await detect('ada@acme.example', resolver, [plain.port]);
  expect(last.proposals[0]).toMatchObject({ cell: { verdict: 'plain' } });
  expect(last.proposals[0]?.caution).toContain('Nothing is encrypted');
  expect(last.proposals[0]?.settings.signIn).toMatchObject({ method: 'none', allowWithoutTls: false });
});

test('this machine and an address literal ask DNS nothing', async () => {
  const port = await closedPort();
  const resolver = await world({}, ['localhost']);
  const found = await detect('localhost', resolver, [port]);
  expect(stepsOf(found)).toMatchObject({
    services: 'skipped',
    exchangers: 'skipped',
    names: 'skipped',
    probe: 'nothing',
  });
  expect(await detect('127.0.0.1', resolver, [port])).toMatchObject({ proposals: [] });
  expect(stub?.asked()).toEqual([]);
});

test('a domain with letters outside ASCII is asked for in ASCII', async () => {
  await detect('ada@bücher.example', await world({}, []));
  expect(stub?.asked()).toContain('MX xn--bcher-kva.example');
});

test('a cancel ends it at once, with what was found until then', async () => {
  const server = await script();
  const controller = new AbortController();
  const resolver = await world({}, ['smtp.acme.example']);
  setTimeout(() => controller.abort(), 100);
  const found = await detect('ada@acme.example', resolver, [server.port], controller.signal);
  expect(found.cancelled).toBe(true);
  expect(found.proposals).toEqual([]);
  expect(found.ms).toBeLessThan(2_000);
});

test('names that a name server makes up do no harm', async () => {
  const port = await closedPort();
  const resolver: Resolver = {
    lookup: async () => [],
    mailExchangers: async () => ['\u001b[2J evil', 'a b', '-x.example', 'x'.repeat(300)],
    alias: async () => null,
    services: async () => [
      { target: '\u001b]0;evil\u0007', port: 465 },
      { target: 'out.acme.example', port: 0 },
      { target: 'smtp://acme', port: 465 },
    ],
  };
  const found = await detect('ada@acme.example', resolver, [port]);
  expect(found.cells).toEqual([]);
  expect(JSON.stringify(found)).not.toContain('evil');
});

test('every step is announced and explained', async () => {
  const { events, steps } = await detect('ada@acme.example', await world({}, []));
  const started = events.flatMap((event) => (event.type === 'step-started' ? [event.step] : []));
  expect(new Set(started)).toEqual(new Set(steps.map(({ step }) => step)));
  expect(started).toHaveLength(steps.length);
  expect(steps.every(({ text }) => text.endsWith('.'))).toBe(true);
});

test.each(['', ' ', 'a b', 'ada@', 'smtp://mail.acme.example', 'a@b, c@d', 'mail.acme.example:587', 'ä'.repeat(300)])(
  'refuses %j as nothing that can be looked for',
  (text) => {
    const result = readQuery(text);
    expect(result.ok).toBe(false);
    if (!result.ok)
      expect(result.error).toMatchObject({ code: 'INVALID_INPUT', facts: { problems: [{ field: 'about' }] } });
  },
);

test.each([
  ['Ada <ada@Acme.Example>', 'ada@Acme.Example', 'acme.example'],
  ['@acme.example', '', 'acme.example'],
  ['mail.acme.example.', '', 'mail.acme.example'],
  ['[::1]', '', '::1'],
])('reads %j', (text, address, domain) => {
  expect(readQuery(text)).toMatchObject({ ok: true, value: { address, domain } });
});

test('exchangers are told apart by the longest end, and every preset exists', () => {
  expect(mailHostOf('acme-example.mail.protection.outlook.com')?.name).toBe('Microsoft 365');
  expect(mailHostOf('acme.olc.protection.outlook.com.')?.name).toBe('Outlook.com');
  expect(mailHostOf('mxa.eu.mailgun.org')?.server?.host).toBe('smtp.eu.mailgun.org');
  expect(mailHostOf('notgoogle.com')).toBeNull();
  const ids = PRESETS.map(({ id }) => id);
  for (const { preset } of MAIL_HOSTS.filter((host) => host.preset !== '')) expect(ids).toContain(preset);
});
