import type { CertificateInfo } from '../../shared/certificate.ts';
import type { TestReport } from '../../shared/report.ts';
import type { CertificateRecipe } from './certificate-variants.ts';
import type { Behaviour, ScenarioProfile } from './scenario.ts';

const DAY_MS = 86_400_000;
/** Faults of a kind that no recipe makes. */
const BEYOND: readonly string[] = ['bad-signature', 'not-a-ca'];

/**
 * A certificate with the names, dates and faults of the reported one, dated so that it is as old or as new as it was then.
 * @returns null where it had a fault that cannot be made here.
 */
export function replayCertificate(report: TestReport): { behaviour: Behaviour; profile: ScenarioProfile } | null {
  const { chain = [], faults = [] } = report.stages.find(({ stage }) => stage === 'certificate')?.facts ?? {};
  const [leaf] = chain;
  if (!leaf) return { behaviour: {}, profile: {} };
  if (faults.some(({ fault, depth }) => BEYOND.includes(fault) || (depth > 0 && fault === 'expired'))) return null;
  if (faults.some(({ fault }) => fault === 'revoked')) {
    return {
      behaviour: { certificate: 'revoked' },
      profile: { revocationList: true, serverName: 'mail.relaysmith.test' },
    };
  }
  const has = (fault: string) => faults.some((one) => one.fault === fault);
  const recipe: CertificateRecipe = {
    names: leaf.names,
    commonName: commonName(leaf.subject),
    ...datesOf(leaf, report.startedAt),
    ...issuerOf(leaf, has),
    ...(has('wrong-purpose') && { purpose: 'client' }),
    ...(has('weak-signature') && { digest: 'SHA-1' }),
    key: keyOf(leaf.key),
  };
  return { behaviour: { certificate: recipe }, profile: {} };
}

function datesOf({ validFrom, validTo }: CertificateInfo, startedAt: string): CertificateRecipe {
  const daysAfter = (date: string) => (new Date(date).getTime() - new Date(startedAt).getTime()) / DAY_MS;
  return { validFromDays: daysAfter(validFrom), validToDays: daysAfter(validTo) };
}

function issuerOf({ issuer }: CertificateInfo, has: (fault: string) => boolean): CertificateRecipe {
  if (has('self-signed')) return { issuer: 'self' };
  if (has('private-ca')) return { issuer: 'unknown-ca', issuerName: commonName(issuer), sendsIssuer: true };
  return has('incomplete-chain') ? { issuer: 'intermediate' } : { issuer: 'ca' };
}

function keyOf(key: string): NonNullable<CertificateRecipe['key']> {
  const bits = Number(/^RSA\D*(\d+)/.exec(key)?.[1] ?? 0);
  if (bits === 0) return 'EC P-256';
  if (bits < 1024) return 'RSA 768';
  return bits < 2048 ? 'RSA 1024' : 'RSA 2048';
}

/** The name alone, without what would end it in a distinguished name. */
function commonName(distinguished: string): string {
  const name = /CN=([^\n,]*)/.exec(distinguished)?.[1] ?? distinguished;
  return (
    name
      .replace(/[^\p{L}\p{N} .*/@_-]/gu, ' ')
      .trim()
      .slice(0, 64) || 'Unnamed'
  );
}
