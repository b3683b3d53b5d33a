import type { DetectEvent, Detection, DetectStep, DetectStepResult } from '../../../shared/detect.ts';
import { emptySettings, type ProfileSettings } from '../../../shared/profile.ts';
import { Slots, type TrialEnvironment } from '../matrix/index.ts';
import { remembering, systemResolver } from '../resolver.ts';
import { type Candidate, distinct } from './candidate.ts';
import { type Found, found, nothing, skipped } from './found.ts';
import { knownProvider, mailExchangers, serviceRecords, usualNames } from './look-ups.ts';
import { type Probed, type ProbeEnvironment, probe } from './probe.ts';
import { proposalsFrom } from './proposal.ts';
import type { Query } from './query.ts';
import type { LookUps } from './question.ts';

/** Connections at once over all servers of one detection. */
const AT_ONCE = 6;

/** What to find out. */
export interface DetectRequest {
  query: Query;
  /** Null takes the usual ones. */
  ports: readonly number[] | null;
  /** Private CA to trust as well, or ''. */
  caPem: string;
}

/** What a detection needs from its caller. */
export interface DetectEnvironment extends TrialEnvironment {
  onEvent(event: DetectEvent): void;
}

/**
 * Finds the settings of a domain's or host's server for sending: where they may stand is looked at in turn, and what that
 * names is tried without user name and password. Never throws for anything that the network does. Cancelling gives what
 * was found until then.
 */
export async function runDetect(request: DetectRequest, environment: DetectEnvironment): Promise<Detection> {
  const began = performance.now();
  const startedAt = environment.now().toISOString();
  const run = newRun(request, environment);
  await lookAndTry(run);
  return {
    version: 1,
    about: request.query.about,
    startedAt,
    ms: Math.round(performance.now() - began),
    cancelled: environment.signal.aborted,
    steps: run.steps,
    proposals: proposalsFrom(run.probed, request.query, run.base),
    cells: run.probed.flatMap(({ cells }) => cells),
  };
}

interface Run {
  query: Query;
  base: ProfileSettings;
  lookUps: LookUps;
  environment: ProbeEnvironment;
  emit(event: DetectEvent): void;
  steps: DetectStepResult[];
  probed: Probed[];
}

function newRun({ query, ports, caPem }: DetectRequest, { now, signal, resolver, onEvent }: DetectEnvironment): Run {
  const empty = emptySettings();
  const remembered = remembering(resolver ?? systemResolver);
  return {
    query,
    base: { ...empty, tls: { ...empty.tls, caPem } },
    lookUps: { resolver: remembered, signal },
    environment: {
      now,
      signal,
      resolver: remembered,
      ports,
      slots: new Slots(AT_ONCE),
      onCell: (cell) => onEvent({ type: 'cell', cell }),
    },
    emit: onEvent,
    steps: [],
    probed: [],
  };
}

/** The telling sources first. Usual names are guesses: they are left alone when something better works. */
async function lookAndTry(run: Run): Promise<void> {
  const { query, lookUps } = run;
  const provider = await step(run, 'provider', async () => knownProvider(query));
  const services = await step(run, 'services', () => serviceRecords(query, lookUps));
  const exchangers = await step(run, 'exchangers', () => mailExchangers(query, lookUps));
  const typed = query.address === '' ? [typedHost(query)] : [];
  const telling = distinct(
    [provider, services, { candidates: typed }, exchangers].flatMap(({ candidates }) => candidates),
  );
  // Trying begins here and goes on after the usual names, so it is under way while they are looked up.
  const finishProbe = startStep(run, 'probe');
  const early = await tryAll(run, telling);
  const working = early.find(({ cells }) => cells.some(({ verdict }) => verdict === 'works'));
  const names = await step(run, 'names', async () =>
    working ? skipped(`Not needed: ${working.candidate.host} works.`) : usualNames(query, exchangers.own, lookUps),
  );
  const more = distinct([...telling, ...names.candidates]).filter((each) => !telling.includes(each));
  await tryAll(run, more);
  finishProbe(summary(run));
}

async function step<F extends Found>(run: Run, name: DetectStep, look: () => Promise<F>): Promise<F> {
  const finish = startStep(run, name);
  const result = await look();
  finish(result);
  return result;
}

/** Announces a step; the function that comes back tells its end. */
function startStep(run: Run, name: DetectStep): (result: Found) => void {
  run.emit({ type: 'step-started', step: name });
  const began = performance.now();
  return (result) => {
    const { status, text } = run.environment.signal.aborted ? CANCELLED : result;
    const entry = { step: name, status, text, ms: Math.round(performance.now() - began) };
    run.steps.push(entry);
    run.emit({ type: 'step-finished', result: entry });
  };
}

const CANCELLED = skipped('Cancelled.');

async function tryAll(run: Run, candidates: readonly Candidate[]): Promise<Probed[]> {
  const probed = await Promise.all(candidates.map((candidate) => probe(candidate, run.base, run.environment)));
  run.probed.push(...probed);
  return probed;
}

function typedHost({ domain }: Query): Candidate {
  return {
    host: domain,
    source: 'typed',
    exact: null,
    preset: '',
    why: 'This is the name that was entered.',
    caution: '',
  };
}

function summary({ probed }: Run): Found {
  const hosts = new Set(probed.map(({ candidate }) => candidate.host));
  const cells = probed.flatMap((each) => each.cells);
  const good = cells.filter(({ verdict }) => verdict === 'works').length;
  const weak = cells.filter(({ verdict }) => verdict === 'untrusted' || verdict === 'plain').length;
  if (cells.length === 0) return nothing('There was no server to try.');
  const servers = hosts.size === 1 ? '1 server' : `${hosts.size} servers`;
  const tried = `Tried ${cells.length} ${cells.length === 1 ? 'combination' : 'combinations'} at ${servers}, without signing in`;
  if (good + weak === 0) return nothing(`${tried}: none answers.`);
  const words = [good > 0 && `${good} safe`, weak > 0 && `${weak} not safe`].filter(Boolean).join(', ');
  return found(`${tried}: ${words}.`, []);
}
