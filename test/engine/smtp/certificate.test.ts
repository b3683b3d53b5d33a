import { createPrivateKey } from 'node:crypto';
import { TLSSocket } from 'node:tls';
import { describe, expect, test } from 'vitest';
import type { ProfileSettings } from '../../../shared/profile.ts';
import { goodChain, type Issued, issuedBy, selfSigned } from '../../support/certificates.ts';
import type { TlsStep } from '../../support/raw-server.ts';
import { CANARY, failedStage, realServer, run, script, settingsFor, stageOf, withPassword } from './support.ts';

const { root, leaf } = await goodChain();
const EHLO = { expect: /^EHLO/ };

/** Runs against a server with implicit TLS that shows these certificates, the first with its key. */
async function runAgainst(
  shown: Issued[],
  change: (settings: ProfileSettings) => void = () => {},
  { greeting = '220 mx', ...how }: Partial<TlsStep> & { greeting?: string } = {},
) {
  const cert = shown.map(({ pem }) => pem).join('');
  const server = await script(
    { tls: { key: shown[0]?.keyPem ?? '', cert, ...how } },
    { send: `${greeting}\r\n` },
    EHLO,
    { send: '250-mx\r\n250 AUTH PLAIN\r\n' },
    { expect: /^AUTH/ },
    { send: '235 ok\r\n' },
  );
  const settings = settingsFor(server.port, (draft) => {
    draft.server.security = 'tls';
    draft.server.host = 'localhost';
    draft.tls.caPem = root.pem;
    withPassword(draft);
    change(draft);
  });
  const report = await run(settings, { until: 'auth' });
  const { facts } = stageOf(report, 'certificate');
  const fatal = (facts.faults ?? []).filter((fault) => fault.fatal).map(({ fault }) => fault);
  return { report, server, facts, fatal };
}

test('a private CA of the profile is trusted beside the public roots', async () => {
  const { report, facts } = await runAgainst([leaf]);
  expect(report.ok).toBe(true);
  expect(facts.trusted).toBe(true);
  expect(facts.faults).toEqual([]);
  expect(facts.chain?.map(({ subject, sent }) => [subject, sent])).toEqual([
    ['CN=localhost', true],
    ['CN=Test Root', false],
  ]);
  expect(facts.chain?.[0]).toMatchObject({ key: 'EC P-256', signatureAlgorithm: 'ECDSA with SHA-256', isCa: false });
});

test('C1: expired', async () => {
  const { report, server, fatal } = await runAgainst([await issuedBy(root, { from: -30, to: -2 })]);
  expect(failedStage(report)).toBe('certificate');
  expect(fatal).toEqual(['expired']);
  expect(report.diagnosis?.rule).toBe('CERT_EXPIRED');
  expect(server.received()).not.toContain('AUTH');
});

test('C2: not yet valid', async () => {
  const { report, fatal } = await runAgainst([await issuedBy(root, { from: 2, to: 30 })]);
  expect(fatal).toEqual(['not-yet-valid']);
  expect(report.diagnosis?.rule).toBe('CERT_NOT_YET');
});

test('C3: another name', async () => {
  const other = await issuedBy(root, { names: ['mail.example.com'] });
  const { report, fatal, facts } = await runAgainst([other]);
  expect(fatal).toEqual(['name-mismatch']);
  expect(facts.faults?.[0]?.text).toContain('mail.example.com');
  expect(report.diagnosis?.rule).toBe('CERT_NAME_MISMATCH');
  const named = await runAgainst([other], (settings) => {
    settings.tls.serverName = 'mail.example.com';
  });
  expect(named.report.ok).toBe(true);
});

test('C3: a wildcard stands for one whole label', async () => {
  const wildcard = await issuedBy(root, { names: ['*.example.com'] });
  for (const [name, good] of [
    ['mail.example.com', true],
    ['a.mail.example.com', false],
    ['example.com', false],
  ] as const) {
    const { facts } = await runAgainst([wildcard], (settings) => {
      settings.tls.serverName = name;
    });
    expect(facts.trusted).toBe(good);
  }
});

test('C4: an address needs an IP entry', async () => {
  const toAddress = (settings: ProfileSettings) => {
    settings.server.host = '127.0.0.1';
  };
  const byName = await runAgainst([await issuedBy(root, { names: ['localhost', '127.0.0.1.example.com'] })], toAddress);
  expect(byName.fatal).toEqual(['name-mismatch']);
  expect(byName.report.diagnosis?.rule).toBe('CERT_IP_HOST');
  const byAddress = await runAgainst([leaf], toAddress);
  expect(byAddress.report.ok).toBe(true);
});

test('C5: self-signed, and the same one once it is trusted', async () => {
  const lone = await selfSigned({ commonName: 'localhost' });
  const { report, fatal } = await runAgainst([lone]);
  expect(fatal).toEqual(['self-signed']);
  expect(report.diagnosis?.rule).toBe('CERT_SELF_SIGNED');
  const trusted = await runAgainst([lone], (settings) => {
    settings.tls.caPem = lone.pem;
  });
  expect(trusted.report.ok).toBe(true);
});

test('C6, C7: a private root that was sent', async () => {
  const { report, fatal, facts } = await runAgainst([leaf, root], (settings) => {
    settings.tls.caPem = '';
  });
  expect(fatal).toEqual(['private-ca']);
  expect(report.diagnosis?.rule).toBe('CERT_PRIVATE_CA');
  expect(facts.chain?.map(({ sent }) => sent)).toEqual([true, true]);
});

test('C8: a missing intermediate', async () => {
  const intermediate = await issuedBy(root, { commonName: 'Intermediate', ca: true, names: [] });
  const below = await issuedBy(intermediate);
  const { report, fatal } = await runAgainst([below]);
  expect(fatal).toEqual(['incomplete-chain']);
  expect(report.diagnosis?.rule).toBe('CERT_INCOMPLETE_CHAIN');
  const complete = await runAgainst([below, intermediate]);
  expect(complete.report.ok).toBe(true);
  expect(complete.facts.chain).toHaveLength(3);
});

test('C9: a common name alone is a warning', async () => {
  const { report, facts } = await runAgainst([await issuedBy(root, { commonName: 'localhost', names: [] })]);
  expect(report.ok).toBe(true);
  expect(stageOf(report, 'certificate').status).toBe('warned');
  expect(facts.faults?.map(({ fault }) => fault)).toEqual(['cn-only']);
  expect(stageOf(report, 'certificate').warnings.map(({ rule }) => rule)).toContain('CERT_CN_ONLY');
});

test('C10: meant for clients only', async () => {
  const { report, fatal } = await runAgainst([await issuedBy(root, { purposes: ['1.3.6.1.5.5.7.3.2'] })]);
  expect(fatal).toEqual(['wrong-purpose']);
  expect(report.diagnosis?.rule).toBe('CERT_PURPOSE');
});

test('issued by a certificate that may not issue', async () => {
  const notCa = await issuedBy(root, { commonName: 'Not a CA', names: [] });
  const { report, fatal } = await runAgainst([await issuedBy(notCa), notCa]);
  expect(fatal).toContain('not-a-ca');
  expect(failedStage(report)).toBe('certificate');
});

test('a weak key is a warning', async () => {
  const { report, facts } = await runAgainst([await issuedBy(root, { key: 'rsa1024' })]);
  expect(report.ok).toBe(true);
  expect(facts.faults?.map(({ fault, fatal }) => [fault, fatal])).toEqual([['weak-key', false]]);
  expect(stageOf(report, 'certificate').warnings.map(({ rule }) => rule)).toContain('CERT_WEAK_KEY_WARN');
});

test('a SHA-1 signature is refused', async () => {
  const { report, fatal } = await runAgainst([await issuedBy(root, { hash: 'SHA-1' })]);
  expect(fatal).toEqual(['weak-signature']);
  expect(report.diagnosis?.rule).toBe('TLS_MD_TOO_WEAK');
});

test('a signature that its issuer did not make', async () => {
  const impostor = await selfSigned({ commonName: 'Test Root', ca: true, names: [] });
  const { report, fatal } = await runAgainst([await issuedBy(impostor)]);
  expect(fatal).toEqual(['bad-signature']);
  expect(failedStage(report)).toBe('certificate');
});

test('all faults are listed at once', async () => {
  const intermediate = await issuedBy(root, { commonName: 'Old', ca: true, names: [], from: -90, to: -1 });
  const bad = await issuedBy(intermediate, {
    from: -30,
    to: -2,
    names: ['x.example.com'],
    purposes: ['1.3.6.1.5.5.7.3.2'],
  });
  const { report, facts } = await runAgainst([bad, intermediate], (settings) => {
    settings.tls.caPem = '';
  });
  expect(facts.faults?.map(({ fault, depth }) => `${fault}@${depth}`).sort()).toEqual(
    ['expired@0', 'expired@1', 'name-mismatch@0', 'private-ca@1', 'wrong-purpose@0'].sort(),
  );
  expect(report.diagnosis?.alsoPossible.map(({ rule }) => rule)).toEqual(
    expect.arrayContaining(['CERT_EXPIRED', 'CERT_PURPOSE']),
  );
});

test('with verification off everything goes on, loudly', async () => {
  const { report, facts, server } = await runAgainst([await selfSigned({ names: ['x.example.com'] })], (settings) => {
    settings.tls.verifyCertificate = false;
  });
  expect(report.ok).toBe(true);
  expect(facts).toMatchObject({ verified: false, trusted: false });
  expect(stageOf(report, 'certificate').status).toBe('warned');
  expect(server.received()).toContain('AUTH');
});

test('C13: an antivirus in between is named', async () => {
  const av = await selfSigned({ commonName: 'Avast Web/Mail Shield Root', ca: true, names: [] });
  const { report } = await runAgainst([await issuedBy(av), av]);
  expect(report.diagnosis?.rule).toBe('CERT_AV_INTERCEPT');
});

test('a private CA that cannot be read is found before anything is connected', async () => {
  const { report, server } = await runAgainst([leaf], (settings) => {
    settings.tls.caPem = '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----';
  });
  expect(failedStage(report)).toBe('config');
  expect(server.received()).toBe('');
});

test('a client certificate is shown to the server', async () => {
  const client = await issuedBy(root, { commonName: 'client', names: [], purposes: ['1.3.6.1.5.5.7.3.2'] });
  const seen: string[] = [];
  const port = await realServer({
    secure: true,
    key: leaf.keyPem,
    cert: leaf.pem,
    requestCert: true,
    rejectUnauthorized: true,
    ca: [root.pem],
    onSecure(socket, _session, callback) {
      if (socket instanceof TLSSocket) seen.push(String(socket.getPeerCertificate().subject.CN));
      callback();
    },
  });
  const settings = settingsFor(port, (draft) => {
    draft.server.security = 'tls';
    draft.tls.caPem = root.pem;
    draft.tls.clientCertificatePem = client.pem;
  });
  const report = await run(settings, { secrets: { clientKey: client.keyPem }, until: 'ehlo' });
  expect(report.ok).toBe(true);
  expect(seen).toEqual(['client']);
  const without = await run(settings, { until: 'ehlo' });
  expect(failedStage(without)).toBe('config');
  const none = { ...settings, tls: { ...settings.tls, clientCertificatePem: '' } };
  const refused = await run(none, { until: 'ehlo' });
  expect(['tls', 'greeting']).toContain(failedStage(refused));
  expect(refused.diagnosis?.rule).toBe('TLS_CLIENT_CERT_REQUIRED');
});

test('C3: a name that is looked for in place of the host is judged as a name, whatever the host is', async () => {
  const other = await issuedBy(root, { names: ['mail.example.com'] });
  const byAddress = (serverName: string) => (settings: ProfileSettings) => {
    settings.server.host = '127.0.0.1';
    settings.tls.serverName = serverName;
  };
  expect((await runAgainst([other], byAddress(''))).report.diagnosis?.rule).toBe('CERT_IP_HOST');
  for (const name of ['relay.example.net', 'relay', '192.0.2.7']) {
    expect((await runAgainst([other], byAddress(name))).report.diagnosis?.rule).toBe('CERT_NAME_MISMATCH');
  }
  const elsewhere = await issuedBy(root, { names: ['192.0.2.7'] });
  expect((await runAgainst([elsewhere], byAddress(''))).report.diagnosis?.rule).toBe('CERT_NAME_MISMATCH');
});

test('C12: a server that has another certificate without SNI is asked with it', async () => {
  const other = await issuedBy(root, { names: ['hosting.example.net'] });
  const mine = await issuedBy(root, { names: ['mail.example.com'] });
  const named = { 'mail.example.com': { key: mine.keyPem, cert: mine.pem } };
  const asking = (serverName: string) => (settings: ProfileSettings) => {
    settings.tls.serverName = serverName;
  };
  const known = await runAgainst([other], asking('mail.example.com'), { named });
  expect(known.report.ok).toBe(true);
  const unknown = await runAgainst([other], asking('smtp.example.com'), { named });
  expect(unknown.fatal).toEqual(['name-mismatch']);
  expect(unknown.facts.faults?.[0]?.text).toContain('hosting.example.net');
});

test('a date is told in words, and in ISO 8601 in the facts', async () => {
  const expired = await issuedBy(root, { from: -30, to: -2 });
  const { report, facts } = await runAgainst([expired]);
  const note = stageOf(report, 'certificate').note;
  const ended = expired.certificate.notAfter;
  const month = ended.toLocaleDateString('en-GB', { month: 'long', timeZone: 'UTC' });
  expect(note).toContain(`ended on ${ended.getUTCDate()} ${month} ${ended.getUTCFullYear()}.`);
  expect(note).not.toContain('GMT');
  expect(facts.chain?.[0]?.validTo).toMatch(/^\d{4}-\d\d-\d\dT/);
});

test('an expired certificate is no news where the greeting shows that this clock is wrong', async () => {
  const expired = [await issuedBy(root, { from: -30, to: -2 })];
  const wrong = await runAgainst(expired, undefined, {
    greeting: '220 mx ESMTP Exim 4.96 Tue, 03 Mar 2020 10:11:12 +0100',
  });
  expect(wrong.report.diagnosis?.rule).toBe('CERT_CLOCK_SKEW');
  const today = new Date().toUTCString().replace('GMT', '+0000');
  const right = await runAgainst(expired, undefined, { greeting: `220 mx ESMTP Exim 4.96 ${today}` });
  expect(right.report.diagnosis?.rule).toBe('CERT_EXPIRED');
});

describe('a client certificate that cannot be used is found before anything is connected:', async () => {
  const client = await issuedBy(root, { commonName: 'client', names: [] });
  const other = await issuedBy(root, { commonName: 'client', names: [], key: 'rsa2048' });
  const locked = createPrivateKey(client.keyPem)
    .export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: CANARY })
    .toString();
  test.each([
    ['no certificate', 'CLIENT_CERT_BAD', 'hello', { clientKey: client.keyPem }],
    ['no key', 'CLIENT_KEY_MISSING', client.pem, {}],
    ['a key that is none', 'CLIENT_KEY_BAD', client.pem, { clientKey: 'hello' }],
    ['the key of another', 'CLIENT_KEY_MISMATCH', client.pem, { clientKey: other.keyPem }],
    ['a locked key', 'CLIENT_KEY_PASSPHRASE', client.pem, { clientKey: locked }],
    [
      'a wrong passphrase',
      'CLIENT_KEY_PASSPHRASE',
      client.pem,
      { clientKey: locked, clientKeyPassphrase: 'another phrase' },
    ],
  ])('%s', async (_name, rule, clientCertificatePem, secrets) => {
    const server = await script();
    const settings = settingsFor(server.port, (draft) => {
      draft.server.security = 'tls';
      draft.tls.clientCertificatePem = clientCertificatePem;
    });
    const report = await run(settings, { secrets });
    expect(failedStage(report)).toBe('config');
    expect(report.diagnosis?.rule).toBe(rule);
    expect(server.received()).toBe('');
  });
});
