import { answerAuth } from './auth-command.ts';
import { parsePath } from './mail-path.ts';
import { MECHANISMS, type Moment } from './scenario.ts';
import { PRACTICE_HOST_NAME, type Session } from './session.ts';

/** A refusal, or the moment that the command leads to with the usual answer to it. */
export type Answer = { readonly refuse: string } | { readonly moment: Moment; readonly usual: () => Promise<void> };

/** One SMTP command: whether it is allowed before a required STARTTLS, and how it is answered. */
export interface Command {
  readonly beforeTls: boolean;
  readonly answer: (session: Session, argument: string) => Answer;
}

/** Every command by its verb (RFC 5321 4.1.1, RFC 3207, RFC 4954). */
export const COMMANDS: Readonly<Record<string, Command>> = {
  EHLO: { beforeTls: true, answer: (session, name) => answerHello(session, name, true) },
  HELO: { beforeTls: true, answer: (session, name) => answerHello(session, name, false) },
  STARTTLS: { beforeTls: true, answer: answerStartTls },
  AUTH: { beforeTls: false, answer: answerAuth },
  MAIL: { beforeTls: false, answer: answerMail },
  RCPT: { beforeTls: false, answer: answerRcpt },
  DATA: { beforeTls: false, answer: answerData },
  RSET: { beforeTls: false, answer: answerRset },
  NOOP: { beforeTls: true, answer: (session) => simple(session, 'noop', '250 2.0.0 Ok') },
  VRFY: { beforeTls: false, answer: answerVrfy },
  QUIT: { beforeTls: true, answer: answerQuit },
  EXPN: { beforeTls: false, answer: () => ({ refuse: '502 5.5.1 Command not implemented' }) },
  HELP: { beforeTls: false, answer: () => ({ refuse: '502 5.5.1 Command not implemented' }) },
};

function answerHello(session: Session, name: string, extended: boolean): Answer {
  if (name === '' || /\s/.test(name)) return { refuse: '501 5.5.4 Give your host name' };
  session.mentioned.client = name;
  const usual = async () => {
    session.client = name;
    session.extended = extended;
    session.transaction = null;
    const keywords = extended ? keywordsOf(session) : [];
    const lines = [PRACTICE_HOST_NAME, ...keywords];
    await session.reply(lines.map((line, index) => `250${index === lines.length - 1 ? ' ' : '-'}${line}`));
  };
  if (!extended) return { moment: 'helo', usual };
  return { moment: session.connection.secure ? 'ehlo-in-tls' : 'ehlo', usual };
}

function keywordsOf(session: Session): string[] {
  const { behaviour, connection } = session;
  const keywords = ['PIPELINING', `SIZE ${largestMessage(session)}`, '8BITMIME', 'SMTPUTF8', 'ENHANCEDSTATUSCODES'];
  if (!connection.secure && behaviour.tls !== 'off') keywords.push('STARTTLS');
  const mechanisms = behaviour.mechanisms ?? MECHANISMS;
  const loginPossible = connection.secure || behaviour.loginWithoutTls;
  if (loginPossible && mechanisms.length > 0) keywords.push(`AUTH ${mechanisms.join(' ')}`);
  const whole = connection.secure ? behaviour.offersInTls : behaviour.offers;
  if (whole) return [...whole];
  const { hiddenKeywords = [], extraKeywords = [], hiddenInTls = [], extraInTls = [] } = behaviour;
  const hidden = connection.secure ? [...hiddenKeywords, ...hiddenInTls] : hiddenKeywords;
  const shown = keywords.filter((line) => !hidden.includes(line.split(' ', 1)[0] ?? ''));
  return [...shown, ...extraKeywords, ...(connection.secure ? extraInTls : [])];
}

/** Bytes of the largest message that is taken. */
function largestMessage({ behaviour, limits }: Session): number {
  return Math.min(behaviour.messageBytes ?? limits.messageBytes, limits.messageBytes);
}

function answerStartTls(session: Session, argument: string): Answer {
  if (argument !== '') return { refuse: '501 5.5.4 STARTTLS takes no argument' };
  if (session.connection.secure) return { refuse: '503 5.5.1 TLS is already active' };
  if (session.behaviour.tls === 'off') return { refuse: '502 5.5.1 Command not implemented' };
  return { moment: 'starttls', usual: () => session.startTls('220 2.0.0 Ready to start TLS') };
}

function answerMail(session: Session, argument: string): Answer {
  if (session.client === null) return { refuse: '503 5.5.1 Send EHLO first' };
  if (session.behaviour.loginRequired !== false && session.user === null) {
    return { refuse: '530 5.7.0 Authentication required' };
  }
  if (session.transaction) return { refuse: '503 5.5.1 Sender already given' };
  const path = parsePath(argument, 'FROM');
  if (!path) return { refuse: '501 5.1.7 Bad sender address syntax' };
  const refusal = refuseParameters(session, path.parameters);
  if (refusal) return { refuse: refusal };
  const utf8 = path.parameters.has('SMTPUTF8');
  if (!utf8 && !isAscii(path.address)) return { refuse: '553 5.6.7 SMTPUTF8 is needed for this address' };
  session.mentioned.sender = path.address;
  const usual = async () => {
    session.transaction = { sender: path.address, utf8, recipients: [] };
    await session.reply(['250 2.1.0 Ok']);
  };
  return { moment: 'mail', usual };
}

/** Parameters of MAIL: SIZE (RFC 1870), BODY (RFC 6152), SMTPUTF8 (RFC 6531), AUTH (RFC 4954 5). */
function refuseParameters(session: Session, parameters: ReadonlyMap<string, string>): string | null {
  const hidden = session.behaviour.hiddenKeywords ?? [];
  for (const [name, value] of parameters) {
    if (hidden.includes(name === 'BODY' ? '8BITMIME' : name)) return '555 5.5.4 Parameter not recognized';
    if (name === 'SIZE') {
      if (!/^\d{1,20}$/.test(value)) return '501 5.5.4 SIZE takes a number';
      if (Number(value) > largestMessage(session)) return '552 5.3.4 Message too big';
    } else if (name === 'BODY') {
      if (!/^(7BIT|8BITMIME)$/i.test(value)) return '501 5.5.4 BODY takes 7BIT or 8BITMIME';
    } else if (name !== 'SMTPUTF8' && name !== 'AUTH') {
      return '555 5.5.4 Parameter not recognized';
    }
  }
  return null;
}

function answerRcpt(session: Session, argument: string): Answer {
  const { transaction } = session;
  if (!transaction) return { refuse: '503 5.5.1 Send MAIL first' };
  const path = parsePath(argument, 'TO');
  if (!path) return { refuse: '501 5.1.3 Bad recipient address syntax' };
  if (path.parameters.size > 0) return { refuse: '555 5.5.4 Parameter not recognized' };
  if (!transaction.utf8 && !isAscii(path.address)) return { refuse: '553 5.6.7 SMTPUTF8 is needed for this address' };
  if (transaction.recipients.length >= session.limits.recipients) return { refuse: '452 4.5.3 Too many recipients' };
  session.mentioned.recipient = path.address;
  const usual = async () => {
    transaction.recipients.push(path.address);
    await session.reply(['250 2.1.5 Ok']);
  };
  return { moment: 'rcpt', usual };
}

function answerData(session: Session, argument: string): Answer {
  const { transaction } = session;
  if (argument !== '') return { refuse: '501 5.5.4 DATA takes no argument' };
  if (!transaction) return { refuse: '503 5.5.1 Send MAIL first' };
  if (transaction.recipients.length === 0) return { refuse: '554 5.5.1 No valid recipients' };
  const usual = async () => {
    await session.reply(['354 End data with <CR><LF>.<CR><LF>']);
    await takeMessage(session);
  };
  return { moment: 'data', usual };
}

async function takeMessage(session: Session): Promise<void> {
  const { transaction } = session;
  const read = await session.connection.readMessage();
  session.transaction = null;
  if (read.kind === 'end' || !transaction) return;
  if (read.kind === 'too-large') return session.refuse('552 5.3.4 Message too big');
  if (read.kind === 'no-room') return session.refuse('452 4.3.1 Not enough memory, try again later');
  if (read.source.length > largestMessage(session)) return session.refuse('552 5.3.4 Message too big');
  const { sender, recipients } = transaction;
  await session.perform('message', async () => {
    const { id } = session.inbox.add({ envelopeFrom: sender, recipients, source: read.source });
    await session.reply([`250 2.0.0 Ok: queued as ${id}`]);
  });
}

function answerRset(session: Session): Answer {
  const usual = async () => {
    session.transaction = null;
    await session.reply(['250 2.0.0 Ok']);
  };
  return { moment: 'rset', usual };
}

/** Says neither yes nor no, so that nobody can collect addresses (RFC 5321 7.3). */
function answerVrfy(session: Session, argument: string): Answer {
  if (argument === '') return { refuse: '501 5.5.4 Give an address' };
  return simple(session, 'vrfy', '252 2.1.5 Cannot verify, but will take mail for it');
}

function answerQuit(session: Session): Answer {
  const usual = async () => {
    await session.reply(['221 2.0.0 Bye']);
    session.connection.end();
  };
  return { moment: 'quit', usual };
}

function simple(session: Session, moment: Moment, line: string): Answer {
  return { moment, usual: () => session.reply([line]) };
}

function isAscii(text: string): boolean {
  return /^[\x20-\x7e]*$/.test(text);
}
