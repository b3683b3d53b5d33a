import { X509Certificate } from 'node:crypto';
import tls from 'node:tls';

/** A certificate that is trusted without another one vouching for it. */
export type Anchor = X509Certificate;

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
  return [...builtInRoots(), ...splitPem(caPem)];
}

/** The same, parsed. Throws when `caPem` holds something that is no certificate. */
export function trustAnchors(caPem: string): Anchor[] {
  parsedRoots ??= builtInRoots().map((pem) => new X509Certificate(pem));
  return [...parsedRoots, ...splitPem(caPem).map((pem) => new X509Certificate(pem))];
}

// Parsing some 150 roots takes tens of milliseconds: once is enough.
let parsedRoots: Anchor[] | null = null;

function builtInRoots(): readonly string[] {
  return tls.rootCertificates;
}
