/** Names that the practice server is reached by; a good certificate holds them all. */
export const PRACTICE_NAMES: readonly string[] = ['localhost', 'mail.relaysmith.test', '127.0.0.1', '::1'];

/** How one server certificate differs from a good one. */
export interface CertificateRecipe {
  /** DNS names and addresses in subjectAltName; [] leaves the extension out. */
  readonly names?: readonly string[];
  readonly commonName?: string;
  /** Days from now; negative is in the past. */
  readonly validFromDays?: number;
  readonly validToDays?: number;
  /** Who signs: the practice CA, itself, an intermediate of it, a CA that nobody was given, or an intermediate of that. */
  readonly issuer?: 'ca' | 'self' | 'intermediate' | 'unknown-ca' | 'unknown-intermediate';
  /** Name of a CA that nobody was given. */
  readonly issuerName?: string;
  /** Whether the issuer's certificate is sent with it. */
  readonly sendsIssuer?: boolean;
  /** Extended key usage (RFC 5280 4.2.1.12). */
  readonly purpose?: 'server' | 'client';
  readonly key?: 'EC P-256' | 'RSA 768' | 'RSA 1024' | 'RSA 2048';
  /** Digest of its signature; SHA-256 unless said. */
  readonly digest?: 'SHA-1';
}

/** The certificates that a scenario can ask for, as data: what is not said is as in a good one. */
export const CERTIFICATE_RECIPES = {
  good: {},
  /** Good, but named by the CA's revocation list. */
  revoked: {},
  'self-signed': { issuer: 'self' },
  expired: { validFromDays: -400, validToDays: -35 },
  'expires-soon': { validToDays: 3 },
  'not-yet-valid': { validFromDays: 30, validToDays: 395 },
  'wrong-host': { names: ['mail.elsewhere.example'], commonName: 'mail.elsewhere.example' },
  'name-only-in-subject': { names: [] },
  'wrong-purpose': { purpose: 'client' },
  intermediate: { issuer: 'intermediate', sendsIssuer: true },
  'incomplete-chain': { issuer: 'intermediate' },
  'unknown-ca': { issuer: 'unknown-ca', sendsIssuer: true },
  antivirus: { issuer: 'unknown-ca', issuerName: 'Avast Web/Mail Shield Root', sendsIssuer: true },
  'private-ca': { issuer: 'unknown-intermediate', sendsIssuer: true },
  'names-only': { names: ['localhost', 'mail.relaysmith.test'] },
  rsa: { key: 'RSA 2048' },
  'weak-key': { key: 'RSA 1024' },
  'rsa-768': { key: 'RSA 768' },
  'sha-1': { digest: 'SHA-1' },
} as const satisfies Record<string, CertificateRecipe>;

/** Name of a certificate that a scenario can ask for. */
export type CertificateVariant = keyof typeof CERTIFICATE_RECIPES;

/** The recipe of a variant; a recipe as it is. */
export function recipeOf(certificate: CertificateVariant | CertificateRecipe): CertificateRecipe {
  return typeof certificate === 'string' ? CERTIFICATE_RECIPES[certificate] : certificate;
}
