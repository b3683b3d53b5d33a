import type { StageFacts } from '../../../shared/report.ts';
import { type Failure, failedStage, passedStage, refused, type StageOutcome, skippedStage } from '../failure.ts';
import { dataBytes } from '../message.ts';
import { queueIdIn } from '../queue-id.ts';
import { isPositive } from '../reply.ts';
import { commandLimit, connectionOf, type Session, shownReply } from '../session.ts';

const MAYBE = 'The message may have been accepted: look into the inbox before sending again';

/** Sends the message (RFC 5321 4.1.1.4) and reads the id that the server gave it. */
export async function dataStage(session: Session): Promise<StageOutcome> {
  if (session.request.action === 'check') return skippedStage('not-asked', 'A check sends no message.');
  const { message } = session;
  if (!message) return skippedStage('not-possible', 'There is no sender or no recipient.');
  const connection = connectionOf(session);
  const offered = { messageBytes: message.bytes.length, messageId: message.messageId };
  const goAhead = await connection.command('DATA', commandLimit(session));
  if (!goAhead.ok) return failedStage(goAhead.failure, 'The message could not be sent', offered);
  if (goAhead.value.code !== 354) {
    const reply = shownReply(session, goAhead.value);
    // A success that is not 354 is no go-ahead: sending now would put the message into the command stream.
    const odd = goAhead.value.code < 400 ? { replySyntaxError: true } : {};
    return failedStage(refused(goAhead.value, odd), `The server refused the message with ${reply.code}`, {
      ...offered,
      reply,
    });
  }
  session.transcript.add('client', `(message, ${message.bytes.length} bytes)`, connection.encrypted);
  const sent = connection.sendBytes(dataBytes(message));
  if (!sent.ok) return failedStage(sent.failure, 'The connection broke before the message was sent', offered);
  session.messageSent = true;
  const facts = { ...offered, messageSent: true };
  const answer = await connection.reply(commandLimit(session), 'data');
  if (!answer.ok) return uncertain(answer.failure, facts);
  const reply = shownReply(session, answer.value);
  if (!isPositive(answer.value)) {
    return failedStage(refused(answer.value), `The server refused the message with ${reply.code}`, { ...facts, reply });
  }
  const queueId = queueIdIn(reply.text);
  const named = queueId === '' ? 'Message accepted, the server named no id' : `Message accepted as ${queueId}`;
  const note = message.leftOut.length === 0 ? named : `${named}. Without the headers ${message.leftOut.join(', ')}`;
  return passedStage(note, { ...facts, reply, queueId });
}

/** After the final dot an error says nothing about the message (RFC 5321 4.5.3.2.6, RFC 1047). */
function uncertain(failure: Failure, facts: StageFacts): StageOutcome {
  const known = { ...failure, facts: { ...failure.facts, messageSent: true } };
  return failedStage(known, MAYBE, { ...facts, detail: MAYBE });
}
