import { envelopeFrom, mainRecipient, needsSmtpUtf8, recipientsOf, wireAddress } from '../addresses.ts';
import { failedStage, failing, passedStage, refused, type StageOutcome, withoutAddress } from '../failure.ts';
import { composeMessage } from '../message.ts';
import { isPositive } from '../reply.ts';
import { commandLimit, connectionOf, type Session, shownReply } from '../session.ts';

/** Offers the sender (RFC 5321 4.1.1.2). On a real run the message is composed first, so that its size is known. */
export async function mailStage(session: Session): Promise<StageOutcome> {
  const { request, capabilities } = session;
  const from = envelopeFrom(request);
  if (from === '') return withoutAddress(request.action, 'the profile has no From address');
  const wire = wireAddress(from);
  if (wire === null) return failedStage(failing('', 'Not one mail address').failure, 'The sender is not one address');
  const smtpUtf8 = [from, ...recipientsOf(request)].some((address) => needsSmtpUtf8(wireAddress(address) ?? ''));
  if (smtpUtf8 && !capabilities?.smtpUtf8) {
    const { failure } = failing('', 'An address needs SMTPUTF8', { addressLocalNonAscii: true, offersSmtpUtf8: false });
    return failedStage(failure, 'The server takes no address with letters outside ASCII', { from });
  }
  if (request.action === 'send' && mainRecipient(request) !== '') session.message = await composeMessage(session);
  const bytes = session.message?.bytes.length ?? 0;
  const facts = { from, ...(bytes === 0 ? {} : { messageBytes: bytes }) };
  if (capabilities?.size && bytes > capabilities.size) {
    const { failure } = failing('', `The server takes ${capabilities.size} bytes`, { messageLargerThanSize: true });
    return failedStage(failure, 'The message is larger than the server takes', facts);
  }
  const command = `MAIL FROM:<${wire}>${parameters(session, bytes, smtpUtf8)}`;
  const answer = await connectionOf(session).command(command, commandLimit(session));
  if (!answer.ok) return failedStage(answer.failure, 'The sender was not answered', facts);
  const reply = shownReply(session, answer.value);
  if (!isPositive(answer.value)) {
    return failedStage(refused(answer.value), `The server refused the sender with ${reply.code}`, { ...facts, reply });
  }
  return passedStage(`Sender ${from} accepted`, { ...facts, reply });
}

function parameters({ capabilities }: Session, bytes: number, smtpUtf8: boolean): string {
  const size = bytes > 0 && capabilities?.sizeOffered ? ` SIZE=${bytes}` : '';
  if (!smtpUtf8) return size;
  return `${size} SMTPUTF8${capabilities?.eightBitMime ? ' BODY=8BITMIME' : ''}`;
}
