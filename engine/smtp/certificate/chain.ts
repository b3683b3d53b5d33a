import type { KeyObject, X509Certificate } from 'node:crypto';
import type { TLSSocket } from 'node:tls';
import type { CertificateInfo } from '../../../shared/certificate.ts';
import { escapeControls } from '../../../shared/text.ts';
import type { TrustAnchors } from './anchors.ts';
import { namesOf } from './names.ts';
import { signatureAlgorithmOf } from './signature.ts';

/** Longest chain that is looked at. */
const MAX_CHAIN = 16;

/** Certificates as the server sent them, leaf first; [] when it sent none. */
export function sentChain(socket: TLSSocket): X509Certificate[] {
  // Unlike getPeerCertificate(true) this holds only what was sent, no root added from the trust store.
  const sent: X509Certificate[] = [];
  let certificate: X509Certificate | undefined = socket.getPeerX509Certificate();
  while (certificate && sent.length < MAX_CHAIN) {
    sent.push(certificate);
    certificate = certificate.issuerCertificate;
  }
  return sent;
}

/** How the way up from the leaf ends. */
export type PathEnd = 'anchor' | 'self-signed' | 'issuer-missing' | 'bad-signature';

/** The way from the leaf towards a trusted root. */
export interface CertificatePath {
  certificates: { certificate: X509Certificate; sent: boolean }[];
  end: PathEnd;
}

/** Follows issuers from the leaf, through trusted certificates first and then through those that were sent. */
export function buildPath(sent: readonly X509Certificate[], anchors: TrustAnchors): CertificatePath {
  const [leaf] = sent;
  if (!leaf) return { certificates: [], end: 'issuer-missing' };
  const certificates = [{ certificate: leaf, sent: true }];
  let current = leaf;
  while (certificates.length <= MAX_CHAIN) {
    if (isSelfSigned(current) && anchors.has(current)) return { certificates, end: 'anchor' };
    if (isSelfSigned(current)) return { certificates, end: 'self-signed' };
    const issuer = findIssuer(current, anchors.named(current.issuer)) ?? findIssuer(current, sent);
    if (!issuer) {
      const named =
        !anchors.named(current.issuer).next().done || sent.some((other) => current.issuer === other.subject);
      return { certificates, end: named ? 'bad-signature' : 'issuer-missing' };
    }
    const fingerprint = issuer.fingerprint256;
    if (certificates.some(({ certificate }) => certificate.fingerprint256 === fingerprint)) break;
    certificates.push({ certificate: issuer, sent: sent.some((other) => other.fingerprint256 === fingerprint) });
    current = issuer;
  }
  return { certificates, end: 'issuer-missing' };
}

/** True when a certificate is its own issuer and its signature proves it. */
export function isSelfSigned(certificate: X509Certificate): boolean {
  const known = selfSigned.get(certificate);
  if (known !== undefined) return known;
  const verdict = certificate.issuer === certificate.subject && verifies(certificate, certificate.publicKey);
  selfSigned.set(certificate, verdict);
  return verdict;
}

/** Checking a signature is costly, and one chain asks the same several times. */
const selfSigned = new WeakMap<X509Certificate, boolean>();

/** What a report shows of a certificate. */
export function describeCertificate(certificate: X509Certificate, sent: boolean, now: Date): CertificateInfo {
  const validTo = new Date(certificate.validTo);
  return {
    subject: oneLine(certificate.subject),
    issuer: oneLine(certificate.issuer),
    names: namesOf(certificate).map(escapeControls),
    validFrom: isoDate(certificate.validFrom),
    validTo: isoDate(certificate.validTo),
    daysLeft: Math.floor((validTo.getTime() - now.getTime()) / 86_400_000) || 0,
    key: describeKey(certificate.publicKey),
    signatureAlgorithm: signatureAlgorithmOf(certificate.raw),
    fingerprint: certificate.fingerprint256,
    isCa: certificate.ca,
    selfSigned: isSelfSigned(certificate),
    sent,
    pem: certificate.toString(),
  };
}

/** Such as "RSA 2048", "EC P-256" or "ED25519". */
export function describeKey(key: KeyObject): string {
  const type = (key.asymmetricKeyType ?? 'unknown').toUpperCase();
  const { modulusLength, namedCurve } = key.asymmetricKeyDetails ?? {};
  if (modulusLength !== undefined) return `${type} ${modulusLength}`;
  return namedCurve === undefined ? type : `${type} ${CURVES[namedCurve] ?? namedCurve}`;
}

const CURVES: Record<string, string> = { prime256v1: 'P-256', secp384r1: 'P-384', secp521r1: 'P-521' };

function findIssuer(child: X509Certificate, candidates: Iterable<X509Certificate>): X509Certificate | undefined {
  for (const candidate of candidates) {
    const isNamed = child.issuer === candidate.subject && child !== candidate;
    if (isNamed && verifies(child, candidate.publicKey)) return candidate;
  }
  return undefined;
}

function verifies(certificate: X509Certificate, key: KeyObject): boolean {
  try {
    return certificate.verify(key);
  } catch {
    return false;
  }
}

function oneLine(name: string): string {
  return escapeControls(name.split('\n').join(', '));
}

function isoDate(text: string): string {
  const date = new Date(text);
  return Number.isNaN(date.getTime()) ? '' : date.toISOString();
}
