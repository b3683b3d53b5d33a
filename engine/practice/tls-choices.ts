import { getDiffieHellman } from 'node:crypto';
import { createSecureContext, type SecureContext } from 'node:tls';
import { type CertificateRecipe, type CertificateVariant, recipeOf } from './certificate-variants.ts';
import type { CertificateAuthority } from './certificates.ts';
import type { TlsChoices } from './connection.ts';
import type { Behaviour } from './scenario.ts';

/** How a server that behaves like this does TLS. Rejects where this runtime's TLS cannot do it. */
export async function tlsChoicesOf(behaviour: Behaviour, authority: CertificateAuthority): Promise<TlsChoices> {
  const { certificate = 'good', certificateWithoutSni = certificate, clientCertificate } = behaviour;
  const named = await contextOf(behaviour, certificate, authority);
  const context =
    certificateWithoutSni === certificate ? named : await contextOf(behaviour, certificateWithoutSni, authority);
  return {
    context,
    ...(context !== named && { SNICallback: (_name, callback) => callback(null, named) }),
    requestCert: clientCertificate !== undefined,
    rejectUnauthorized: clientCertificate === 'demanded',
  };
}

async function contextOf(
  behaviour: Behaviour,
  certificate: CertificateVariant | CertificateRecipe | 'none',
  authority: CertificateAuthority,
): Promise<SecureContext> {
  const { minTlsVersion, maxTlsVersion = 'TLSv1.3', ciphers, dhBits } = behaviour;
  const old = maxTlsVersion === 'TLSv1' || maxTlsVersion === 'TLSv1.1';
  const weak = old || ciphers !== undefined || isWeak(certificate);
  return createSecureContext({
    ...(certificate !== 'none' && (await identityOf(certificate, authority))),
    minVersion: minTlsVersion ?? (old ? 'TLSv1' : 'TLSv1.2'),
    maxVersion: maxTlsVersion,
    // OpenSSL 3 has old TLS and weak keys at security level 0 only; BoringSSL knows no levels and would refuse the word.
    ...(weak && { ciphers: `${ciphers ?? 'DEFAULT'}:@SECLEVEL=0` }),
    ...(dhBits !== undefined && { dhparam: oakleyGroup2() }),
  });
}

/** True for a certificate that OpenSSL serves at security level 0 only. */
function isWeak(certificate: CertificateVariant | CertificateRecipe | 'none'): boolean {
  if (certificate === 'none') return false;
  const { key, digest } = recipeOf(certificate);
  return key === 'RSA 768' || digest === 'SHA-1';
}

async function identityOf(certificate: CertificateVariant | CertificateRecipe, authority: CertificateAuthority) {
  const { certPem, keyPem } = await authority.issue(certificate);
  return { cert: certPem, key: keyPem };
}

/** The 1024-bit group of RFC 2409 6.2, as PKCS #3 writes it: a sequence of the prime and the generator 2. */
function oakleyGroup2(): string {
  const prime = getDiffieHellman('modp2').getPrime();
  const der = Buffer.concat([Buffer.from('30818702818100', 'hex'), prime, Buffer.from('020102', 'hex')]);
  return ['-----BEGIN DH PARAMETERS-----', der.toString('base64'), '-----END DH PARAMETERS-----'].join('\n');
}
