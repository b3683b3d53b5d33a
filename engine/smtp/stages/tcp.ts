import type { Socket } from 'node:net';
import { hostPort } from '../../../shared/host.ts';
import { MATRIX_PORTS } from '../../../shared/matrix.ts';
import type { AddressResult } from '../../../shared/report.ts';
import { addressChoices } from '../address-choice.ts';
import { asciiHost } from '../ascii-host.ts';
import { Connection } from '../connection.ts';
import { dial } from '../dial.ts';
import {
  CANCELLED,
  type Failure,
  failedStage,
  failing,
  passedStage,
  type RuleFacts,
  type StageOutcome,
} from '../failure.ts';
import { Deadline, within } from '../limit.ts';
import { openTunnel } from '../proxy.ts';
import type { ResolvedAddress } from '../resolver.ts';
import { connectLimit, type Session } from '../session.ts';

/** Milliseconds to find out whether another port, or another address, takes a connection. */
const ASIDE_LIMIT = 2_000;

/** Connects to the first address that answers; a proxy, where the profile has one, is connected to instead. */
export async function tcpStage(session: Session): Promise<StageOutcome> {
  return session.settings.server.proxy.kind === 'none' ? direct(session) : throughProxy(session);
}

async function direct(session: Session): Promise<StageOutcome> {
  const { port } = session.settings.server;
  const attempt = await dialFirst(session, session.addresses, port);
  const results = attempt.socket ? await othersTried(session, attempt.results, port) : attempt.results;
  const choices = addressChoices(results);
  const facts = { addresses: results, ...(choices.length === 0 ? {} : { addressChoices: choices }) };
  if (!attempt.socket || !attempt.address) {
    const open = await otherOpenPorts(session, attempt.failure);
    const failure = { ...attempt.failure, facts: { ...attempt.failure.facts, ...openPortFacts(open) } };
    return failedStage(failure, `${failureNote(results, port)}${openNote(open ?? [])}`, facts);
  }
  keep(session, attempt.socket, attempt.address);
  const { address } = attempt.address;
  const failed = results.filter(({ outcome }) => outcome === 'failed').length;
  const others = failed === 0 ? '' : `; ${failed} of ${results.length} addresses failed`;
  const note = `Connected to ${hostPort(address, port)}${others}`;
  return passedStage(note, { ...facts, connectedTo: address }, familyFacts(results));
}

/**
 * Tries the addresses after the one that answered too, each on its own: a dead one is what some programs would use, and
 * what others hide. Nothing is sent over these connections.
 */
async function othersTried(session: Session, results: AddressResult[], port: number): Promise<AddressResult[]> {
  if (session.request.single) return results;
  return Promise.all(
    results.map(async (result) => {
      if (result.outcome !== 'not-tried' || session.signal.aborted) return result;
      const began = performance.now();
      const answer = await dial(result, port, ASIDE_LIMIT, session.signal);
      if (answer.ok) answer.value.destroy();
      else if (answer.failure.code === CANCELLED.code) return result;
      const ms = Math.round(performance.now() - began);
      return answer.ok
        ? { ...result, outcome: 'connected' as const, ms }
        : { ...result, outcome: 'failed' as const, code: answer.failure.code, ms };
    }),
  );
}

/**
 * Which of the other mail ports of the host takes a connection; nothing is sent over it. Null where nobody asked: the
 * run was cancelled, or the port is none that a mail server usually has.
 */
async function otherOpenPorts(session: Session, failure: Failure): Promise<number[] | null> {
  const { port } = session.settings.server;
  const [address] = session.addresses;
  const isUsual = MATRIX_PORTS.includes(port) && !session.request.single;
  if (!address || failure.code === CANCELLED.code || !isUsual) return null;
  const others = MATRIX_PORTS.filter((other) => other !== port);
  const asked = others.map((other) => dial(address, other, ASIDE_LIMIT, session.signal));
  const answers = await Promise.all(asked);
  for (const answer of answers) if (answer.ok) answer.value.destroy();
  return others.filter((_, at) => answers[at]?.ok);
}

function openPortFacts(open: number[] | null): RuleFacts {
  if (!open) return {};
  return {
    otherSmtpPortOpen: open.length > 0,
    submissionPortOpen: open.includes(587),
    tlsPortOpen: open.includes(465),
  };
}

function openNote(open: number[]): string {
  if (open.length === 0) return '';
  return open.length === 1 ? `. Port ${open[0]} answers` : `. Ports ${open.join(' and ')} answer`;
}

async function throughProxy(session: Session): Promise<StageOutcome> {
  const { proxy, port } = session.settings.server;
  const limit = new Deadline(connectLimit(session));
  const shownProxy = `${proxy.kind} ${hostPort(proxy.host, proxy.port)}`;
  const facts = { proxy: shownProxy };
  const addresses = await proxyAddresses(session, proxy.host, limit);
  const attempt = await dialFirst(session, addresses, proxy.port);
  if (!attempt.socket || !attempt.address) {
    const cancelled = attempt.failure.code === CANCELLED.code;
    const failure = cancelled
      ? CANCELLED
      : failing('EPROXY', `${attempt.failure.code} ${attempt.failure.detail}`).failure;
    return failedStage(failure, 'The proxy cannot be reached', { ...facts, addresses: attempt.results });
  }
  const goal = { host: session.host, port };
  const tunnel = await openTunnel(proxy.kind, attempt.socket, goal, limit.left, session.signal);
  if (!tunnel.ok) return failedStage(tunnel.failure, 'The proxy did not connect', facts);
  keep(session, tunnel.value, attempt.address);
  return passedStage(`Connected through ${shownProxy}`, { ...facts, connectedTo: session.host });
}

function keep(session: Session, socket: Socket, address: ResolvedAddress): void {
  session.connectedTo = address;
  session.plainSocket = socket;
  // With implicit TLS the handshake must see the first byte, whoever sends it.
  if (session.settings.server.security === 'tls') return;
  session.connection = new Connection(socket, false, session.transcript, session.signal);
}

interface Attempt {
  socket: Socket | null;
  address: ResolvedAddress | null;
  results: AddressResult[];
  /** Failure of the first address; later ones are in the results. */
  failure: Failure;
}

async function dialFirst(session: Session, addresses: ResolvedAddress[], port: number): Promise<Attempt> {
  const limit = new Deadline(connectLimit(session));
  const results: AddressResult[] = [];
  let failure: Failure | null = null;
  for (const [at, candidate] of addresses.entries()) {
    const began = performance.now();
    // Each address gets its share of what is left, so that a dead one does not use up the time of the others.
    const outcome = await dial(candidate, port, limit.left / (addresses.length - at), session.signal);
    const ms = Math.round(performance.now() - began);
    if (outcome.ok) {
      results.push({ ...candidate, outcome: 'connected', code: '', ms });
      results.push(
        ...addresses.slice(at + 1).map((rest) => ({ ...rest, outcome: 'not-tried' as const, code: '', ms: 0 })),
      );
      return { socket: outcome.value, address: candidate, results, failure: CANCELLED };
    }
    results.push({ ...candidate, outcome: 'failed', code: outcome.failure.code, ms });
    failure ??= outcome.failure;
    if (session.signal.aborted) return { socket: null, address: null, results, failure: CANCELLED };
  }
  return { socket: null, address: null, results, failure: failure ?? failing('ENOTFOUND', 'No address').failure };
}

async function proxyAddresses(session: Session, host: string, limit: Deadline): Promise<ResolvedAddress[]> {
  try {
    const waited = await within(limit.left, session.signal, session.resolver.lookup(asciiHost(host)));
    return waited.kind === 'done' ? waited.value.slice(0, 8) : [];
  } catch {
    return [];
  }
}

/** Which families work, where both were tried: a broken one is hidden by programs that fall back in silence. */
function familyFacts(results: AddressResult[]): RuleFacts {
  const outcome = (family: 4 | 6) => {
    const tried = results.filter((result) => result.family === family && result.outcome !== 'not-tried');
    return tried.length === 0 ? null : tried.some((result) => result.outcome === 'connected');
  };
  const ipv4Ok = outcome(4);
  const ipv6Ok = outcome(6);
  const isDead = ({ family, outcome: ended }: AddressResult) => ended === 'failed' && (family === 4 ? ipv4Ok : ipv6Ok);
  return {
    someAddressesDead: results.some((result) => isDead(result) === true),
    ...(ipv4Ok === null ? {} : { ipv4Ok }),
    ...(ipv6Ok === null ? {} : { ipv6Ok }),
  };
}

function failureNote(results: AddressResult[], port: number): string {
  if (results.length === 1) return `No connection to ${hostPort(results[0]?.address ?? '', port)}`;
  return `No connection to any of ${results.length} addresses`;
}
