import { isUsable, type MatrixCell, type Recommendation } from '../../../shared/matrix.ts';
import { compareRanks, TRUST } from './rank.ts';

/** Ports for a profile that signs in: submission first, TLS from the first byte before STARTTLS (RFC 8314 3.3). */
const SUBMISSION_FIRST = [465, 587, 2587, 2525];

/** Ports for one that does not: submission ports mostly want a sign-in (RFC 6409 4.3), the relay port does not. */
const RELAY_FIRST = [25, 2525, 587, 465];

/**
 * The safest combination that works: trusted before untrusted before plain, then one where the wanted sign-in is offered,
 * then by port. Null when none works.
 */
export function recommend(cells: readonly MatrixCell[], signsIn: boolean): Recommendation | null {
  const [best] = bestFirst(cells, signsIn);
  if (!best) return null;
  const { port, security } = best;
  return { port, security, reason: reasonOf(best, signsIn), caution: cautionOf(best, signsIn) };
}

/** The usable cells, best first. */
export function bestFirst(cells: readonly MatrixCell[], signsIn: boolean): MatrixCell[] {
  return cells.filter(isUsable).sort((a, b) => compareRanks(rank(a, signsIn), rank(b, signsIn)));
}

/** What is wrong with a usable cell, or ''. */
export function cautionOf({ verdict, finding, mechanisms }: MatrixCell, signsIn: boolean): string {
  if (verdict === 'plain') {
    return 'Nothing is encrypted: everyone on the way can read the mail, and a password must not go over it.';
  }
  if (verdict === 'untrusted') {
    return `The certificate is not trusted. ${finding?.cause ?? 'Anyone on the way could pose as the server.'}`;
  }
  return signsIn && mechanisms.length === 0 ? 'No sign-in is offered here, but the profile wants one.' : '';
}

function reasonOf({ security, verdict, mechanisms }: MatrixCell, signsIn: boolean): string {
  const how = {
    tls: 'TLS from the first byte',
    starttls: 'Encrypted by STARTTLS',
    none: 'It answers, without encryption',
  }[security];
  const trust = verdict === 'works' ? ' with a trusted certificate' : '';
  const signIn = signsIn && mechanisms.length > 0 ? `; sign-in with ${mechanisms.join(', ')}` : '';
  return `${how}${trust}${signIn}.`;
}

function rank({ verdict, mechanisms, port, security }: MatrixCell, signsIn: boolean): number[] {
  const ports = signsIn ? SUBMISSION_FIRST : RELAY_FIRST;
  const at = ports.indexOf(port);
  return [
    TRUST.indexOf(verdict),
    signsIn && mechanisms.length === 0 ? 1 : 0,
    at === -1 ? ports.length : at,
    security === 'tls' ? 0 : 1,
  ];
}
