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
  /** Who signs: the practice CA, itself, an intermediate of the practice CA, or a CA that nobody was given. */
  readonly issuer?: 'ca' | 'self' | 'intermediate' | 'unknown-ca';
  /** Name of a CA that nobody was given. */
  readonly issuerName?: string;
  /** Whether the issuer's certificate is sent with it. */
  readonly sendsIssuer?: boolean;
  /** Extended key usage (RFC 5280 4.2.1.12). */
  readonly purpose?: 'server' | 'client';
  readonly key?: 'EC P-256' | 'RSA 1024';
}

/** The certificates that a scenario can ask for, as data: what is not said is as in a good one. */
export const CERTIFICATE_RECIPES = {
  good: {},
  'self-signed': { issuer: 'self' },
  expired: { validFromDays: -400, validToDays: -35 },
  'expires-soon': { validToDays: 3 },
  'not-yet-valid': { validFromDays: 30, validToDays: 395 },
  'wrong-host': { names: ['mail.elsewhere.example'], commonName: 'mail.elsewhere.example' },
  'name-only-in-subject': { names: [], commonName: 'localhost' },
  'wrong-purpose': { purpose: 'client' },
  intermediate: { issuer: 'intermediate', sendsIssuer: true },
  'incomplete-chain': { issuer: 'intermediate' },
  'unknown-ca': { issuer: 'unknown-ca', sendsIssuer: true },
  antivirus: { issuer: 'unknown-ca', issuerName: 'Avast Web/Mail Shield Root', sendsIssuer: true },
  'weak-key': { key: 'RSA 1024' },
} as const satisfies Record<string, CertificateRecipe>;

/** Name of a certificate that a scenario can ask for. */
export type CertificateVariant = keyof typeof CERTIFICATE_RECIPES;
