import * as z from 'zod/mini';
import type { Fix } from './fix.ts';
import { type Diagnosis, finding } from './report.ts';

/** Ports on which mail servers take outgoing mail, most usual first (RFC 6409, RFC 8314 3.3, RFC 5321; the last two by custom). */
export const MATRIX_PORTS: readonly number[] = [587, 465, 25, 2525, 2587];

/** Ways to secure a connection that the matrix tries, safest first. */
export const MATRIX_SECURITIES = ['tls', 'starttls', 'none'] as const;
/** See {@link MATRIX_SECURITIES}. */
export type MatrixSecurity = (typeof MATRIX_SECURITIES)[number];

/**
 * What one combination is worth. `works`: encrypted, with a certificate that is trusted. `untrusted`: encrypted, but
 * nobody vouches for the server. `plain`: it answers, and everyone in between can read along. `failed`: it does not work.
 * `not-tried`: the run was cancelled first.
 */
export const CELL_VERDICTS = ['works', 'untrusted', 'plain', 'failed', 'not-tried'] as const;
/** See {@link CELL_VERDICTS}. */
export type CellVerdict = (typeof CELL_VERDICTS)[number];

/** Verdicts in words, the same in window and terminal. */
export const VERDICT_WORDS: Record<CellVerdict, string> = {
  works: 'Works',
  untrusted: 'Not trusted',
  plain: 'No encryption',
  failed: 'Does not work',
  'not-tried': 'Not tried',
};

/** Ways to secure a connection in words, the same in window and terminal. */
export const SECURITY_WORDS: Record<MatrixSecurity, string> = {
  tls: 'TLS',
  starttls: 'STARTTLS',
  none: 'In the clear',
};

/** One combination of port and security, and what came of it. No user name and no password is ever sent for it. */
export const matrixCell = z.strictObject({
  host: z.string(),
  port: z.int(),
  security: z.enum(MATRIX_SECURITIES),
  verdict: z.enum(CELL_VERDICTS),
  /** One line: what the server answered, or where it ended. */
  note: z.string(),
  /** Why not, where a rule knows. */
  finding: z.nullable(finding),
  /** Sign-in mechanisms that the server offers here; [] when it offers none or was not asked. */
  mechanisms: z.array(z.string()),
  /** Such as TLSv1.3, or ''. */
  tlsVersion: z.string(),
  ms: z.number(),
});
/** See {@link matrixCell}. */
export type MatrixCell = z.infer<typeof matrixCell>;

/** Which combination to use, and what must be known before. */
export const recommendation = z.strictObject({
  port: z.int(),
  security: z.enum(MATRIX_SECURITIES),
  /** Why this one. */
  reason: z.string(),
  /** What is wrong with it all the same, or ''. */
  caution: z.string(),
});
/** See {@link recommendation}. */
export type Recommendation = z.infer<typeof recommendation>;

/** Everything that was tried at one host. */
export const matrixReport = z.strictObject({
  version: z.literal(1),
  host: z.string(),
  /** ISO 8601, UTC. */
  startedAt: z.string(),
  ms: z.number(),
  cancelled: z.boolean(),
  /** One for each port and security, ports in the order asked for. */
  cells: z.array(matrixCell),
  /** Null when nothing works. */
  recommended: z.nullable(recommendation),
  /** What the whole shows that no single cell does, such as a port that this network blocks. */
  conclusions: z.array(z.string()),
});
/** See {@link matrixReport}. */
export type MatrixReport = z.infer<typeof matrixReport>;

/** What a matrix streams: each cell as it is known. */
export const matrixEvent = z.strictObject({ type: z.literal('cell'), cell: matrixCell });
/** See {@link matrixEvent}. */
export type MatrixEvent = z.infer<typeof matrixEvent>;

/** True when a cell can be used, be it with a caution. */
export function isUsable({ verdict }: Pick<MatrixCell, 'verdict'>): boolean {
  return verdict === 'works' || verdict === 'untrusted' || verdict === 'plain';
}

/** The change that takes a combination into a profile. */
export function cellFix({ port, security }: Pick<MatrixCell, 'port' | 'security'>): Fix {
  const words = { tls: 'with TLS', starttls: 'with STARTTLS', none: 'without encryption' }[security];
  return {
    label: `Use port ${port} ${words}`,
    set: [
      { field: 'server.port', value: port },
      { field: 'server.security', value: security },
    ],
  };
}

/** Stages at which a wrong port or security shows itself. */
const PORT_STAGES: readonly string[] = ['tcp', 'tls', 'greeting', 'starttls'];

/** True when port or security may be the reason of a failure, so that trying the others is the next step. */
export function mayBePort({ stage, fix }: Pick<Diagnosis, 'stage' | 'fix'>): boolean {
  const changes = fix?.set.some(({ field }) => field === 'server.port' || field === 'server.security') ?? false;
  return changes || PORT_STAGES.includes(stage);
}
