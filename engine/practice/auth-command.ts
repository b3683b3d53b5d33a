import type { Answer } from './commands.ts';
import { type Ask, decodeAnswer, runMechanism, type SaslOutcome } from './sasl.ts';
import { MECHANISMS, type Mechanism } from './scenario.ts';
import type { Session } from './session.ts';

/** Answers AUTH (RFC 4954): when it may come, the exchange, and the verdict on the credentials. */
export function answerAuth(session: Session, argument: string): Answer {
  if (session.client === null || !session.extended) return { refuse: '503 5.5.1 Send EHLO first' };
  if (session.user !== null) return { refuse: '503 5.5.1 Already signed in' };
  if (session.transaction) return { refuse: '503 5.5.1 Not during a mail transaction' };
  if (!session.connection.secure && !session.behaviour.loginWithoutTls) {
    return { refuse: '538 5.7.11 Encryption required for requested authentication mechanism' };
  }
  const [name = '', initial = null, ...rest] = argument.split(/\s+/);
  const mechanism = offered(session).find((one) => one === name.toUpperCase());
  if (name === '' || rest.length > 0) return { refuse: '501 5.5.4 Name a mechanism' };
  if (!mechanism) return { refuse: '504 5.5.4 Unrecognized authentication type' };
  return { moment: 'auth', usual: () => signIn(session, mechanism, initial) };
}

function offered({ behaviour }: Session): readonly Mechanism[] {
  return behaviour.mechanisms ?? MECHANISMS;
}

async function signIn(session: Session, mechanism: Mechanism, initial: string | null): Promise<void> {
  const outcome = await exchange(session, mechanism, initial);
  switch (outcome.kind) {
    case 'end':
      return;
    case 'cancelled':
      return session.refuse('501 5.7.0 Authentication cancelled');
    case 'malformed':
      return session.refuse('501 5.5.2 Cannot decode the response');
    case 'credentials':
      session.mentioned.user = outcome.user;
      return session.perform('login', () => decide(session, outcome));
  }
}

async function exchange(session: Session, mechanism: Mechanism, initial: string | null): Promise<SaslOutcome> {
  const ask: Ask = async (challenge) => {
    await session.reply([`334 ${Buffer.from(challenge, 'utf8').toString('base64')}`]);
    const read = await session.connection.readLine();
    if (read.kind === 'line') return decodeAnswer(read.text);
    return { kind: read.kind === 'end' ? 'end' : 'malformed' };
  };
  if (initial === null) return runMechanism(mechanism, ask, null);
  // A single "=" is an initial response of no bytes (RFC 4954 4).
  const first = decodeAnswer(initial === '=' ? '' : initial);
  return first.kind === 'answer' ? runMechanism(mechanism, ask, first.text) : first;
}

async function decide(session: Session, { user, right }: { user: string; right: boolean }): Promise<void> {
  if (!right) return session.refuse('535 5.7.8 Authentication credentials invalid');
  session.user = user;
  await session.reply(['235 2.7.0 Authentication successful']);
}
