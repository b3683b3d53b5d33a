import {
  type Failure,
  failedStage,
  passedStage,
  type RuleFacts,
  refused,
  type StageOutcome,
  warnedStage,
} from '../failure.ts';
import { probeTls } from '../probe.ts';
import { serverKindOf } from '../server-kind.ts';
import { connectionOf, connectLimit, type Session, shown, shownReply } from '../session.ts';

/** Waits for the server's first words (RFC 5321 3.1). */
export async function greetingStage(session: Session): Promise<StageOutcome> {
  const connection = connectionOf(session);
  const answer = await connection.reply(connectLimit(session), 'greeting');
  if (!answer.ok) return noGreeting(session, answer.failure);
  const reply = answer.value;
  session.banner = reply.raw;
  session.serverKind = serverKindOf(reply.raw);
  const facts = {
    banner: shown(session, reply.lines.join(' ')),
    reply: shownReply(session, reply),
    ...(session.serverKind === '' ? {} : { serverKind: session.serverKind }),
  };
  if (reply.code !== 220) return failedStage(refused(reply), `The server refused with ${reply.code}`, facts);
  const [oddity] = reply.oddities;
  return oddity ? warnedStage(oddity, facts) : passedStage(facts.banner || 'The server greets', facts);
}

async function noGreeting(session: Session, failure: Failure): Promise<StageOutcome> {
  const { firstByte, bytesReceived } = connectionOf(session);
  if (failure.banner !== undefined) session.banner = failure.banner;
  const facts = failure.banner === undefined ? {} : { banner: shown(session, failure.banner) };
  const known: RuleFacts = { ...failure.facts, bytesReceived };
  if (known.timeoutPhase === 'greeting') {
    const probeTlsOk = bytesReceived === 0 && !session.request.single && (await probeTls(session));
    return failedStage({ ...failure, facts: { ...known, probeTlsOk } }, 'The server did not greet in time', facts);
  }
  if (known.closedByServer === true) {
    const silent = { ...known, closedBeforeGreeting: bytesReceived === 0 };
    return failedStage({ ...failure, facts: silent }, 'The server closed the connection without a greeting', facts);
  }
  if (known.replySyntaxError === true) {
    // 0x15 and 0x16 begin a TLS alert and a handshake record (RFC 8446 5.1).
    const firstBytes = firstByte === 0x15 || firstByte === 0x16 ? 'tls-record' : 'garbage';
    // That it breaks the syntax of SMTP is no news then.
    const { replySyntaxError: _told, ...rest } = known;
    return failedStage({ ...failure, facts: { ...rest, firstBytes } }, 'This is not a mail server’s greeting', facts);
  }
  return failedStage({ ...failure, facts: known }, 'The greeting cannot be used', facts);
}
