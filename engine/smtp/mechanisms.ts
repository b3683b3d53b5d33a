import {
  MECHANISM_TRIES,
  type MechanismEvent,
  type MechanismReport,
  type MechanismResult,
  SASL_MECHANISMS,
  type SaslMechanism,
} from '../../shared/mechanisms.ts';
import type { ProfileSettings } from '../../shared/profile.ts';
import type { Finding, Stage, StageResult, TestReport } from '../../shared/report.ts';
import { mechanismsFor } from './auth/choose.ts';
import { mechanismsOf } from './capabilities.ts';
import { TokenStore } from './oauth/token-store.ts';
import { runTest } from './run.ts';
import type { TestEnvironment, TestRequest } from './session.ts';

/** What to try. */
export interface MechanismRequest {
  settings: ProfileSettings;
  secrets: TestRequest['secrets'];
  /** Null takes the first of those that the server offers and the profile's secret fits. */
  mechanisms: readonly SaslMechanism[] | null;
}

/** What a search needs from its caller. */
export interface MechanismEnvironment extends Omit<TestEnvironment, 'onEvent'> {
  onEvent(event: MechanismEvent): void;
}

/** Rules after which another sign-in would only make things worse. */
const STOPS = ['AUTH_TOO_MANY', 'AUTH_ACCOUNT_DISABLED', 'SERVER_421', 'AUTH_WITHHELD', 'AUTH_WITHHELD_STARTTLS'];

/**
 * Tries to sign in with each mechanism, every time on a connection of its own, at most three times, one after the other.
 * Looks first without credentials what the server offers. Never throws for anything that the network or the server does.
 */
export async function runMechanisms(
  request: MechanismRequest,
  environment: MechanismEnvironment,
): Promise<MechanismReport> {
  const began = performance.now();
  const startedAt = environment.now().toISOString();
  const { host, port, security } = request.settings.server;
  // Without a store of its caller the token would be asked for again with each mechanism.
  const tokens = environment.tokens ?? new TokenStore();
  const search = new Search(request, { ...environment, tokens });
  const look = await search.look();
  const results = look.failure ? [] : await search.tryAll(look.offered, look.encrypted);
  return {
    version: 1,
    startedAt,
    ms: Math.round(performance.now() - began),
    cancelled: environment.signal.aborted,
    destination: { host, port, security },
    offered: look.offered,
    results,
    recommended: recommend(results, look.encrypted),
    failure: environment.signal.aborted ? null : look.failure,
  };
}

/** What the server offers, found out without credentials. */
interface Look {
  offered: string[];
  encrypted: boolean;
  failure: MechanismReport['failure'];
}

class Search {
  readonly #request: MechanismRequest;
  readonly #environment: MechanismEnvironment;

  constructor(request: MechanismRequest, environment: MechanismEnvironment) {
    this.#request = request;
    this.#environment = environment;
  }

  async look(): Promise<Look> {
    const report = await this.#run('certificate', {});
    const inClear = stageOf(report, 'ehlo')?.facts.capabilities ?? [];
    const insideTls = stageOf(report, 'starttls')?.facts.capabilitiesAfterTls;
    const encrypted = [stageOf(report, 'tls'), stageOf(report, 'starttls')].some(
      (stage) => stage?.facts.tlsVersion !== undefined,
    );
    const offered = mechanismsOf(insideTls ?? inClear) ?? [];
    const none = { stage: 'auth', note: 'The server offers no sign-in here.', finding: null } as const;
    return { offered, encrypted, failure: failureOf(report) ?? (offered.length === 0 ? none : null) };
  }

  async tryAll(offered: readonly string[], encrypted: boolean): Promise<MechanismResult[]> {
    const { settings, mechanisms } = this.#request;
    const spoken = mechanismsFor(settings.signIn.method === 'oauth2' ? 'oauth2' : 'password', encrypted);
    const wanted = mechanisms ?? spoken.filter((name) => offered.includes(name));
    const results: MechanismResult[] = [];
    let stop = '';
    for (const [at, mechanism] of wanted.entries()) {
      const why = this.#environment.signal.aborted
        ? 'Cancelled.'
        : stop || reasonAgainst(mechanism, offered, spoken, at);
      const result = why === '' ? await this.#try(mechanism) : notTried(mechanism, why);
      if (result.finding && STOPS.includes(result.finding.rule)) stop = 'Not tried, so as not to make it worse.';
      results.push(result);
      this.#environment.onEvent({ type: 'result', result });
    }
    const rest = offered.filter((name) => !wanted.some((each) => each === name));
    return [...results, ...rest.map((name) => notTried(name, restNote(name, spoken)))];
  }

  async #try(mechanism: string): Promise<MechanismResult> {
    this.#environment.onEvent({ type: 'trying', mechanism });
    const report = await this.#run('auth', { mechanism, secrets: this.#request.secrets });
    const failed = report.stages.find(({ status }) => status === 'failed');
    const auth = stageOf(report, 'auth');
    const reply = failed?.facts.reply ?? auth?.facts.reply ?? null;
    const finding = report.diagnosis ? findingOf(report.diagnosis) : null;
    const { ms } = report;
    if (report.cancelled) return { ...notTried(mechanism, 'Cancelled.'), ms };
    if (report.ok) return { mechanism, verdict: 'works', ms, note: 'The server took the sign-in.', reply, finding };
    const isRefused = failed?.stage === 'auth' && (failed.facts.reply?.code ?? 0) >= 400;
    const note = failed?.note ?? 'The sign-in was not tried.';
    return { mechanism, verdict: isRefused ? 'refused' : 'failed', ms, note, reply, finding };
  }

  #run(until: Stage, rest: Partial<TestRequest>): Promise<TestReport> {
    const { settings } = this.#request;
    const { clientKey, clientKeyPassphrase } = this.#request.secrets;
    const secrets = {
      ...(clientKey === undefined ? {} : { clientKey }),
      ...(clientKeyPassphrase === undefined ? {} : { clientKeyPassphrase }),
    };
    const request: TestRequest = {
      action: 'check',
      settings,
      secrets,
      until,
      recipient: null,
      profileName: settings.name,
      ...rest,
    };
    return runTest(request, { ...this.#environment, onEvent: () => {} });
  }
}

function reasonAgainst(mechanism: string, offered: readonly string[], spoken: readonly string[], at: number): string {
  if (!offered.includes(mechanism)) return 'The server does not offer it.';
  if (!spoken.includes(mechanism)) return 'It does not fit what the profile signs in with.';
  return at < MECHANISM_TRIES ? '' : `Only ${MECHANISM_TRIES} are tried at a time, so that no account is locked.`;
}

function restNote(mechanism: string, spoken: readonly string[]): string {
  if (spoken.includes(mechanism)) return 'It was not chosen.';
  const known = SASL_MECHANISMS.some((name) => name === mechanism);
  return known ? 'It does not fit what the profile signs in with.' : 'Relaysmith does not speak it.';
}

function notTried(mechanism: string, note: string): MechanismResult {
  return { mechanism, verdict: 'not-tried', ms: 0, note, reply: null, finding: null };
}

function recommend(results: readonly MechanismResult[], encrypted: boolean): MechanismReport['recommended'] {
  const works = new Set(results.filter(({ verdict }) => verdict === 'works').map(({ mechanism }) => mechanism));
  const order = [...mechanismsFor('password', encrypted), ...mechanismsFor('oauth2', encrypted)];
  const best = SASL_MECHANISMS.find((name) => name === order.find((each) => works.has(each)));
  if (best === undefined) return null;
  const reason = encrypted
    ? 'TLS protects it, and nearly every server and product knows it.'
    : 'Of those that work it shows the least on a connection without TLS.';
  return { mechanism: best, reason };
}

function failureOf(report: TestReport): MechanismReport['failure'] {
  const failed = report.stages.find(({ status }) => status === 'failed');
  if (!failed) return null;
  const finding = report.diagnosis ? findingOf(report.diagnosis) : null;
  return { stage: failed.stage, note: failed.note, finding };
}

function findingOf({ rule, stage, cause, remedy, reference, transient }: Finding): Finding {
  return { rule, stage, cause, remedy, reference, transient };
}

function stageOf(report: TestReport, stage: Stage): StageResult | undefined {
  return report.stages.find((each) => each.stage === stage);
}
