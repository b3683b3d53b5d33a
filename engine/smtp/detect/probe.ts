import { isUsable, type MatrixCell, type MatrixSecurity } from '../../../shared/matrix.ts';
import type { ProfileSettings } from '../../../shared/profile.ts';
import { type Slots, type TrialEnvironment, tryOut } from '../matrix/index.ts';
import type { Candidate } from './candidate.ts';

/** A candidate with everything that came of trying it. */
export interface Probed {
  candidate: Candidate;
  cells: MatrixCell[];
}

/** What all probes of one detection share. */
export interface ProbeEnvironment extends TrialEnvironment {
  slots: Slots;
  /** Null takes the usual ones. */
  ports: readonly number[] | null;
  onCell(cell: MatrixCell): void;
}

type Combination = readonly [port: number, security: MatrixSecurity];

const USUAL: readonly Combination[] = [
  [465, 'tls'],
  [587, 'starttls'],
  [25, 'starttls'],
];
const USUAL_PLAIN: readonly Combination[] = [
  [587, 'none'],
  [25, 'none'],
];

/**
 * Tries a candidate: what its source names, else the usual ports with encryption, and only when nothing of that answers
 * without it.
 * @param base Settings whose CA and EHLO name count.
 */
export async function probe(
  candidate: Candidate,
  base: ProfileSettings,
  environment: ProbeEnvironment,
): Promise<Probed> {
  const { exact, preset } = candidate;
  const cells: MatrixCell[] = [];
  const tryAll = async (combinations: readonly Combination[]) => {
    const fresh = combinations.filter(([port, security]) => !cells.some((cell) => is(cell, port, security)));
    cells.push(...(await Promise.all(fresh.map((each) => attempt(candidate.host, each, base, environment)))));
  };
  if (exact) await tryAll([[exact.port, exact.security]]);
  // A connector has one port, and no sign-in that another could offer.
  if (cells.some(isUsable) || preset === 'microsoft365-relay') return { candidate, cells };
  const { ports } = environment;
  await tryAll(
    ports
      ? ports.flatMap((port): Combination[] => [
          [port, 'tls'],
          [port, 'starttls'],
        ])
      : USUAL,
  );
  if (!cells.some(isUsable)) await tryAll(ports ? ports.map((port): Combination => [port, 'none']) : USUAL_PLAIN);
  return { candidate, cells };
}

async function attempt(
  host: string,
  [port, security]: Combination,
  base: ProfileSettings,
  environment: ProbeEnvironment,
): Promise<MatrixCell> {
  const settings = { ...base, server: { ...base.server, host } };
  const { cell } = await environment.slots.run(() => tryOut(settings, port, security, environment));
  environment.onCell(cell);
  return cell;
}

function is(cell: MatrixCell, port: number, security: MatrixSecurity): boolean {
  return cell.port === port && cell.security === security;
}
