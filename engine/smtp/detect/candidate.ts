import type { MatrixSecurity } from '../../../shared/matrix.ts';

/** Where a candidate comes from, the most telling first. */
export const SOURCES = ['provider', 'services', 'typed', 'exchangers', 'names'] as const;

/** A server that may be the right one, before it was tried. */
export interface Candidate {
  host: string;
  source: (typeof SOURCES)[number];
  /** The one combination that the source names, or null where it names only the host. */
  exact: { port: number; security: MatrixSecurity } | null;
  /** Preset of the provider, or ''. */
  preset: string;
  /** Why it is looked at: one sentence. */
  why: string;
  /** What to check about it, or ''. */
  caution: string;
}

/** Candidates without those that an earlier one covers already: one for the whole host is covered by any of it. */
export function distinct(candidates: readonly Candidate[]): Candidate[] {
  return candidates.filter((one, at) => !candidates.slice(0, at).some((earlier) => covers(earlier, one)));
}

function covers(earlier: Candidate, { host, exact }: Candidate): boolean {
  if (earlier.host !== host) return false;
  return exact === null || (earlier.exact?.port === exact.port && earlier.exact.security === exact.security);
}
