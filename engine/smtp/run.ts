import { type Diagnosis, STAGES, type Stage, type StageResult, type TestReport } from '../../shared/report.ts';
import { CANCELLED, type StageOutcome, skippedStage } from './failure.ts';
import { asksForToken } from './oauth/endpoint.ts';
import { diagnosisOf, resultOf } from './result.ts';
import { closeSession, newSession, type Session, type TestEnvironment, type TestRequest } from './session.ts';
import { authStage } from './stages/auth.ts';
import { certificateStage } from './stages/certificate.ts';
import { configStage } from './stages/config.ts';
import { dataStage } from './stages/data.ts';
import { dnsStage } from './stages/dns.ts';
import { ehloStage } from './stages/ehlo.ts';
import { greetingStage } from './stages/greeting.ts';
import { mailStage } from './stages/mail.ts';
import { oauthStage } from './stages/oauth.ts';
import { quitStage } from './stages/quit.ts';
import { rcptStage } from './stages/rcpt.ts';
import { relayStage } from './stages/relay.ts';
import { starttlsStage } from './stages/starttls.ts';
import { tcpStage } from './stages/tcp.ts';
import { tlsStage } from './stages/tls.ts';

const RUN: Record<Stage, (session: Session) => Promise<StageOutcome>> = {
  config: configStage,
  dns: dnsStage,
  tcp: tcpStage,
  tls: tlsStage,
  greeting: greetingStage,
  ehlo: ehloStage,
  starttls: starttlsStage,
  certificate: certificateStage,
  oauth: oauthStage,
  auth: authStage,
  mail: mailStage,
  rcpt: rcptStage,
  relay: relayStage,
  data: dataStage,
  quit: quitStage,
};

/** Replies of one run that may each take the whole command timeout before the run as a whole is ended. */
const SLOW_REPLIES = 12;

/** The same for the transactions of the relay check, which are three replies each. */
const SLOW_RELAY_REPLIES = 36;

/**
 * Tests a profile stage by stage. Never throws for anything that the network or the server does: that is in the report.
 * Cancelling gives the report of what was done until then.
 */
export async function runTest(request: TestRequest, environment: TestEnvironment): Promise<TestReport> {
  const began = performance.now();
  const startedAt = environment.now().toISOString();
  const overall = new AbortController();
  const { connectTimeoutSeconds, commandTimeoutSeconds } = request.settings.server;
  const replies = SLOW_REPLIES + (request.relay ? SLOW_RELAY_REPLIES : 0);
  const cap = (connectTimeoutSeconds * 5 + commandTimeoutSeconds * replies) * 1000;
  const timer = setTimeout(() => overall.abort(), cap);
  const signal = AbortSignal.any([environment.signal, overall.signal]);
  const session = newSession(request, environment, signal);
  const end = () => session.connection?.destroy();
  signal.addEventListener('abort', end, { once: true });
  try {
    const { results, diagnosis, ok, notTested } = await runStages(session, environment);
    const { host, port, security } = request.settings.server;
    return {
      version: 1,
      id: session.runId,
      action: request.action,
      profileName: request.profileName,
      startedAt,
      ms: Math.round(performance.now() - began),
      ok,
      cancelled: environment.signal.aborted,
      destination: { host, port, security },
      stages: results,
      diagnosis,
      notTested,
      transcript: session.transcript.lines,
    };
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', end);
    closeSession(session);
  }
}

interface Progress {
  results: StageResult[];
  diagnosis: Diagnosis | null;
  ok: boolean;
  notTested: Stage[];
}

async function runStages(session: Session, environment: TestEnvironment): Promise<Progress> {
  const progress: Progress = { results: [], diagnosis: null, ok: true, notTested: [] };
  const told = new Set<string>();
  let stopped = '';
  for (const stage of STAGES) {
    const began = performance.now();
    const outcome = await outcomeOf(session, environment, stage, stopped);
    const result = resultOf(session, stage, outcome, performance.now() - began, told);
    if (outcome.status === 'failed') {
      progress.ok = false;
      progress.diagnosis = diagnosisOf(session, stage, outcome);
      stopped = stage;
    }
    if (outcome.status === 'skipped' && outcome.why === 'not-possible') progress.ok = false;
    if (outcome.status === 'skipped' && outcome.why !== 'not-applicable') progress.notTested.push(stage);
    if (session.request.until === stage && stopped === '') stopped = 'until';
    progress.results.push(result);
    environment.onEvent({ type: 'stage-finished', result });
  }
  return progress;
}

async function outcomeOf(
  session: Session,
  environment: TestEnvironment,
  stage: Stage,
  stopped: string,
): Promise<StageOutcome> {
  if (stage === 'relay' && !session.request.relay) {
    // An extra: leaving it out takes nothing from what a check promises.
    return skippedStage('not-applicable', 'Only one sender and one recipient were asked for.');
  }
  if (stage === 'oauth' && !asksForToken(session.settings)) {
    return skippedStage('not-applicable', 'The profile signs in without asking for a token.');
  }
  if (session.signal.aborted) return interrupted(environment);
  if (stopped === 'until') return skippedStage('not-asked', 'Not asked for.');
  if (stopped !== '' && !(stage === 'relay' && isStillAsked(session, stopped))) {
    return afterFailure(session, stage, stopped);
  }
  environment.onEvent({ type: 'stage-started', stage });
  const outcome = await RUN[stage](session);
  if (outcome.status === 'failed' && (outcome.failure.code === CANCELLED.code || session.signal.aborted)) {
    // A message that is on its way stays so: the outcome says that it may have been accepted.
    return session.messageSent ? outcome : interrupted(environment);
  }
  return outcome;
}

/** A refused sender or recipient is what the relay check is about, so it goes on as long as the server listens. */
function isStillAsked({ request, connection }: Session, failed: string): boolean {
  return request.relay === true && (failed === 'mail' || failed === 'rcpt') && connection?.isLost === false;
}

/** A run that its user ended, or that took too long as a whole. */
function interrupted(environment: TestEnvironment): StageOutcome {
  return skippedStage('not-possible', environment.signal.aborted ? 'Cancelled.' : 'Stopped, the run took too long.');
}

/** What a stage is that comes after a failed one. What would not have run anyway is not counted as left out. */
function afterFailure({ request }: Session, stage: Stage, failed: string): StageOutcome {
  const { security } = request.settings.server;
  const note = `Not tried, because ${failed} failed.`;
  if (stage === 'data' && request.action === 'check') return skippedStage('not-asked', 'A check sends no message.');
  if (stage === 'tls' && security !== 'tls') return skippedStage('not-applicable', note);
  if (stage === 'starttls' && (security === 'tls' || security === 'none')) return skippedStage('not-applicable', note);
  if (stage === 'certificate' && security === 'none') return skippedStage('not-applicable', note);
  return skippedStage('not-possible', note);
}
