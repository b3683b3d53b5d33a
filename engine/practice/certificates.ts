import { KeyObject, randomBytes, webcrypto } from 'node:crypto';
import { isIP } from 'node:net';
import type { Extension, X509Certificate } from '@peculiar/x509';
import { loadX509 } from '../x509-library.ts';
import { type CertificateRecipe, type CertificateVariant, PRACTICE_NAMES, recipeOf } from './certificate-variants.ts';

const DAY_MS = 86_400_000;
const RSA = { name: 'RSASSA-PKCS1-v1_5', publicExponent: Uint8Array.of(1, 0, 1), hash: 'SHA-256' } as const;
/** Keys by the names that recipes give them; what they sign with is told beside. */
const KEYS = {
  'EC P-256': { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' },
  'RSA 768': { ...RSA, modulusLength: 768 },
  'RSA 1024': { ...RSA, modulusLength: 1024 },
  'RSA 2048': { ...RSA, modulusLength: 2048 },
} as const;

/** A certificate chain with its key, as node:tls takes them. */
export interface ServerCertificate {
  /** The server's certificate first, then what is sent with it. */
  readonly certPem: string;
  readonly keyPem: string;
}

/** Makes the practice server's certificates on the spot; keys live in memory only. */
export interface CertificateAuthority {
  /** The CA's certificate, for a profile to trust. */
  readonly caPem: string;
  /** The certificate of a variant or a recipe, the same at every call. */
  issue(certificate: CertificateVariant | CertificateRecipe): Promise<ServerCertificate>;
  /** The CA's revocation list, PEM: it names the certificate of the variant `revoked`. */
  revocationList(): Promise<string>;
}

interface Signer {
  readonly certificate: X509Certificate;
  readonly keys: webcrypto.CryptoKeyPair;
}

/** Creates a fresh certificate authority (EC P-256). All validity is counted from `now`. */
export async function createCertificateAuthority(now: () => Date): Promise<CertificateAuthority> {
  const ca = await makeAuthority('Relaysmith loopback CA', now(), null);
  const issued = new Map<CertificateVariant | CertificateRecipe, Promise<ServerCertificate>>();
  const issue = (wanted: CertificateVariant | CertificateRecipe) => {
    const certificate = issued.get(wanted) ?? makeServerCertificate(recipeOf(wanted), ca, now());
    issued.set(wanted, certificate);
    return certificate;
  };
  return {
    caPem: ca.certificate.toString('pem'),
    issue,
    revocationList: async () => makeRevocationList((await issue('revoked')).certPem, ca, now()),
  };
}

async function makeRevocationList(certPem: string, ca: Signer, now: Date): Promise<string> {
  const x509 = await loadX509();
  const { serialNumber } = new x509.X509Certificate(certPem);
  const list = await x509.X509CrlGenerator.create({
    issuer: ca.certificate.subject,
    thisUpdate: daysFrom(now, -1),
    nextUpdate: daysFrom(now, 365),
    entries: [{ serialNumber, revocationDate: daysFrom(now, -1) }],
    signingAlgorithm: KEYS['EC P-256'],
    signingKey: ca.keys.privateKey,
  });
  // As OpenSSL writes it (RFC 7468 6); the library leaves a word out.
  return list.toString('pem').replaceAll(' CRL-----', ' X509 CRL-----');
}

async function makeServerCertificate(recipe: CertificateRecipe, ca: Signer, now: Date): Promise<ServerCertificate> {
  const x509 = await loadX509();
  const key = recipe.key ?? 'EC P-256';
  const keys = await makeKeys(key);
  const name = nameOf(recipe.commonName ?? 'mail.relaysmith.test');
  const issuer = await issuerOf(recipe, ca, now);
  const certificate = await x509.X509CertificateGenerator.create({
    serialNumber: serialNumber(),
    subject: name,
    issuer: issuer?.certificate.subject ?? name,
    notBefore: daysFrom(now, recipe.validFromDays ?? -1),
    notAfter: daysFrom(now, recipe.validToDays ?? 365),
    signingAlgorithm: { ...KEYS[issuer ? 'EC P-256' : key], ...(recipe.digest && { hash: recipe.digest }) },
    publicKey: keys.publicKey,
    signingKey: (issuer?.keys ?? keys).privateKey,
    extensions: await serverExtensions(recipe),
  });
  const chain = issuer && recipe.sendsIssuer ? [certificate, issuer.certificate] : [certificate];
  return {
    certPem: chain.map((one) => one.toString('pem')).join('\n'),
    keyPem: KeyObject.from(keys.privateKey).export({ type: 'pkcs8', format: 'pem' }).toString(),
  };
}

async function serverExtensions(recipe: CertificateRecipe): Promise<Extension[]> {
  const x509 = await loadX509();
  const purpose = x509.ExtendedKeyUsage[recipe.purpose === 'client' ? 'clientAuth' : 'serverAuth'];
  const names = recipe.names ?? PRACTICE_NAMES;
  const extensions: Extension[] = [
    new x509.BasicConstraintsExtension(false, undefined, true),
    new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
    new x509.ExtendedKeyUsageExtension([purpose]),
  ];
  if (names.length > 0) {
    const generalNames = names.map((value) => ({ type: isIP(value) ? ('ip' as const) : ('dns' as const), value }));
    extensions.push(new x509.SubjectAlternativeNameExtension(generalNames));
  }
  return extensions;
}

async function issuerOf(recipe: CertificateRecipe, ca: Signer, now: Date): Promise<Signer | null> {
  switch (recipe.issuer) {
    case 'self':
      return null;
    case 'intermediate':
      return makeAuthority('Relaysmith loopback intermediate CA', now, ca);
    case 'unknown-ca':
      return makeAuthority(recipe.issuerName ?? 'Elsewhere company CA', now, null);
    case 'unknown-intermediate':
      return makeAuthority('Elsewhere company issuing CA', now, await makeAuthority('Elsewhere company CA', now, null));
    default:
      return ca;
  }
}

/** A CA certificate, signed by `parent` or by itself. Valid from long ago, so that an expired leaf is the only fault. */
async function makeAuthority(commonName: string, now: Date, parent: Signer | null): Promise<Signer> {
  const x509 = await loadX509();
  const keys = await makeKeys('EC P-256');
  const name = nameOf(commonName);
  const { keyCertSign, cRLSign } = x509.KeyUsageFlags;
  const certificate = await x509.X509CertificateGenerator.create({
    serialNumber: serialNumber(),
    subject: name,
    issuer: parent?.certificate.subject ?? name,
    notBefore: daysFrom(now, -800),
    notAfter: daysFrom(now, 800),
    signingAlgorithm: KEYS['EC P-256'],
    publicKey: keys.publicKey,
    signingKey: (parent?.keys ?? keys).privateKey,
    extensions: [
      new x509.BasicConstraintsExtension(true, undefined, true),
      new x509.KeyUsagesExtension(keyCertSign | cRLSign, true),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey, false),
    ],
  });
  return { certificate, keys };
}

function makeKeys(key: keyof typeof KEYS): Promise<webcrypto.CryptoKeyPair> {
  return webcrypto.subtle.generateKey(KEYS[key], true, ['sign', 'verify']);
}

function nameOf(commonName: string): string {
  return `CN=${commonName}, O=Relaysmith`;
}

function daysFrom(now: Date, days: number): Date {
  return new Date(now.getTime() + days * DAY_MS);
}

/** Positive, at most 20 octets (RFC 5280 4.1.2.2): the first bit is cleared, the second set so that no octet is lost. */
function serialNumber(): string {
  const bytes = randomBytes(16);
  bytes[0] = ((bytes[0] ?? 0) & 0x7f) | 0x40;
  return bytes.toString('hex');
}
