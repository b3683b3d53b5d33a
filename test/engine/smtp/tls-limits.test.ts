import { expect, test } from 'vitest';
import type { TlsVersion } from '../../../shared/profile.ts';
import { goodChain, issuedBy, selfSigned } from '../../support/certificates.ts';
import type { TlsStep } from '../../support/raw-server.ts';
import { failedStage, run, script, settingsFor, stageOf } from './support.ts';

const { root, leaf } = await goodChain();
const rsa = await issuedBy(root, { key: 'rsa2048' });
const clientRoot = await selfSigned({ commonName: 'Client Root', ca: true, names: [] });
const client = await issuedBy(clientRoot, { commonName: 'client', names: [], purposes: ['1.3.6.1.5.5.7.3.2'] });

/** Says EHLO inside implicit TLS to a server that does TLS in this way. */
async function runWith(how: Partial<TlsStep>, change: (settings: ReturnType<typeof settingsFor>) => void = () => {}) {
  const server = await script(
    { tls: { key: leaf.keyPem, cert: leaf.pem, ...how } },
    { send: '220 mx\r\n' },
    { expect: /^EHLO/ },
    { send: '250 mx\r\n' },
  );
  const settings = settingsFor(server.port, (draft) => {
    draft.server.security = 'tls';
    draft.tls.caPem = root.pem;
    change(draft);
  });
  return (secrets = {}) => run(settings, { until: 'certificate', secrets });
}

const warnings = (report: Awaited<ReturnType<typeof run>>) => stageOf(report, 'tls').warnings.map(({ rule }) => rule);

test.each(['TLSv1', 'TLSv1.1'] as const)(
  'T6: a server that has only %s is refused, unless the profile allows it',
  async (version) => {
    const how = { minVersion: version, maxVersion: version };
    const report = await (await runWith(how))();
    expect(failedStage(report)).toBe('tls');
    expect(report.diagnosis?.rule).toBe('TLS_PROTOCOL_VERSION');
    const allowed = await (await runWith(how, (settings) => setOldest(settings, version)))();
    expect(allowed.ok).toBe(true);
    expect(stageOf(allowed, 'tls').facts.tlsVersion).toBe(version);
  },
);

function setOldest(settings: ReturnType<typeof settingsFor>, version: TlsVersion): void {
  settings.tls.minVersion = version;
}

test('T6: no cipher in common', async () => {
  const report = await (await runWith({ maxVersion: 'TLSv1.2', ciphers: 'PSK-AES128-CBC-SHA256:@SECLEVEL=0' }))();
  expect(failedStage(report)).toBe('tls');
  expect(report.diagnosis?.rule).toBe('TLS_HANDSHAKE_FAILURE');
});

test('T6: a key exchange without forward secrecy is a warning', async () => {
  const report = await (
    await runWith({ key: rsa.keyPem, cert: rsa.pem, maxVersion: 'TLSv1.2', ciphers: 'AES256-GCM-SHA384' })
  )();
  expect(report.ok).toBe(true);
  expect(warnings(report)).toEqual(['TLS_NO_FORWARD_SECRECY']);
});

test('T6: an ordinary server gets no warning', async () => {
  const report = await (await runWith({}))();
  expect(report.ok).toBe(true);
  expect(warnings(report)).toEqual([]);
});

test.each(['TLSv1.2', 'TLSv1.3'] as const)('T7: a client certificate that is wanted in %s', async (version) => {
  const how = { maxVersion: version, minVersion: version, requestCert: true, ca: clientRoot.pem };
  const none = await (await runWith(how))();
  expect(none.ok).toBe(false);
  expect(none.diagnosis?.rule).toBe(version === 'TLSv1.3' ? 'TLS_CLIENT_CERT_REQUIRED' : 'TLS_HANDSHAKE_FAILURE');
  const shown = await runWith(how, (settings) => {
    settings.tls.clientCertificatePem = client.pem;
  });
  const good = await shown({ clientKey: client.keyPem });
  expect(good.ok).toBe(true);
});
