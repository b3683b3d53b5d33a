import type { ProfileSettings } from '../../../shared/profile.ts';
import type { Stage, StageResult } from '../../../shared/report.ts';
import type { Action, Run } from '../../state/runs.ts';

/** State of a node: a finished stage, one at work, one still to come, or one that nobody tried. */
export type NodeState = 'passed' | 'warned' | 'failed' | 'running' | 'pending' | 'skipped';

/** One node of the stage track. */
export interface TrackNode {
  stage: Stage;
  state: NodeState;
  /** Present once the stage is over. */
  result: StageResult | null;
  /** When it began, for one at work; milliseconds since 1970. */
  since: number | null;
  /** True when the line leads through this node: the run got this far. */
  reached: boolean;
}

/** Stages that a run goes through, in the order in which they come (TLS from the first byte comes before the greeting). */
export function expectedStages({ server, signIn }: ProfileSettings, action: Action): Stage[] {
  const { security } = server;
  const protection: Stage[] = security === 'none' ? [] : ['starttls', 'certificate'];
  const afterTcp: Stage[] =
    security === 'tls' ? ['tls', 'certificate', 'greeting', 'ehlo'] : ['greeting', 'ehlo', ...protection];
  return [
    'config',
    'dns',
    'tcp',
    ...afterTcp,
    ...signInStages(signIn),
    'mail',
    'rcpt',
    ...(action === 'send' ? (['data'] as const) : []),
    'quit',
  ];
}

function signInStages({ method, oauth }: ProfileSettings['signIn']): Stage[] {
  if (method === 'none') return [];
  return method === 'oauth2' && oauth.grant !== 'access-token' ? ['oauth', 'auth'] : ['auth'];
}

/** The track of a run: what is known of each stage, then what is still to come. */
export function trackOf(run: Run | null, expected: readonly Stage[]): TrackNode[] {
  const results = run?.stages ?? [];
  const known = new Set(results.map(({ stage }) => stage));
  const done: TrackNode[] = results
    .filter((result) => result.status !== 'skipped' || expected.includes(result.stage))
    .map((result) => ({
      stage: result.stage,
      state: result.status,
      result,
      since: null,
      reached: result.status !== 'skipped',
    }));
  const current = run?.running ? run.current : null;
  const atWork: TrackNode[] =
    current && !known.has(current.stage)
      ? [{ stage: current.stage, state: 'running', result: null, since: current.since, reached: true }]
      : [];
  const coming = expected
    .filter((stage) => !known.has(stage) && stage !== current?.stage)
    .map((stage): TrackNode => ({ stage, state: 'pending', result: null, since: null, reached: false }));
  return [...done, ...atWork, ...coming];
}

/** The stage whose node shows the diagnosis: the one that failed, else the last that was tried. */
export function diagnosedStage(nodes: readonly TrackNode[]): Stage | null {
  const failed = nodes.find(({ state }) => state === 'failed');
  return (failed ?? nodes.filter(({ reached }) => reached).at(-1))?.stage ?? null;
}

function tokenGist({ facts, note }: StageResult): string {
  const failed = facts.tokenSteps?.find(({ status }) => status === 'failed' || status === 'warned');
  if (failed) return { request: 'no usable answer', token: 'refused', scope: 'lacks a permission' }[failed.step];
  return facts.tokenSource === undefined ? note : facts.tokenSource === 'memory' ? 'from memory' : 'fresh';
}

/** A few words about a finished stage, for its row: what matters most of what it learned. */
export function gist(result: StageResult): string {
  const { stage, facts, note, status } = result;
  if (status === 'skipped') return '';
  switch (stage) {
    case 'dns':
      return facts.addresses
        ? facts.addresses.length === 1
          ? '1 address'
          : `${facts.addresses.length} addresses`
        : note;
    case 'tcp':
      return facts.connectedTo ?? note;
    case 'ehlo': {
      const offers = facts.capabilitiesAfterTls ?? facts.capabilities;
      return offers ? (offers.length === 1 ? '1 extension' : `${offers.length} extensions`) : note;
    }
    case 'tls':
    case 'starttls':
      return facts.tlsVersion?.replace('v', ' ') ?? note;
    case 'certificate': {
      const leaf = facts.chain?.[0];
      if (status === 'passed' && leaf) return `${leaf.daysLeft} days left`;
      return facts.faults?.[0]?.fault.replaceAll('-', ' ') ?? note;
    }
    case 'oauth':
      return tokenGist(result);
    case 'auth':
      return facts.mechanism ?? note;
    default:
      return facts.queueId || (facts.reply?.code ? String(facts.reply.code) : note);
  }
}
