import { X509Certificate } from 'node:crypto';
import tls from 'node:tls';
import { remember } from '../remember.ts';

const PEM_BLOCK = /-----BEGIN (?:TRUSTED |X509 )?CERTIFICATE-----[\s\S]*?-----END (?:TRUSTED |X509 )?CERTIFICATE-----/g;

/** The single certificates of a PEM text, as PEM. */
export function splitPem(pem: string): string[] {
  return pem.match(PEM_BLOCK) ?? [];
}

/**
 * Trusted certificates of a profile: the roots built into the runtime *and* those of its `caPem`. A private CA is added to
 * the public ones, as Node's `NODE_EXTRA_CA_CERTS` and most products do it, so that a server that later gets a public
 * certificate still passes.
 */
export function trustAnchorPems(caPem: string): string[] {
  return [...tls.rootCertificates, ...splitPem(caPem)];
}

/** By their PEM text: a batch has many profiles with the same CA. Certificates are no secret. */
const parsed = new Map<string, X509Certificate[]>();

/** The certificates of a PEM text. Throws what OpenSSL says of one that it cannot read. */
export function certificatesOf(pem: string): X509Certificate[] {
  const known = parsed.get(pem);
  return (
    known ??
    remember(
      parsed,
      pem,
      splitPem(pem).map((block) => new X509Certificate(block)),
    )
  );
}

/** Certificates that are trusted without another one vouching for them. */
export class TrustAnchors {
  readonly #own: X509Certificate[];

  /** @param caPem The profile's own; throws when it holds something that is no certificate. */
  constructor(caPem: string) {
    this.#own = certificatesOf(caPem);
  }

  /** Trusted certificates that bear this subject, the profile's own first: the others are parsed only when asked for. */
  *named(subject: string): Generator<X509Certificate> {
    for (const certificate of this.#own) if (certificate.subject === subject) yield certificate;
    yield* builtIn().get(subject) ?? [];
  }

  /** True when exactly this certificate is trusted. */
  has(certificate: X509Certificate): boolean {
    for (const { fingerprint256 } of this.named(certificate.subject)) {
      if (fingerprint256 === certificate.fingerprint256) return true;
    }
    return false;
  }
}

// Parsing some 150 roots takes tens of milliseconds: once is enough.
let rootsBySubject: Map<string, X509Certificate[]> | null = null;

function builtIn(): Map<string, X509Certificate[]> {
  if (rootsBySubject) return rootsBySubject;
  rootsBySubject = new Map();
  for (const pem of tls.rootCertificates) {
    const root = new X509Certificate(pem);
    rootsBySubject.set(root.subject, [...(rootsBySubject.get(root.subject) ?? []), root]);
  }
  return rootsBySubject;
}
