import { NO_CAPABILITIES } from '../capabilities.ts';
import { ehloNameFor } from '../ehlo-name.ts';
import { type Failure, failedStage, passedStage, type RuleFacts, type StageOutcome, warnedStage } from '../failure.ts';
import { sayEhlo } from '../hello.ts';
import { serverKindOf } from '../server-kind.ts';
import { commandLimit, connectionOf, type Session, shown, shownReply } from '../session.ts';

/** Introduces us and learns what the server offers (RFC 5321 4.1.1.1). */
export async function ehloStage(session: Session): Promise<StageOutcome> {
  const connection = connectionOf(session);
  session.ehloName = ehloNameFor(session.settings.server.ehloName, connection.socket.localAddress ?? '127.0.0.1');
  const hello = await sayEhlo(session);
  if (!hello.ok) return notWelcome(session, hello.failure);
  const { reply, capabilities } = hello.value;
  session.capabilities = capabilities;
  session.serverKind = serverKindOf(session.banner, reply.lines);
  const facts = {
    ehloName: session.ehloName,
    capabilities: capabilities.lines.map((line) => shown(session, line)),
    reply: shownReply(session, reply),
    ...(session.serverKind === '' ? {} : { serverKind: session.serverKind }),
  };
  const [oddity] = reply.oddities;
  if (oddity) return warnedStage(oddity, facts, offers(session));
  return passedStage(`${capabilities.lines.length} extensions offered`, facts, offers(session));
}

async function notWelcome(session: Session, failure: Failure): Promise<StageOutcome> {
  const facts = {
    ehloName: session.ehloName,
    ...(failure.reply ? { reply: shownReply(session, failure.reply) } : {}),
  };
  const unknown = failure.reply?.code === 500 || failure.reply?.code === 502;
  if (!unknown || needsExtensions(session)) return failedStage(failure, 'The server refused EHLO', facts);
  const answer = await connectionOf(session).command(`HELO ${session.ehloName}`, commandLimit(session));
  if (!answer.ok || answer.value.code !== 250) return failedStage(failure, 'The server refused EHLO and HELO', facts);
  session.capabilities = NO_CAPABILITIES;
  return warnedStage('The server knows only HELO: no encryption, no sign-in', facts, offers(session));
}

/** STARTTLS and AUTH exist only with EHLO: falling back to HELO would mean going on without them. */
function needsExtensions({ settings }: Session): boolean {
  return settings.signIn.method !== 'none' || settings.server.security === 'starttls';
}

function offers({ capabilities }: Session): RuleFacts {
  return { offersSmtpUtf8: capabilities?.smtpUtf8 ?? false, offersDsn: capabilities?.dsn ?? false };
}
