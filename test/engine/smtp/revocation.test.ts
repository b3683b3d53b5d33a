import { expect, test } from 'vitest';
import { loadX509 } from '../../../engine/x509-library.ts';
import { type Issued, issuedBy, selfSigned } from '../../support/certificates.ts';
import { failedStage, run, script, settingsFor, stageOf } from './support.ts';

const { X509CrlGenerator } = await loadX509();
const root = await selfSigned({ commonName: 'Test Root', ca: true, names: [] });
const leaf = await issuedBy(root);
const stranger = await selfSigned({ commonName: 'Test Root', ca: true, names: [] });

/** A revocation list that names a certificate, in the name of a CA and signed by one. */
async function listNaming(named: Issued, signer: Issued, dated = true): Promise<string> {
  const list = await X509CrlGenerator.create({
    issuer: root.certificate.subject,
    thisUpdate: new Date(Date.now() - 86_400_000),
    ...(dated && { nextUpdate: new Date(Date.now() + 86_400_000) }),
    entries: [{ serialNumber: named.certificate.serialNumber, revocationDate: new Date() }],
    signingAlgorithm: signer.algorithm,
    signingKey: signer.keys.privateKey,
  });
  return list.toString('pem');
}

/** Runs as far as the certificate against a server that shows the leaf, with this text as the profile's CA. */
async function runWith(caPem: string) {
  const server = await script(
    { tls: { key: leaf.keyPem, cert: leaf.pem } },
    { send: '220 mx\r\n' },
    { expect: /^EHLO/ },
    { send: '250 mx\r\n' },
  );
  const settings = settingsFor(server.port, (draft) => {
    draft.server.security = 'tls';
    draft.tls.caPem = caPem;
  });
  return run(settings, { until: 'certificate' });
}

test('C11: a certificate that its CA has revoked is not trusted', async () => {
  const report = await runWith(`${root.pem}\n${await listNaming(leaf, root)}`);
  expect(failedStage(report)).toBe('certificate');
  expect(report.diagnosis?.rule).toBe('CERT_REVOKED');
  expect(stageOf(report, 'certificate').facts.faults).toEqual([
    { fault: 'revoked', depth: 0, text: 'localhost was revoked by its CA.', fatal: true },
  ]);
});

test('a list that names another certificate changes nothing', async () => {
  const report = await runWith(`${await listNaming(stranger, root)}\n${root.pem}`);
  expect(report.ok).toBe(true);
});

test('a list that somebody else signed in the name of the CA revokes nothing', async () => {
  const report = await runWith(`${root.pem}\n${await listNaming(leaf, stranger)}`);
  expect(report.ok).toBe(true);
});

test('a list may stand alone, and revokes where the CA is not trusted either', async () => {
  const report = await runWith(await listNaming(leaf, root));
  expect(failedStage(report)).toBe('certificate');
  expect(report.diagnosis?.rule).toBe('CERT_INCOMPLETE_CHAIN');
});

test.each([
  ['that cannot be read', async () => '-----BEGIN X509 CRL-----\nAAAA\n-----END X509 CRL-----'],
  ['that has no end', async () => listNaming(leaf, root, false)],
])('a list %s is told before anything is connected', async (_name, broken) => {
  const report = await runWith(`${root.pem}\n${await broken()}`);
  expect(failedStage(report)).toBe('config');
  expect(report.diagnosis?.rule).toBe('CERT_CRL_BAD');
});
