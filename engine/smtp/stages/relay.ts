import type { Transaction } from '../../../shared/relay.ts';
import { envelopeFrom, wireAddress } from '../addresses.ts';
import { diagnose } from '../diagnosis/index.ts';
import {
  CANCELLED,
  failedStage,
  passedStage,
  refused,
  type StageOutcome,
  skippedStage,
  warnedStage,
} from '../failure.ts';
import { observeFailure } from '../observe.ts';
import { type Planned, RESERVED_RECIPIENT, relayPlan } from '../relay-plan.ts';
import { isPositive, type RawReply } from '../reply.ts';
import { commandLimit, connectionOf, type Session, shownReply } from '../session.ts';

/**
 * Asks where the server lets this profile send to, as whom, and what it takes, in transactions that are each taken back
 * (RFC 5321 4.1.1.5). DATA is never sent. A refusal is a finding, not a failure: what the profile needs of it is for people
 * to judge.
 */
export async function relayStage(session: Session): Promise<StageOutcome> {
  const { request } = session;
  if (envelopeFrom(request) === '') return skippedStage('not-possible', 'The profile has no From address.');
  const transactions: Transaction[] = [];
  // A transaction that an earlier stage began may still be open.
  let isListening = await takeBack(session);
  for (const planned of relayPlan(request, session.capabilities)) {
    if (session.signal.aborted) return failedStage(CANCELLED, 'Cancelled');
    const result = isListening ? await ask(session, planned) : unasked(planned, 'not-answered');
    transactions.push(result);
    if (result.verdict !== 'not-offered' && isListening) isListening = await takeBack(session);
  }
  return outcome(transactions);
}

async function ask(session: Session, planned: Planned): Promise<Transaction> {
  const { from, to, mailParameters, rcptParameters, isOffered } = planned;
  if (!isOffered) return { ...unasked(planned, 'not-offered'), note: '' };
  const connection = connectionOf(session);
  const sender = wireAddress(from);
  const recipient = to === '' ? '' : wireAddress(to);
  if (sender === null || recipient === null) return unasked(planned, 'unclear');
  const mail = await connection.command(`MAIL FROM:<${sender}>${mailParameters}`, commandLimit(session));
  if (!mail.ok) return unasked(planned, 'not-answered');
  if (!isPositive(mail.value)) return answered(session, planned, mail.value, 'mail');
  if (recipient === '') return answered(session, planned, mail.value, '');
  const rcpt = await connection.command(`RCPT TO:<${recipient}>${rcptParameters}`, commandLimit(session));
  if (!rcpt.ok) return unasked(planned, 'not-answered');
  return answered(session, planned, rcpt.value, isPositive(rcpt.value) ? '' : 'rcpt');
}

/** Ends the transaction; false when the server is gone. */
async function takeBack(session: Session): Promise<boolean> {
  const answer = await connectionOf(session).command('RSET', commandLimit(session));
  return answer.ok && answer.value.code !== 421;
}

function unasked({ check, from, to, note }: Planned, verdict: Transaction['verdict']): Transaction {
  return { check, from, to, verdict, refusedAt: '', note };
}

function answered(session: Session, planned: Planned, raw: RawReply, refusedAt: Transaction['refusedAt']): Transaction {
  const { check, from, to, note } = planned;
  const reply = shownReply(session, raw);
  if (refusedAt === '') return { check, from, to, verdict: 'accepted', refusedAt, reply, note };
  const cause = diagnose(observeFailure(session, refusedAt, refused(raw)), null)?.cause ?? '';
  if (isAboutReserved(planned, raw)) {
    const why = `${RESERVED_RECIPIENT} takes no mail by design. Name an outside recipient to be sure.`;
    return { check, from, to, verdict: 'unclear', refusedAt, reply, note: why };
  }
  const verdict = raw.code < 500 ? 'deferred' : 'refused';
  return { check, from, to, verdict, refusedAt, reply, note: [cause, note].filter(Boolean).join(' ') };
}

/** Servers that look at the recipient's domain refuse the reserved one for having a null MX (RFC 7505 4.2). */
function isAboutReserved({ to }: Planned, { lines, code }: RawReply): boolean {
  if (to !== RESERVED_RECIPIENT) return false;
  return (
    code === 556 || /null ?MX|does not accept mail|domain not found|no such user|user unknown/i.test(lines.join(' '))
  );
}

function outcome(transactions: Transaction[]): StageOutcome {
  const facts = { transactions };
  const asked = transactions.filter(({ verdict }) => verdict !== 'not-offered');
  const accepted = asked.filter(({ verdict }) => verdict === 'accepted');
  const lost = transactions.some(({ verdict }) => verdict === 'not-answered');
  const external = transactions.some(({ check, verdict }) => check === 'external' && verdict === 'accepted');
  const ruleFacts = external ? { externalRcptAccepted: true } : {};
  if (lost) return warnedStage('The server stopped answering, so not all was asked', facts, ruleFacts);
  const note = `${accepted.length} of ${asked.length} accepted`;
  return accepted.length < asked.length ? warnedStage(note, facts, ruleFacts) : passedStage(note, facts, ruleFacts);
}
