import { type Capabilities, capabilitiesOf } from './capabilities.ts';
import { done, failing, type Outcome, refused } from './failure.ts';
import type { RawReply } from './reply.ts';
import { commandLimit, connectionOf, type Session } from './session.ts';

/** What EHLO brought. */
export interface Hello {
  reply: RawReply;
  capabilities: Capabilities;
}

/** Says EHLO and reads what the server offers. */
export async function sayEhlo(session: Session): Promise<Outcome<Hello>> {
  const answer = await connectionOf(session).command(`EHLO ${session.ehloName}`, commandLimit(session));
  if (!answer.ok) return answer;
  const reply = answer.value;
  if (reply.code === 250) return done({ reply, capabilities: capabilitiesOf(reply) });
  // Any other success code is not an answer to EHLO: perhaps one that was prepared for another command.
  if (reply.code < 400) return failing('EPROTOCOL', 'This is no answer to EHLO', { replySyntaxError: true }, { reply });
  return { ok: false, failure: refused(reply) };
}
