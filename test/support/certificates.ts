import 'reflect-metadata';
import { KeyObject, webcrypto } from 'node:crypto';
import * as x509 from '@peculiar/x509';

x509.cryptoProvider.set(webcrypto as Crypto);

/** A certificate with its key, able to sign others. */
export interface Issued {
  pem: string;
  keyPem: string;
  certificate: x509.X509Certificate;
  keys: CryptoKeyPair;
  algorithm: Algorithm;
}

/** How a certificate departs from a good one for `localhost` and 127.0.0.1. */
export interface CertificateOptions {
  commonName?: string;
  /** DNS names and addresses; [] leaves subjectAltName out. */
  names?: string[];
  /** Days from now, may be negative. */
  from?: number;
  to?: number;
  ca?: boolean;
  /** Extended key usages by OID. */
  purposes?: string[];
  key?: 'ec' | 'rsa1024' | 'rsa2048';
  hash?: 'SHA-256' | 'SHA-1';
}

const DAY = 86_400_000;
let serial = 1;

/** Makes a self-signed certificate: a root with `ca: true`, else a lone server certificate. */
export async function selfSigned(options: CertificateOptions = {}): Promise<Issued> {
  const { keys, algorithm } = await keysFor(options);
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    ...common(options, algorithm),
    name: `CN=${options.commonName ?? 'Practice'}`,
    keys,
  });
  return issued(certificate, keys, algorithm);
}

/** Makes a certificate signed by another one, whether or not that one may. */
export async function issuedBy(issuer: Issued, options: CertificateOptions = {}): Promise<Issued> {
  const { keys, algorithm } = await keysFor(options);
  const signing = options.hash ? { ...issuer.algorithm, hash: options.hash } : issuer.algorithm;
  const certificate = await x509.X509CertificateGenerator.create({
    ...common(options, signing),
    subject: `CN=${options.commonName ?? 'localhost'}`,
    issuer: issuer.certificate.subject,
    publicKey: keys.publicKey,
    signingKey: await signingKey(issuer, options.hash),
  });
  return issued(certificate, keys, algorithm);
}

/** A root and a good server certificate for localhost and 127.0.0.1. */
export async function goodChain(): Promise<{ root: Issued; leaf: Issued }> {
  const root = await selfSigned({ commonName: 'Test Root', ca: true, names: [] });
  return { root, leaf: await issuedBy(root) };
}

function common(options: CertificateOptions, signingAlgorithm: Algorithm) {
  const names = options.names ?? ['localhost', '127.0.0.1'];
  const extensions: x509.Extension[] = [new x509.BasicConstraintsExtension(options.ca ?? false, undefined, true)];
  if (options.ca) {
    extensions.push(new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true));
  }
  if (options.purposes) extensions.push(new x509.ExtendedKeyUsageExtension(options.purposes));
  if (names.length > 0) {
    const entries = names.map((value) => ({
      type: /^[\d.]+$|:/.test(value) ? ('ip' as const) : ('dns' as const),
      value,
    }));
    extensions.push(new x509.SubjectAlternativeNameExtension(entries));
  }
  serial += 1;
  return {
    serialNumber: serial.toString(16).padStart(4, '0'),
    notBefore: new Date(Date.now() + (options.from ?? -1) * DAY),
    notAfter: new Date(Date.now() + (options.to ?? 90) * DAY),
    signingAlgorithm,
    extensions,
  };
}

async function keysFor({ key = 'ec', hash = 'SHA-256' }: CertificateOptions) {
  const algorithm =
    key === 'ec'
      ? { name: 'ECDSA', namedCurve: 'P-256', hash }
      : {
          name: 'RSASSA-PKCS1-v1_5',
          hash,
          modulusLength: Number(key.slice(3)),
          publicExponent: new Uint8Array([1, 0, 1]),
        };
  const keys = (await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])) as CryptoKeyPair;
  return { keys, algorithm };
}

/** WebCrypto ties an RSA key to one hash; another hash needs the key imported again. */
async function signingKey(issuer: Issued, hash: string | undefined): Promise<CryptoKey> {
  if (hash === undefined || issuer.algorithm.name === 'ECDSA') return issuer.keys.privateKey;
  const pkcs8 = await webcrypto.subtle.exportKey('pkcs8', issuer.keys.privateKey);
  return (await webcrypto.subtle.importKey('pkcs8', pkcs8, { ...issuer.algorithm, hash }, true, ['sign'])) as CryptoKey;
}

function issued(certificate: x509.X509Certificate, keys: CryptoKeyPair, algorithm: Algorithm): Issued {
  const keyPem = KeyObject.from(keys.privateKey).export({ type: 'pkcs8', format: 'pem' }) as string;
  return { pem: `${certificate.toString('pem')}\n`, keyPem, certificate, keys, algorithm };
}
