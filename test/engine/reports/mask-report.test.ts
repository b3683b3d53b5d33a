import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { maskReport } from '../../../engine/reports/mask/mask-report.ts';
import { isCommonWord } from '../../../engine/reports/mask/mask-text.ts';
import { isAddress } from '../../../shared/host.ts';
import { emptySettings } from '../../../shared/profile.ts';
import { type TestReport, testReport } from '../../../shared/report.ts';
import { fakeReport } from '../../support/fake-report.ts';

interface Identities {
  host: string;
  local: string;
  domain: string;
  ipv4: string;
  ipv6: string;
  /** Name that the server gives itself. */
  self: string;
  profile: string;
}

const ACME: Identities = {
  host: 'mail.acme-corp.test',
  local: 'alerts.team',
  domain: 'acme-corp.test',
  ipv4: '10.20.30.40',
  ipv6: 'fd12:3456::99',
  self: 'EXCH01',
  profile: 'Acme production relay',
};

/** A report in which the identities stand in every place where a server or a user can put them. */
function reportAbout({ host, local, domain, ipv4, ipv6, self, profile }: Identities): TestReport {
  const settings = emptySettings();
  const address = `${local}@${domain}`;
  const base = fakeReport(
    {
      ...settings,
      name: profile,
      server: { ...settings.server, host },
      signIn: { ...settings.signIn, username: address },
      sender: { ...settings.sender, from: { address, name: '' } },
    },
    'send',
  );
  const challenge = Buffer.from(`<17.4711@${host}>`).toString('base64');
  const said = [
    `220 ${self} ESMTP ready at ${host}`,
    `550 5.7.1 <${address}>: Relay access denied for ${ipv4}[${ipv6}]`,
    `454 user=${address}, ip=${ipv4}, helo=<${host}>.`,
    `454 ${ipv4}:25 ${host}:587 (${host}). ${host.toUpperCase()}!`,
    `451 "${local}" is unknown on ${self}`,
    `334 ${challenge}`,
    `235 Hello [IPv6:${ipv6}], ${Buffer.from(address).toString('base64')}`,
  ];
  const chain = (base.stages.find(({ stage }) => stage === 'certificate')?.facts.chain ?? []).map((certificate) => ({
    ...certificate,
    subject: `CN=${host}, O=${profile}, C=DE`,
    issuer: `CN=${profile} Issuing CA, O=${profile}`,
    names: [host, `*.${domain}`, ipv4],
  }));
  const stages = base.stages.map((stage) => {
    const reply = { code: 550, enhanced: '5.7.1', text: said.join(' ') };
    if (stage.stage === 'certificate') {
      const faults = [
        { fault: 'name-mismatch' as const, depth: 0, text: `Issued for ${host} by ${profile}.`, fatal: true },
      ];
      return { ...stage, facts: { ...stage.facts, chain, faults } };
    }
    if (stage.stage === 'tcp') {
      const addresses = [
        { address: ipv4, family: 4 as const, outcome: 'connected' as const, code: '', ms: 1 },
        { address: ipv6, family: 6 as const, outcome: 'failed' as const, code: 'ENETUNREACH', ms: 1 },
      ];
      return { ...stage, note: `Connected to ${ipv4}:587`, facts: { addresses, connectedTo: ipv4 } };
    }
    return { ...stage, note: `About ${host}`, facts: { ...stage.facts, reply, detail: said.join('; ') } };
  });
  const finding = { rule: 'RCPT_RELAY_DENIED', stage: 'rcpt' as const, reference: 'RFC 5321', transient: false };
  const words = { cause: `${host} refused ${address} from ${ipv4}.`, remedy: `Ask who runs ${self}, or ${host}.` };
  return {
    ...base,
    stages,
    diagnosis: {
      ...finding,
      ...words,
      fix: { label: `Use ${host}`, set: [{ field: 'server.host', value: host }] },
      alsoPossible: [{ ...finding, ...words }],
    },
    transcript: said.map((text, ms) => ({ ms, from: 'server', text, encrypted: true })),
  };
}

/** Fails when a masked report still holds an identity as a word of its own, in any case, also in base64. */
function expectMasked(masked: TestReport, identities: Identities): void {
  const texts = textsIn(masked).flatMap((text) => [
    text,
    ...(text.match(/[A-Za-z0-9+/]{8,}=*/g) ?? []).map((word) => Buffer.from(word, 'base64').toString('utf8')),
  ]);
  for (const [what, identity] of Object.entries(identities)) {
    const escaped = identity.toLowerCase().replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
    const edge = isAddress(identity) ? '[0-9a-f:.]' : '[\\p{L}\\p{N}]';
    const pattern = new RegExp(`(?<!${edge})${escaped}(?!${edge})`, 'u');
    expect(
      texts.filter((text) => pattern.test(text.toLowerCase())),
      what,
    ).toEqual([]);
  }
}

/** Every text of a value; names of fields are not among them. */
function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

const label = fc.stringMatching(/^[a-z][a-z0-9]{3,9}$/).filter((text) => !isCommonWord(text));
const domain = fc.tuple(
  fc.array(label, { minLength: 1, maxLength: 3 }),
  fc.constantFrom('test', 'com', 'local', 'co.uk', 'xn--p1ai'),
);
const domainName = domain.map(([labels, tld]) => `${labels.join('.')}.${tld}`);
const name = fc.stringMatching(/^[A-Z]{4,9}[0-9]{1,2}$/).filter((text) => !isCommonWord(text));
const identities: fc.Arbitrary<Identities> = fc.record({
  host: fc.oneof(domainName, label, fc.ipV4(), fc.constantFrom('Bücher.test', 'client', 'server')),
  local: fc.oneof(
    label,
    fc.tuple(label, label).map((parts) => parts.join('.')),
    fc.tuple(label, label).map((parts) => parts.join('+')),
  ),
  domain: domainName,
  ipv4: fc.ipV4(),
  ipv6: fc.ipV6().filter((text) => !text.includes('.')),
  self: fc.oneof(name, domainName),
  profile: fc.tuple(name, name).map((parts) => parts.join(' ')),
});

describe('a masked report', () => {
  test('holds nothing of who it is about, wherever it stood', () => {
    expectMasked(maskReport(reportAbout(ACME)), ACME);
  });

  test('is still a report, with the same stages, codes, times and rules', () => {
    const original = reportAbout(ACME);
    const masked = testReport.parse(maskReport(original));
    expect(masked.stages.map(({ stage, status, ms }) => [stage, status, ms])).toEqual(
      original.stages.map(({ stage, status, ms }) => [stage, status, ms]),
    );
    expect(masked.diagnosis?.rule).toBe(original.diagnosis?.rule);
    expect(masked.diagnosis?.reference).toBe('RFC 5321');
    expect(masked.transcript.map(({ from, encrypted }) => [from, encrypted])).toEqual(
      original.transcript.map(({ from, encrypted }) => [from, encrypted]),
    );
    expect(masked.stages.find(({ stage }) => stage === 'auth')?.facts.mechanism).toBe('PLAIN');
  });

  test('calls the same the same and others others, and keeps the sentences around them', () => {
    const masked = maskReport(reportAbout(ACME));
    const { host } = masked.destination;
    expect(host).toMatch(/^host-\d+\.example$/);
    const [greeting, denied, , , , challenge] = masked.transcript.map(({ text }) => text);
    expect(greeting).toMatch(new RegExp(`^220 host-\\d+\\.example ESMTP ready at ${host}$`));
    const user = masked.stages.find(({ stage }) => stage === 'auth')?.facts.username;
    expect(user).toMatch(/^user-\d+@host-\d+\.example$/);
    expect(denied).toMatch(
      new RegExp(`^550 5\\.7\\.1 <${user}>: Relay access denied for 192\\.0\\.2\\.\\d+\\[2001:db8::\\w+\\]$`),
    );
    expect(masked.stages.find(({ stage }) => stage === 'mail')?.facts.from).toBe(user);
    expect(Buffer.from(challenge?.slice(4) ?? '', 'base64').toString()).toContain(`@${host}>`);
    const chain = masked.stages.find(({ stage }) => stage === 'certificate')?.facts.chain;
    expect(chain?.[0]).toMatchObject({ subject: expect.stringMatching(`^CN=${host}, O=name-\\d+, C=DE$`), pem: '' });
    expect(chain?.[0]?.names[0]).toBe(host);
    expect(chain?.[0]?.names[1]).toMatch(/^\*\.host-/);
  });

  test('keeps the code before a name in a reply of several lines, and takes no code for a name', () => {
    const report = reportAbout(ACME);
    const lines = [`250-${ACME.self}`, `250-${ACME.host} Hello`, '250 SIZE 1000', '220 2.0.0 Ready to start TLS'];
    const said = (from: 'client' | 'server', text: string) => ({ ms: 0, from, text, encrypted: false });
    const transcript = [said('client', 'EHLO [127.0.0.1]'), ...lines.map((text) => said('server', text))];
    const masked = maskReport({ ...report, transcript });
    expect(masked.transcript.slice(1).map(({ text }) => text)).toEqual([
      expect.stringMatching(/^250-host-\d+\.example$/),
      `250-${masked.destination.host} Hello`,
      '250 SIZE 1000',
      '220 2.0.0 Ready to start TLS',
    ]);
  });

  test('has no tenant and no client of a sign-in with OAuth 2.0', () => {
    const report = reportAbout(ACME);
    const tenant = '8a1c1f0e-5b2d-4c3e-9f60-7d8e9fa0b1c2';
    const facts = {
      tokenEndpoint: `https://login.microsoftonline.com/${tenant}/oauth2/v2.0/token`,
      clientId: 'app-4711',
    };
    const [first, ...rest] = report.stages;
    if (!first) throw new Error('The report has no stages');
    const masked = maskReport({ ...report, stages: [{ ...first, facts: { ...first.facts, ...facts } }, ...rest] });
    expect(JSON.stringify(masked)).not.toContain(tenant);
    expect(JSON.stringify(masked)).not.toContain('app-4711');
    expect(masked.stages[0]?.facts.tokenEndpoint).toMatch(/^https:\/\/host-\d+\.example\/name-\d+\/oauth2/);
  });

  test('leaves the protocol readable, even where a host or user is called like one of its words', () => {
    const masked = maskReport(reportAbout({ ...ACME, host: 'server', self: 'mail', local: 'test' }));
    expect(masked.destination.host).toMatch(/^host-/);
    expect(masked.stages.find(({ stage }) => stage === 'auth')?.facts.username).toMatch(/^user-/);
    expect(masked.transcript[0]?.text).toContain('ESMTP ready');
  });

  test('never gives a pseudonym that is one of the originals', () => {
    const masked = maskReport(reportAbout({ ...ACME, host: 'host-1.example', ipv4: '192.0.2.1', local: 'user-1' }));
    expectMasked(masked, { ...ACME, host: 'host-1.example', ipv4: '192.0.2.1', local: 'user-1' });
  });

  test('whatever the names: nothing of them is left, and it is still a report', () => {
    fc.assert(
      fc.property(identities, (given) => {
        const masked = maskReport(reportAbout(given));
        testReport.parse(masked);
        const { host, ...rest } = given;
        // In running text a common word stays; in its own field it does not.
        expect(masked.destination.host).not.toBe(host);
        expectMasked(masked, isCommonWord(host) ? { ...rest, host: masked.id.replace(/./g, '#') } : given);
      }),
      { numRuns: 200 },
    );
  });
});
