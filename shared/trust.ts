import type { CertificateInfo } from './certificate.ts';
import type { Fix } from './fix.ts';
import type { ProfileSettings } from './profile.ts';
import type { TestReport } from './report.ts';

/** The certificate that a report's diagnosis offers to trust, or null. */
export function certificateToTrust({ diagnosis, stages }: TestReport): CertificateInfo | null {
  const depth = diagnosis?.trust?.depth;
  if (depth === undefined) return null;
  const chain = stages.find(({ stage }) => stage === 'certificate')?.facts.chain;
  return chain?.[depth] ?? null;
}

/** The change that makes a profile trust a certificate beside what it trusts already. */
export function trustFix({ tls }: ProfileSettings, { pem }: Pick<CertificateInfo, 'pem'>): Fix {
  const before = tls.caPem.trim();
  const value = before === '' ? pem : `${before}\n${pem}`;
  return { label: 'Trust this CA', set: [{ field: 'tls.caPem', value }] };
}
