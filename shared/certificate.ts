import * as z from 'zod/mini';

/** One certificate of the chain, leaf first. */
export const certificateInfo = z.strictObject({
  subject: z.string(),
  issuer: z.string(),
  /** DNS and IP names of subjectAltName. */
  names: z.array(z.string()),
  /** ISO 8601. */
  validFrom: z.string(),
  validTo: z.string(),
  /** Whole days until it ends, negative when it has ended. */
  daysLeft: z.int(),
  /** Such as "RSA 2048" or "EC P-256". */
  key: z.string(),
  signatureAlgorithm: z.string(),
  /** SHA-256, hex with colons. */
  fingerprint: z.string(),
  isCa: z.boolean(),
  selfSigned: z.boolean(),
  /** True when the server sent it; false for a root found in the trust store. */
  sent: z.boolean(),
  pem: z.string(),
});
/** See {@link certificateInfo}. */
export type CertificateInfo = z.infer<typeof certificateInfo>;

/** Everything that can be wrong with a certificate chain; all that apply are listed, not only the first. */
export const CERTIFICATE_FAULTS = [
  'expired',
  'not-yet-valid',
  'name-mismatch',
  'self-signed',
  'private-ca',
  'incomplete-chain',
  'wrong-purpose',
  'not-a-ca',
  'weak-key',
  'weak-signature',
  'cn-only',
  'bad-signature',
  'revoked',
] as const;

/** One fault of the chain: which, at which certificate (0 = leaf), and in words. */
export const certificateFault = z.strictObject({
  fault: z.enum(CERTIFICATE_FAULTS),
  depth: z.int(),
  text: z.string(),
  /** False for a warning that does not break trust. */
  fatal: z.boolean(),
});
/** See {@link certificateFault}. */
export type CertificateFault = z.infer<typeof certificateFault>;

/** Whether the server asked for a client certificate, and whether it got one. `not-asked` may mean not known (Electron). */
export const CLIENT_CERTIFICATE_USES = ['not-asked', 'shown', 'lacking'] as const;
/** See {@link CLIENT_CERTIFICATE_USES}. */
export type ClientCertificateUse = (typeof CLIENT_CERTIFICATE_USES)[number];
