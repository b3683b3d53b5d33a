import type * as X509 from '@peculiar/x509';
import { loadX509 } from '../../x509-library.ts';
import type { CertificatePath } from './chain.ts';

/** Revocation lists (RFC 5280 5) may stand beside the CA certificates of a profile. */
const LIST = /-----BEGIN (?:X509 )?CRL-----[\s\S]*?-----END (?:X509 )?CRL-----/g;

/** A PEM text without its revocation lists. */
export function withoutRevocationLists(pem: string): string {
  return pem.replace(LIST, '');
}

/** What is wrong with a revocation list of a PEM text, or ''. */
export async function revocationProblem(pem: string): Promise<string> {
  try {
    await listsIn(pem);
    return '';
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/**
 * Depths of the certificates on a path that their own issuer has revoked. Only a list that the issuer signed counts.
 * OpenSSL could tell too, but it refuses every chain for which it was given no list at all.
 * @param pem Lists of the profile, each readable (the config stage has looked).
 */
export async function revokedIn({ certificates }: CertificatePath, pem: string): Promise<number[]> {
  const lists = await listsIn(pem);
  if (lists.length === 0) return [];
  const { X509Certificate: Certificate } = await loadX509();
  const revoked: number[] = [];
  for (const [depth, { certificate }] of certificates.entries()) {
    // A root that signed itself vouches for itself, and can revoke itself.
    const issuer = certificates[depth + 1]?.certificate ?? certificate;
    const { publicKey } = new Certificate(issuer.raw);
    // Byte for byte as in the certificate, leading zeros and all; Node's own drops them.
    const { serialNumber } = new Certificate(certificate.raw);
    for (const list of lists) {
      if (list.findRevoked(serialNumber) && (await list.verify({ publicKey }))) revoked.push(depth);
    }
  }
  return [...new Set(revoked)];
}

async function listsIn(pem: string): Promise<X509.X509Crl[]> {
  const blocks = pem.match(LIST) ?? [];
  if (blocks.length === 0) return [];
  const { X509Crl } = await loadX509();
  return blocks.map((block) => {
    const list = new X509Crl(block);
    // A list must have one (RFC 5280 5.1.2.5), and the library reads no entries of a list without.
    if (!list.nextUpdate) throw new Error('The list does not say when the next one comes');
    return list;
  });
}
