import { passedStage, type StageOutcome, warnedStage } from '../failure.ts';
import { commandLimit, connectionOf, type Session, shownReply } from '../session.ts';

/** Longest wait for the farewell, in milliseconds: everything that matters is done by then. */
const FAREWELL_LIMIT = 2_000;

/** Says goodbye (RFC 5321 4.1.1.10). A server that does not answer spoils nothing. */
export async function quitStage(session: Session): Promise<StageOutcome> {
  const limit = Math.min(FAREWELL_LIMIT, commandLimit(session));
  const answer = await connectionOf(session).command('QUIT', limit);
  if (!answer.ok) return warnedStage('The server did not answer QUIT', {});
  const reply = shownReply(session, answer.value);
  if (answer.value.code === 221) return passedStage('Closed', { reply });
  return warnedStage(`The server answered QUIT with ${reply.code}`, { reply });
}
