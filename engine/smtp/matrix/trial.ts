import type { MatrixCell, MatrixSecurity } from '../../../shared/matrix.ts';
import type { ProfileSettings } from '../../../shared/profile.ts';
import type { Finding, Stage, StageFacts, StageResult, TestReport } from '../../../shared/report.ts';
import { mechanismsOf } from '../capabilities.ts';
import { runTest } from '../run.ts';
import type { TestEnvironment } from '../session.ts';

/** Seconds that each wait of one trial may take. */
const WAIT_SECONDS = 4;

/** Milliseconds for one trial as a whole. */
const TRIAL_LIMIT = 12_000;

/** One combination that was tried, with what only the engine needs to know of it. */
export interface Trial {
  cell: MatrixCell;
  /** Where it ended, or '' when it worked. */
  failedAt: Stage | '';
  /** Error code of the system, or ''. */
  code: string;
}

/** What a trial needs from its caller. */
export type TrialEnvironment = Pick<TestEnvironment, 'now' | 'signal' | 'resolver'>;

/**
 * Tries one port in one way, up to the certificate: a run of the tester without user name, password and client certificate,
 * so that nothing secret can leave.
 */
export async function tryOut(
  settings: ProfileSettings,
  port: number,
  security: MatrixSecurity,
  environment: TrialEnvironment,
): Promise<Trial> {
  const blank = { settings, port, security };
  if (environment.signal.aborted) return untried(blank);
  const report = await runTest(
    {
      action: 'check',
      settings: withoutCredentials(settings, port, security),
      secrets: {},
      until: 'certificate',
      recipient: null,
      profileName: settings.name,
      single: true,
    },
    {
      ...environment,
      signal: AbortSignal.any([environment.signal, AbortSignal.timeout(TRIAL_LIMIT)]),
      onEvent: () => {},
    },
  );
  return environment.signal.aborted ? untried(blank) : trialOf(blank, report);
}

/** The same result for another way to secure a port that takes no connection at all. */
export function alike({ cell, ...rest }: Trial, security: MatrixSecurity): Trial {
  return { ...rest, cell: { ...cell, security, ms: 0 } };
}

interface Combination {
  settings: ProfileSettings;
  port: number;
  security: MatrixSecurity;
}

function withoutCredentials(settings: ProfileSettings, port: number, security: MatrixSecurity): ProfileSettings {
  return {
    ...settings,
    server: {
      ...settings.server,
      port,
      security,
      connectTimeoutSeconds: Math.min(WAIT_SECONDS, settings.server.connectTimeoutSeconds),
      commandTimeoutSeconds: Math.min(WAIT_SECONDS, settings.server.commandTimeoutSeconds),
    },
    // Always checked: what a certificate is worth is the point, whatever the profile accepts.
    tls: { ...settings.tls, verifyCertificate: true, clientCertificatePem: '' },
    signIn: { ...settings.signIn, method: 'none' },
  };
}

function untried({ settings, port, security }: Combination): Trial {
  const { host } = settings.server;
  const nothing = { finding: null, mechanisms: [], tlsVersion: '', ms: 0 };
  return {
    cell: { host, port, security, verdict: 'not-tried', note: 'Cancelled.', ...nothing },
    failedAt: '',
    code: '',
  };
}

function trialOf({ settings, port, security }: Combination, report: TestReport): Trial {
  const failed = report.stages.find(({ status }) => status === 'failed');
  const mechanisms = offered(report);
  const tlsVersion = factOf(report, 'tlsVersion') ?? '';
  const cell: MatrixCell = {
    host: settings.server.host,
    port,
    security,
    verdict: verdictOf(security, report, failed),
    note: noteOf(security, report, failed, mechanisms, tlsVersion),
    finding: report.diagnosis && findingOf(report.diagnosis),
    mechanisms,
    tlsVersion,
    ms: report.ms,
  };
  return { cell, failedAt: failed?.stage ?? '', code: failed?.facts.code ?? '' };
}

function verdictOf(security: MatrixSecurity, report: TestReport, failed: StageResult | undefined) {
  if (failed?.stage === 'certificate') return 'untrusted';
  if (!report.ok) return 'failed';
  return security === 'none' ? 'plain' : 'works';
}

function noteOf(
  security: MatrixSecurity,
  report: TestReport,
  failed: StageResult | undefined,
  mechanisms: readonly string[],
  tlsVersion: string,
): string {
  if (failed) {
    const { reply } = failed.facts;
    return reply?.text ? `${failed.note}: ${reply.text}` : failed.note;
  }
  if (!report.ok) return 'It took too long.';
  const signIn = mechanisms.length === 0 ? 'offers no sign-in here' : `sign-in with ${mechanisms.join(', ')}`;
  if (security !== 'none') return `${tlsVersion.replace('v', ' ')}, ${signIn}`;
  const starttls = factOf(report, 'capabilities')?.some((line) => /^STARTTLS\b/i.test(line)) ?? false;
  return `Answers in the clear, ${starttls ? 'offers STARTTLS' : 'offers no STARTTLS'}, ${signIn}`;
}

/** Mechanisms of the last EHLO: what was offered before TLS counts no more after it. */
function offered(report: TestReport): string[] {
  const lines = factOf(report, 'capabilitiesAfterTls') ?? factOf(report, 'capabilities') ?? [];
  return mechanismsOf(lines) ?? [];
}

function factOf<K extends keyof StageFacts>(report: TestReport, key: K): StageFacts[K] | undefined {
  return report.stages.find(({ facts }) => facts[key] !== undefined)?.facts[key];
}

function findingOf({ rule, stage, cause, remedy, reference, transient }: Finding): Finding {
  return { rule, stage, cause, remedy, reference, transient };
}
