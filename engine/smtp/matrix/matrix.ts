import { MATRIX_PORTS, MATRIX_SECURITIES, type MatrixCell, type MatrixReport } from '../../../shared/matrix.ts';
import type { ProfileSettings } from '../../../shared/profile.ts';
import { remembering, systemResolver } from '../resolver.ts';
import { conclusionsFrom } from './conclusions.ts';
import { recommend } from './recommend.ts';
import { Slots } from './slots.ts';
import { alike, type Trial, type TrialEnvironment, tryOut } from './trial.ts';

/** Connections to one server at once: enough to be quick, too few for a limit per client. */
const AT_ONCE = 6;

/** What to try. */
export interface MatrixRequest {
  /** Host, TLS names and CA, EHLO name and proxy count; user name, secrets and client certificate are not used. */
  settings: ProfileSettings;
  /** Null takes the usual ones and that of the settings. */
  ports: readonly number[] | null;
}

/** What a matrix needs from its caller. */
export interface MatrixEnvironment extends TrialEnvironment {
  /** Receives each cell as soon as it is known. */
  onCell(cell: MatrixCell): void;
}

/**
 * Tries every port in every way to secure it, without credentials, and says which is the safest that works. Never throws
 * for anything that the network or the server does. Cancelling gives what was known until then.
 */
export async function runMatrix(request: MatrixRequest, environment: MatrixEnvironment): Promise<MatrixReport> {
  const began = performance.now();
  const startedAt = environment.now().toISOString();
  const { settings } = request;
  const slots = new Slots(AT_ONCE);
  const trialEnvironment = { ...environment, resolver: remembering(environment.resolver ?? systemResolver) };
  const trials = await Promise.all(
    portsOf(request).map((port) => tryPort(settings, port, slots, trialEnvironment, environment.onCell)),
  );
  const all = trials.flat();
  const cells = all.map(({ cell }) => cell);
  return {
    version: 1,
    host: settings.server.host,
    startedAt,
    ms: Math.round(performance.now() - began),
    cancelled: environment.signal.aborted,
    cells,
    recommended: recommend(cells, settings.signIn.method !== 'none'),
    conclusions: conclusionsFrom(all, settings.server.host),
  };
}

function portsOf({ settings, ports }: MatrixRequest): number[] {
  return [...new Set(ports ?? [...MATRIX_PORTS, settings.server.port])];
}

/** The likeliest way first: when it gets no connection, the others would not either. */
async function tryPort(
  settings: ProfileSettings,
  port: number,
  slots: Slots,
  environment: TrialEnvironment,
  onCell: (cell: MatrixCell) => void,
): Promise<Trial[]> {
  const attempt = async (security: (typeof MATRIX_SECURITIES)[number]) => {
    const trial = await slots.run(() => tryOut(settings, port, security, environment));
    onCell(trial.cell);
    return trial;
  };
  const likely = port === 465 ? 'tls' : 'starttls';
  const first = await attempt(likely);
  const isClosed = first.failedAt === 'config' || first.failedAt === 'dns' || first.failedAt === 'tcp';
  return Promise.all(
    MATRIX_SECURITIES.map(async (security) => {
      if (security === likely) return first;
      if (!isClosed) return attempt(security);
      const same = alike(first, security);
      onCell(same.cell);
      return same;
    }),
  );
}
