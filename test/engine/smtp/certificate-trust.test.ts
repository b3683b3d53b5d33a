import { describe, expect, test } from 'vitest';
import { applyFix } from '../../../shared/fix.ts';
import type { ProfileSettings } from '../../../shared/profile.ts';
import { certificateToTrust, trustFix } from '../../../shared/trust.ts';
import { goodChain, type Issued, issuedBy, selfSigned } from '../../support/certificates.ts';
import type { TlsStep } from '../../support/raw-server.ts';
import { failedStage, run, script, settingsFor, stageOf } from './support.ts';

const { root, leaf } = await goodChain();

/** A server with implicit TLS that shows these certificates and greets; the profile trusts no private CA. */
async function settingsAgainst(shown: Issued[], how: Partial<TlsStep> = {}): Promise<ProfileSettings> {
  const cert = shown.map(({ pem }) => pem).join('');
  const server = await script(
    { tls: { key: shown[0]?.keyPem ?? '', cert, ...how } },
    { send: '220 mx\r\n' },
    { expect: /^EHLO/ },
    { send: '250 mx\r\n' },
  );
  return settingsFor(server.port, (draft) => {
    draft.server.security = 'tls';
    draft.server.host = 'localhost';
  });
}

const until = { until: 'certificate' } as const;

describe('trusting a CA for one profile', () => {
  test.each<[string, () => Promise<Issued[]>, string, string]>([
    ['a root that the server sends', async () => [leaf, root], 'CERT_PRIVATE_CA', 'CN=Test Root'],
    [
      'a certificate that vouches for itself',
      async () => [await selfSigned({ commonName: 'localhost' })],
      'CERT_SELF_SIGNED',
      'CN=localhost',
    ],
  ])('%s is offered with its fingerprint, and then the run passes', async (_what, shown, rule, subject) => {
    const settings = await settingsAgainst(await shown());
    const report = await run(settings, until);
    expect(report.diagnosis?.rule).toBe(rule);
    const certificate = certificateToTrust(report);
    expect(certificate?.subject).toBe(subject);
    expect(certificate?.fingerprint).toMatch(/^([0-9A-F]{2}:){31}[0-9A-F]{2}$/);
    if (!certificate) return;
    const mended = await run(applyFix(settings, trustFix(settings, certificate)), until);
    expect(mended.ok).toBe(true);
    expect(stageOf(mended, 'certificate').facts.trusted).toBe(true);
  });

  test.each<[string, () => Promise<Issued[]>]>([
    ['an expired one', async () => [await issuedBy(root, { from: -30, to: -2 }), root]],
    ['another name', async () => [await issuedBy(root, { names: ['mail.example.com'] }), root]],
    ['a root that is not sent', async () => [leaf]],
    ['a self-signed one for another name', async () => [await selfSigned({ names: ['other.example.com'] })]],
    [
      'a root of an antivirus',
      async () => {
        const shield = await selfSigned({ commonName: 'Avast Web/Mail Shield Root', ca: true, names: [] });
        return [await issuedBy(shield), shield];
      },
    ],
  ])('%s is never a click away', async (_what, shown) => {
    const report = await run(await settingsAgainst(await shown()), until);
    expect(failedStage(report)).toBe('certificate');
    expect(report.diagnosis?.trust).toBeUndefined();
    expect(certificateToTrust(report)).toBeNull();
  });

  test('what is trusted already stays', () => {
    const settings = settingsFor(1, (draft) => {
      draft.tls.caPem = root.pem;
    });
    const { caPem } = applyFix(settings, trustFix(settings, { pem: leaf.pem })).tls;
    expect(caPem).toContain(root.pem.trim());
    expect(caPem).toContain(leaf.pem.trim());
  });
});

test('a connection that is opened and read is told even where the company trusts it', async () => {
  const shield = await selfSigned({ commonName: 'Avast Web/Mail Shield Root', ca: true, names: [] });
  const settings = await settingsAgainst([await issuedBy(shield), shield]);
  settings.tls.caPem = shield.pem;
  const report = await run(settings, until);
  expect(report.ok).toBe(true);
  expect(stageOf(report, 'certificate').warnings.map(({ rule }) => rule)).toContain('CERT_AV_INTERCEPT');
});

test('an intermediate certificate that the server does not send is named', async () => {
  const intermediate = await issuedBy(root, { commonName: 'Test Issuing CA', ca: true, names: [] });
  const settings = await settingsAgainst([await issuedBy(intermediate)]);
  settings.tls.caPem = root.pem;
  const report = await run(settings, until);
  expect(report.diagnosis?.rule).toBe('CERT_INCOMPLETE_CHAIN');
  expect(
    stageOf(report, 'certificate')
      .facts.faults?.map(({ text }) => text)
      .join(),
  ).toContain('does not send the certificate of the issuer, Test Issuing CA');
});

describe('a client certificate that the server asks for', () => {
  const asking = { requestCert: true, ca: root.pem };

  test.each(['TLSv1.2', 'TLSv1.3'] as const)('is told as such with %s, however late it comes', async (maxVersion) => {
    const settings = await settingsAgainst([leaf], { ...asking, maxVersion });
    settings.tls.caPem = root.pem;
    const report = await run(settings, until);
    expect(report.ok).toBe(false);
    expect(['TLS_CLIENT_CERT_REQUIRED', 'TLS_HANDSHAKE_FAILURE']).toContain(report.diagnosis?.rule);
    if (maxVersion === 'TLSv1.3') {
      expect(report.diagnosis?.rule).toBe('TLS_CLIENT_CERT_REQUIRED');
      expect(stageOf(report, 'tls').facts.clientCertificate).toBe('lacking');
    }
  });

  test('is told where the server only closes after the handshake', async () => {
    const server = await script(
      { tls: { key: leaf.keyPem, cert: leaf.pem, ...asking, optional: true } },
      { end: true },
    );
    const settings = settingsFor(server.port, (draft) => {
      draft.server.security = 'tls';
      draft.server.host = 'localhost';
      draft.tls.caPem = root.pem;
    });
    const report = await run(settings, until);
    expect(failedStage(report)).toBe('greeting');
    expect(report.diagnosis?.rule).toBe('TLS_CLIENT_CERT_REQUIRED');
  });

  test('is no fault where the server goes on without', async () => {
    const settings = await settingsAgainst([leaf], { ...asking, optional: true });
    settings.tls.caPem = root.pem;
    const report = await run(settings, until);
    expect(report.ok).toBe(true);
    expect(stageOf(report, 'tls').facts.clientCertificate).toBe('lacking');
    const plain = await settingsAgainst([leaf]);
    plain.tls.caPem = root.pem;
    expect(stageOf(await run(plain, until), 'tls').facts.clientCertificate).toBe('not-asked');
  });
});

describe('what is weak is the same in every runtime', () => {
  test('SHA-1 is refused, unless the profile allows TLS of its time', async () => {
    const old = await issuedBy(root, { hash: 'SHA-1' });
    const settings = await settingsAgainst([old]);
    settings.tls.caPem = root.pem;
    const report = await run(settings, until);
    expect(report.diagnosis?.rule).toBe('TLS_MD_TOO_WEAK');
    const allowing = await settingsAgainst([old]);
    allowing.tls = { ...allowing.tls, caPem: root.pem, minVersion: 'TLSv1' };
    expect((await run(allowing, until)).ok).toBe(true);
  });
});
