import { Connection } from '../connection.ts';
import { failedStage, passedStage, type StageOutcome, skippedStage } from '../failure.ts';
import { connectLimit, type Session } from '../session.ts';
import { expectedName, handshake, tlsFacts, tlsRuleFacts } from '../tls.ts';

/** TLS from the first byte (RFC 8314 3.3). With STARTTLS the `starttls` stage does the handshake. */
export async function tlsStage(session: Session): Promise<StageOutcome> {
  if (session.settings.server.security !== 'tls') {
    return skippedStage('not-applicable', 'The connection does not begin with TLS.');
  }
  if (!session.plainSocket) throw new Error('The stage needs a socket');
  const secured = await handshake(session, session.plainSocket, connectLimit(session));
  if (!secured.ok) {
    return failedStage(secured.failure, 'The TLS handshake failed', { serverName: expectedName(session) });
  }
  session.connection = new Connection(secured.value, true, session.transcript, session.signal);
  const facts = tlsFacts(session, secured.value);
  session.transcript.add('note', `${facts.tlsVersion} with ${facts.cipher}`, true);
  return passedStage(`${facts.tlsVersion}, ${facts.cipher}`, facts, tlsRuleFacts(secured.value));
}
