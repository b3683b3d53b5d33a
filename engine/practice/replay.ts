import { isAddress } from '../../shared/host.ts';
import { PASSWORD_MECHANISMS, type Security } from '../../shared/profile.ts';
import type { StageFacts, StageResult, TestReport } from '../../shared/report.ts';
import { replayCertificate } from './replay-certificate.ts';
import { oddSignIn, stepsAt, turnsOf } from './replay-dialogue.ts';
import { replayTls } from './replay-tls.ts';
import { type Behaviour, MECHANISMS, type Moment, type Scenario, type ScenarioProfile } from './scenario.ts';

const BEFORE_ANY_SERVER: readonly string[] = ['config', 'dns', 'tcp', 'oauth'];
const TOKEN_MECHANISMS: readonly string[] = ['XOAUTH2', 'OAUTHBEARER'];

/** Moments at which a server can answer in its own way. */
const MOMENTS: readonly Moment[] = [
  'greeting',
  'helo',
  'ehlo',
  'ehlo-in-tls',
  'login',
  'mail',
  'rcpt',
  'data',
  'message',
];

/**
 * Makes a scenario of a report: a server that says what the reported one said, refuses what it refused, shows a certificate
 * with the same faults, and goes away where it went away; with the profile that shows it.
 * @returns null where no server was met, or where it did something that the practice server cannot do.
 */
export function replayOf(report: TestReport): Scenario | null {
  const failed = report.stages.find(({ status }) => status === 'failed');
  if (failed && BEFORE_ANY_SERVER.includes(failed.stage)) return null;
  if (stageOf(report, 'greeting')?.status === 'skipped' && failed?.stage !== 'tls') return null;
  const certificate = replayCertificate(report);
  if (certificate === null) return null;
  return {
    title: report.profileName || report.destination.host,
    description: `Does what ${report.destination.host} did when it was tested on ${report.startedAt.slice(0, 10)}.`,
    action: report.action,
    ...(failed && { ends: [failed.stage, report.diagnosis?.rule ?? ''] as const }),
    profile: { ...profileOf(report), ...certificate.profile },
    behaviour: { ...behaviourOf(report, failed), ...certificate.behaviour },
  };
}

function behaviourOf(report: TestReport, failed: StageResult | undefined): Behaviour {
  const turns = turnsOf(report.transcript);
  const at: { [M in Moment]?: NonNullable<Behaviour['at']>[M] } = {};
  // Where TLS came first and failed, nothing was said.
  for (const moment of failed?.stage === 'tls' ? [] : MOMENTS) {
    const steps = stepsAt(moment, turns, failed, report.diagnosis?.rule ?? '');
    if (steps) at[moment] = steps;
  }
  const offers = offersOf(stageOf(report, 'ehlo')?.facts.capabilities);
  const inTls = offersOf(stageOf(report, 'starttls')?.facts.capabilitiesAfterTls) ?? offers;
  const auth = oddSignIn(turns);
  const tls = replayTls(report, turns, failed);
  return {
    ...(offers && { offers }),
    ...(inTls && { offersInTls: inTls }),
    loginWithoutTls: (offers ?? []).some((line) => /^AUTH\b/i.test(line)),
    loginRequired: turns.has('login'),
    mechanisms: MECHANISMS,
    ...tls,
    at: { ...at, ...(auth && { auth }), ...tls.at },
  };
}

/** Extensions as they were offered, without mechanisms that this server cannot do, where it can do another. */
function offersOf(capabilities: readonly string[] | undefined): string[] | undefined {
  return capabilities?.map((line) => {
    const [, start = '', names = ''] = /^(AUTH[ =])(.*)$/i.exec(line) ?? [];
    const known = names.split(/\s+/).filter((name) => MECHANISMS.some((one) => one === name.toUpperCase()));
    return known.length === 0 ? line : `${start}${known.join(' ')}`;
  });
}

function profileOf(report: TestReport): ScenarioProfile {
  const facts: StageFacts = stageOf(report, 'certificate')?.facts ?? {};
  const serverName = facts.serverName ?? stageOf(report, 'tls')?.facts.serverName;
  return {
    security: report.destination.security as Security,
    ...(serverName !== undefined && (isAddress(serverName) ? { byAddress: true as const } : { serverName })),
    ...(facts.verified === false && { anyCertificate: true as const }),
    ...(report.diagnosis?.rule === 'CFG_NONASCII_LOCALPART' && { recipient: 'grüße@relaysmith.test' }),
    ...signInOf(report),
  };
}

function signInOf({ transcript, stages }: TestReport): ScenarioProfile {
  const { facts, status } = stages.find(({ stage }) => stage === 'auth') ?? { facts: {}, status: 'skipped' };
  const wentOn = stages.some(({ stage, status: how }) => stage === 'mail' && how !== 'skipped');
  if (status === 'skipped' && wentOn) return { signIn: 'none' };
  const inClear = transcript.some(
    ({ from, text, encrypted }) => from === 'client' && !encrypted && /^AUTH /.test(text),
  );
  const { mechanism = '' } = facts;
  const wanted = PASSWORD_MECHANISMS.find((one) => one === mechanism);
  return {
    ...(TOKEN_MECHANISMS.includes(mechanism) ? { signIn: 'token' as const } : wanted && { mechanism: wanted }),
    ...(inClear && { allowWithoutTls: true as const }),
  };
}

function stageOf({ stages }: TestReport, stage: StageResult['stage']): StageResult | undefined {
  return stages.find((result) => result.stage === stage);
}
