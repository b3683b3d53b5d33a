import { X509Certificate } from 'node:crypto';
import { type AddressInfo, isIP } from 'node:net';
import { connect, createServer } from 'node:tls';
import { expect, onTestFinished, test } from 'vitest';
import {
  CERTIFICATE_RECIPES,
  type CertificateVariant,
  PRACTICE_NAMES,
} from '../../../engine/practice/certificate-variants.ts';
import { createCertificateAuthority } from '../../../engine/practice/certificates.ts';

const authority = createCertificateAuthority(() => new Date());

/** Does a handshake with a server of this certificate, checking for `name`; returns the error code, '' when trusted. */
async function verify(variant: CertificateVariant, name: string): Promise<string> {
  const { certPem, keyPem } = await (await authority).issue(variant);
  // At level 0 OpenSSL serves weak certificates too.
  const server = createServer({ cert: certPem, key: keyPem, ciphers: 'DEFAULT:@SECLEVEL=0' });
  server.on('tlsClientError', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  const socket = connect({
    host: '127.0.0.1',
    port,
    ca: (await authority).caPem,
    rejectUnauthorized: true,
    ...nameOption(name),
  });
  onTestFinished(() => void socket.destroy());
  return new Promise((resolve) => {
    socket.once('secureConnect', () => resolve(''));
    socket.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? ''));
  });
}

/** SNI takes names only (RFC 6066 3); an address is checked as the host. */
function nameOption(name: string) {
  return /^[\d.]+$|:/.test(name) ? { host: '127.0.0.1' } : { servername: name };
}

test.each(['localhost', 'mail.relaysmith.test', '127.0.0.1'])('a good certificate is trusted for %s', async (name) => {
  expect(await verify('good', name)).toBe('');
});

test('a good certificate holds every name that the server is reached by', async () => {
  const leaf = new X509Certificate((await (await authority).issue('good')).certPem);
  for (const name of PRACTICE_NAMES) expect(isIP(name) ? leaf.checkIP(name) : leaf.checkHost(name)).toBe(name);
});

const EXPECTED: Record<CertificateVariant, string> = {
  good: '',
  // OpenSSL is not given the revocation list.
  revoked: '',
  'self-signed': 'DEPTH_ZERO_SELF_SIGNED_CERT',
  expired: 'CERT_HAS_EXPIRED',
  'expires-soon': '',
  'not-yet-valid': 'CERT_NOT_YET_VALID',
  'wrong-host': 'ERR_TLS_CERT_ALTNAME_INVALID',
  'name-only-in-subject': '',
  'wrong-purpose': 'INVALID_PURPOSE',
  intermediate: '',
  'incomplete-chain': 'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'unknown-ca': 'SELF_SIGNED_CERT_IN_CHAIN',
  antivirus: 'SELF_SIGNED_CERT_IN_CHAIN',
  // Long enough for OpenSSL's default level, though not for anybody else.
  'weak-key': '',
  'private-ca': 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'names-only': '',
  rsa: '',
  'rsa-768': 'UNSPECIFIED',
  'sha-1': 'UNSPECIFIED',
};

test.each(Object.entries(EXPECTED))('OpenSSL says of %s: "%s"', async (variant, code) => {
  expect(await verify(variant as CertificateVariant, 'mail.relaysmith.test')).toBe(code);
});

test('validity is counted from the given moment', async () => {
  const { issue } = await createCertificateAuthority(() => new Date('2030-06-01T00:00:00Z'));
  const leaf = new X509Certificate((await issue('expired')).certPem);
  expect(new Date(leaf.validTo).toISOString()).toBe('2030-04-27T00:00:00.000Z');
});

test('every certificate of one authority has its own key and serial number', async () => {
  const { issue } = await authority;
  const variants = Object.keys(CERTIFICATE_RECIPES) as CertificateVariant[];
  const leaves = await Promise.all(
    variants.map(async (variant) => new X509Certificate((await issue(variant)).certPem)),
  );
  expect(new Set(leaves.map((leaf) => leaf.fingerprint256)).size).toBe(variants.length);
  expect(new Set(leaves.map((leaf) => leaf.serialNumber)).size).toBe(variants.length);
  expect((await issue('good')).certPem).toBe((await issue('good')).certPem);
});
