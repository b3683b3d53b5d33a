import { splitAddress } from '../../../shared/address.ts';
import { envelopeFrom, mainRecipient, recipientsOf, wireAddress } from '../addresses.ts';
import {
  type Failure,
  failedStage,
  failing,
  passedStage,
  type RuleFacts,
  refused,
  type StageOutcome,
  warnedStage,
  withoutAddress,
} from '../failure.ts';
import { isPositive, type RawReply } from '../reply.ts';
import { commandLimit, connectionOf, type Session, shownReply } from '../session.ts';

/** Offers the recipients (RFC 5321 4.1.1.3). On a check the transaction is taken back afterwards: nothing is sent. */
export async function rcptStage(session: Session): Promise<StageOutcome> {
  const { request } = session;
  const [main, ...others] = recipientsOf(request);
  if (envelopeFrom(request) === '') return withoutAddress(request.action, 'the profile has no From address');
  if (main === undefined) return withoutAddress(request.action, 'there is no recipient to ask for');
  const first = await offer(session, main);
  const facts = { recipients: [main] };
  if (!('reply' in first)) return failedStage(first.failure, 'The recipient was not answered', facts);
  const reply = shownReply(session, first.reply);
  if (!isPositive(first.reply)) {
    return failedStage(refused(first.reply), `The server refused ${main} with ${reply.code}`, { ...facts, reply });
  }
  const accepted = [main];
  const refusals: string[] = [];
  for (const address of others) {
    const answer = await offer(session, address);
    if (!('reply' in answer))
      return failedStage(answer.failure, `${address} was not answered`, { recipients: accepted, reply });
    if (isPositive(answer.reply)) accepted.push(address);
    else refusals.push(`${address} with ${answer.reply.code}`);
  }
  if (request.action === 'check') await takeBack(session);
  return outcome(session, { recipients: accepted, reply }, refusals);
}

function outcome(
  session: Session,
  facts: { recipients: string[]; reply: ReturnType<typeof shownReply> },
  refusals: string[],
): StageOutcome {
  const ruleFacts: RuleFacts = { rcptAccepted: true, externalRcptAccepted: isExternal(session) };
  const names = facts.recipients.length === 1 ? facts.recipients[0] : `${facts.recipients.length} recipients`;
  if (refusals.length > 0) return warnedStage(`Accepted ${names}, refused ${refusals.join(', ')}`, facts, ruleFacts);
  const nothingSent = session.request.action === 'check' ? ', nothing was sent' : '';
  return passedStage(`Recipient accepted${nothingSent}: ${names}`, facts, ruleFacts);
}

async function offer(session: Session, address: string): Promise<{ reply: RawReply } | { failure: Failure }> {
  const wire = wireAddress(address);
  if (wire === null) return failing('', 'Not one mail address');
  const answer = await connectionOf(session).command(`RCPT TO:<${wire}>`, commandLimit(session));
  return answer.ok ? { reply: answer.value } : { failure: answer.failure };
}

/**
 * RSET ends the transaction without a message; whether the server likes it changes nothing about the result. An idle
 * Postfix counts such a transaction as mail that came in and was not delivered: after some 50 checks it answers RCPT a
 * second later (in_flow_delay), until its next delivery. Nothing on this side causes or avoids that.
 */
async function takeBack(session: Session): Promise<void> {
  await connectionOf(session).command('RSET', commandLimit(session));
}

/** True when the recipient's domain is not that of the sender: accepting it means relaying. */
function isExternal({ request }: Session): boolean {
  const domain = (address: string) => splitAddress(address)?.domain.toLowerCase() ?? '';
  return domain(mainRecipient(request)) !== domain(envelopeFrom(request));
}
