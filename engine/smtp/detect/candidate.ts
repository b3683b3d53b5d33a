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

/** Candidates without those that an earlier one covers already. */
export function distinct(candidates: readonly Candidate[]): Candidate[] {
  const key = ({ host, exact }: Candidate) => `${host} ${exact?.port ?? ''} ${exact?.security ?? ''}`;
  return candidates.filter((one, at) => candidates.findIndex((other) => key(other) === key(one)) === at);
}
