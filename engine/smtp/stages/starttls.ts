import type { StageFacts } from '../../../shared/report.ts';
import { type Capabilities, capabilitiesOf } from '../capabilities.ts';
import { nextTurn } from '../connection.ts';
import {
  CANCELLED,
  failedStage,
  failing,
  passedStage,
  type RuleFacts,
  refused,
  type StageOutcome,
  skippedStage,
  warnedStage,
} from '../failure.ts';
import { sayEhlo } from '../hello.ts';
import type { RawReply } from '../reply.ts';
import { ServerBytes } from '../server-bytes.ts';
import { commandLimit, connectionOf, connectLimit, type Session, shown, shownReply } from '../session.ts';
import { handshake, tlsFacts, tlsRuleFacts } from '../tls.ts';

/** Round trips to look for a reply inside TLS that came without a question, and the most milliseconds for it. */
const WATCH = { roundTrips: 2, maxMs: 25 } as const;

/** Upgrades the connection to TLS and says EHLO again (RFC 3207). */
export async function starttlsStage(session: Session): Promise<StageOutcome> {
  const { security } = session.settings.server;
  if (security === 'tls') return skippedStage('not-applicable', 'The connection began with TLS.');
  if (security === 'none') return skippedStage('not-applicable', 'The profile uses no encryption.');
  if (!session.capabilities?.starttls) return notOffered(session);
  const connection = connectionOf(session);
  const answer = await connection.command('STARTTLS', commandLimit(session));
  if (!answer.ok) return failedStage(answer.failure, 'STARTTLS failed');
  const reply = answer.value;
  const facts = { reply: shownReply(session, reply) };
  if (reply.code !== 220) return failedStage(refused(reply), `The server refused STARTTLS with ${reply.code}`, facts);
  await nextTurn();
  if (session.signal.aborted) return failedStage(CANCELLED, 'Cancelled');
  const early = bytesBehindFirstLine(reply) + connection.unreadBytes;
  if (early > 0) return slippedIn(early, facts);
  if (connection.isLost) {
    const { failure } = failing('ECONNRESET', 'The connection was closed before the TLS handshake');
    return failedStage(failure, 'The TLS handshake failed', facts);
  }
  return upgrade(session);
}

async function upgrade(session: Session): Promise<StageOutcome> {
  const connection = connectionOf(session);
  const bytes = new ServerBytes(connection.release());
  const secured = await handshake(session, bytes, connectLimit(session));
  if (!secured.ok) {
    const text = bytes.insteadOfTls;
    return /^\d{3}[ -]/.test(text) ? slippedIn(text.length) : failedStage(secured.failure, 'The TLS handshake failed');
  }
  connection.adopt(secured.value);
  const facts = tlsFacts(session, secured.value);
  session.transcript.add('note', `${facts.tlsVersion} with ${facts.cipher}`, true);
  const before = session.capabilities;
  // Inside TLS the server must wait for our EHLO too; what it says before counts as unsolicited.
  await watch(session);
  const hello = await sayEhlo(session);
  if (!hello.ok) {
    const failure = { ...hello.failure, facts: { ...hello.failure.facts, failedStage: 'ehlo' } };
    const answered = failure.reply ? { reply: shownReply(session, failure.reply) } : {};
    return failedStage(failure, 'After TLS the server refused EHLO', { ...facts, ...answered });
  }
  const { reply } = hello.value;
  session.capabilities = capabilitiesOf(reply);
  const after = session.capabilities;
  const learned = { ...facts, capabilitiesAfterTls: after.lines.map((line) => shown(session, line)) };
  const change = before ? suspiciousChange(before, after) : '';
  const ruleFacts = { ...tlsRuleFacts(secured.value), ...changeFacts(before, after) };
  if (change !== '') return warnedStage(change, learned, ruleFacts);
  return passedStage(`${facts.tlsVersion}, ${facts.cipher}`, learned, ruleFacts);
}

function notOffered(session: Session): StageOutcome {
  const offered = { offersStarttls: false, tlsActive: false };
  if (session.settings.server.security === 'starttls') {
    const { failure } = failing('', 'The server does not offer STARTTLS', offered);
    return failedStage(failure, 'The server does not offer STARTTLS');
  }
  return warnedStage('Not offered, so everything goes on without encryption', {});
}

/** The go-ahead is one line (RFC 3207 4): a client that goes on after the first takes the rest as said inside TLS. */
function bytesBehindFirstLine({ raw }: RawReply): number {
  const end = raw.indexOf('\n');
  return end === -1 ? 0 : Buffer.byteLength(raw) - end;
}

function changeFacts(before: Capabilities | null, after: Capabilities): RuleFacts {
  return { signInLostAfterTls: Boolean(before?.mechanisms) && !after.mechanisms, starttlsInTls: after.starttls };
}

function suspiciousChange(before: Capabilities, after: Capabilities): string {
  if (before.mechanisms && !after.mechanisms) return 'The server offers sign-in before TLS but not after';
  return after.starttls ? 'The server offers STARTTLS again inside TLS' : '';
}

/** Whoever puts bytes between the go-ahead and TLS wants them to count as said inside it (CVE-2011-0411 and its kin). */
function slippedIn(count: number, facts: StageFacts = {}): StageOutcome {
  const { failure } = failing('EPROTOCOL', 'Bytes followed the go-ahead for TLS', { bytesAfterStarttls: count });
  return failedStage(failure, 'Something was slipped in before TLS', facts);
}

/** Waits, as long as the server is near for a very short time, while nothing may come from it. */
async function watch(session: Session): Promise<void> {
  const { roundTripMs } = connectionOf(session);
  const end = performance.now() + Math.min(WATCH.maxMs, WATCH.roundTrips * roundTripMs);
  // A timer takes a millisecond and more; turns of the event loop are as exact as the network is fast.
  do await nextTurn();
  while (performance.now() < end && !session.signal.aborted);
}
