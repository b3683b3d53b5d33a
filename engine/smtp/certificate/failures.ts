import type { CertificateFault, CertificateInfo } from '../../../shared/certificate.ts';
import { isAddress } from '../../../shared/host.ts';
import type { Failure, RuleFacts } from '../failure.ts';

/** OpenSSL's codes for our faults: the diagnosis rules know them, and so do the products' logs. */
const CODES: Record<CertificateFault['fault'], string> = {
  'self-signed': 'DEPTH_ZERO_SELF_SIGNED_CERT',
  'private-ca': 'SELF_SIGNED_CERT_IN_CHAIN',
  'incomplete-chain': 'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  revoked: 'CERT_REVOKED',
  expired: 'CERT_HAS_EXPIRED',
  'not-yet-valid': 'CERT_NOT_YET_VALID',
  'name-mismatch': 'ERR_TLS_CERT_ALTNAME_INVALID',
  'wrong-purpose': 'INVALID_PURPOSE',
  'not-a-ca': 'INVALID_CA',
  'bad-signature': 'CERT_SIGNATURE_FAILURE',
  'weak-signature': 'UNSPECIFIED',
  'weak-key': 'EE_KEY_TOO_SMALL',
  'cn-only': '',
};

/** The order in which faults are told: without trust in the issuer the rest matters less. */
const ORDER = Object.keys(CODES);

/** One failure for each kind of fatal fault, the most basic first. */
export function certificateFailures(faults: readonly CertificateFault[], facts: RuleFacts): Failure[] {
  const fatal = faults.filter((fault) => fault.fatal).sort((a, b) => ORDER.indexOf(a.fault) - ORDER.indexOf(b.fault));
  const first = fatal.filter((fault, at) => fatal.findIndex((other) => other.fault === fault.fault) === at);
  return first.map(({ fault, text }) => ({
    code: CODES[fault],
    // The rule for weak digests goes by OpenSSL's text, since its code is UNSPECIFIED.
    detail: fault === 'weak-signature' ? `CA signature digest algorithm too weak: ${text}` : text,
    facts,
  }));
}

/** What the rules want to know about a chain, leaf first. */
export function certificateFacts(chain: readonly CertificateInfo[], hasSan: boolean): RuleFacts {
  const [leaf] = chain;
  if (!leaf) return {};
  const rsaBits = /^RSA\S* (\d+)$/.exec(leaf.key)?.[1];
  return {
    certHasSan: hasSan,
    // An intermediate certificate that ends first ends the chain.
    certDaysLeft: Math.min(...chain.filter(({ sent }) => sent).map(({ daysLeft }) => daysLeft)),
    certHasIpName: leaf.names.some(isAddress),
    certNameIsHosting: leaf.names.some((name) => HOSTING.test(name)),
    ...(rsaBits === undefined ? {} : { certKeyBits: Number(rsaBits) }),
  };
}

/** Names of shared hosting, where a certificate is for the machine and not for the customer's mail host. */
const HOSTING =
  /(^|\.)(hostgator|bluehost|siteground|dreamhost|secureserver|one|ionos|kundenserver|your-server|ovh|web-hosting|hostinger|strato|aruba|cpanel)\.(com|net|org|de|eu|it)$/i;
