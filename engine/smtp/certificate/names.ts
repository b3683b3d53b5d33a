import type { X509Certificate } from 'node:crypto';
import { isIP } from 'node:net';

/** How well a certificate fits a name: by subjectAltName, by common name alone, or not at all. */
export type NameMatch = 'san' | 'cn-only' | 'none';

/**
 * Compares a certificate with the expected host name or address (RFC 9525 6, RFC 6125 6.4): only subjectAltName counts, a
 * wildcard stands for one whole left-most label, an address needs an IP entry. A common name is no match any more
 * (RFC 9525 6.3), but Node and others still take it when there is no SAN, so it is told apart.
 */
export function matchName(leaf: X509Certificate, expected: string): NameMatch {
  const name = expected.replace(/\.$/, '');
  if (isIP(name) !== 0) return leaf.checkIP(name) === undefined ? 'none' : 'san';
  if (leaf.checkHost(name, { subject: 'never', partialWildcards: false }) !== undefined) return 'san';
  if (namesOf(leaf).some((san) => !isAddressName(san))) return 'none';
  return leaf.checkHost(name, { subject: 'always', partialWildcards: false }) === undefined ? 'none' : 'cn-only';
}

/** DNS names and addresses of subjectAltName. */
export function namesOf(certificate: X509Certificate): string[] {
  const entries = certificate.subjectAltName?.match(/(?:[^,"]|"(?:[^"\\]|\\.)*")+/g) ?? [];
  return entries.flatMap((entry) => {
    const [, kind, value = ''] = /^\s*(DNS|IP Address):(.*)$/s.exec(entry) ?? [];
    return kind === undefined ? [] : [unquoted(value)];
  });
}

function isAddressName(name: string): boolean {
  return isIP(name) !== 0;
}

// Node quotes names with odd characters since CVE-2021-44532.
function unquoted(value: string): string {
  if (!value.startsWith('"')) return value;
  try {
    return String(JSON.parse(value));
  } catch {
    return value;
  }
}
