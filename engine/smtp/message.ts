import { createTransport } from 'nodemailer';
import type { Mailbox } from '../../shared/address.ts';
import { envelopeFrom, mainRecipient } from './addresses.ts';
import type { Session } from './session.ts';

/** The test message, ready for DATA but for dot-stuffing. */
export interface TestMessage {
  /** Header and body with CRLF line ends. */
  bytes: Buffer;
  messageId: string;
  /** Names of the profile's headers that it may not set by itself. */
  leftOut: string[];
}

/** Headers that the message or the composer sets; a profile's custom header must not double or forge them. */
const OWN_HEADERS = new Set(
  'from,sender,to,cc,bcc,subject,date,message-id,reply-to,errors-to,mime-version,return-path,received,dkim-signature,auto-submitted,x-relaysmith-run'.split(
    ',',
  ),
);

/** Composes the test message of a run with nodemailer, from plain strings only: no file and no address is ever opened. */
export async function composeMessage(session: Session): Promise<TestMessage> {
  const { request, settings, runId } = session;
  const { sender } = settings;
  const from = sender.from.address === '' ? { address: envelopeFrom(request), name: '' } : sender.from;
  const composer = createTransport({ streamTransport: true, buffer: true, newline: 'windows' });
  const composed = await composer.sendMail({
    from: named(from),
    to: named({ address: mainRecipient(request), name: '' }),
    cc: sender.cc.filter((address) => address !== '').map((address) => named({ address, name: '' })),
    ...(sender.replyTo.address === '' ? {} : { replyTo: named(sender.replyTo) }),
    subject: `Relaysmith test: ${request.profileName || settings.name} (${moment(session)}, run ${runId.slice(0, 8)})`,
    date: session.now(),
    headers: customHeaders(session),
    text: bodyText(session),
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const bytes = composed.message;
  if (!Buffer.isBuffer(bytes)) throw new Error(`The composer gave no message for run ${runId}`);
  const leftOut = sender.headers.map(({ name }) => name).filter((name) => !isCustomHeader(name));
  return { bytes, messageId: composed.messageId, leftOut };
}

/** The message as it travels after DATA: lines that begin with a dot get a second one, then the lone dot (RFC 5321 4.5.2). */
export function dataBytes({ bytes }: TestMessage): Buffer {
  const text = bytes.toString('latin1').replace(/^\./gm, '..');
  return Buffer.from(`${text}${text.endsWith('\r\n') ? '' : '\r\n'}.\r\n`, 'latin1');
}

/** True for a header that a profile may add by itself. */
export function isCustomHeader(name: string): boolean {
  const lower = name.toLowerCase();
  return !OWN_HEADERS.has(lower) && !lower.startsWith('content-') && !lower.startsWith('resent-');
}

function customHeaders({ settings, runId }: Session): { key: string; value: string }[] {
  const { headers, errorsTo } = settings.sender;
  return [
    ...headers.filter(({ name }) => isCustomHeader(name)).map(({ name, value }) => ({ key: name, value })),
    ...(errorsTo === '' ? [] : [{ key: 'Errors-To', value: errorsTo }]),
    { key: 'X-Relaysmith-Run', value: runId },
    // RFC 3834 5: keeps out-of-office answers away.
    { key: 'Auto-Submitted', value: 'auto-generated' },
  ];
}

/** Date and minute, UTC; the time that the report shows. */
function moment({ now }: Session): string {
  return `${now().toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

function bodyText({ request, settings, runId, host, now }: Session): string {
  return [
    'This is a test message from Relaysmith. If you can read it, the outgoing mail settings below work.',
    '',
    `Profile: ${request.profileName || settings.name}`,
    `Server: ${host}, port ${settings.server.port}, security ${settings.server.security}`,
    `Time: ${now().toISOString()}`,
    `Run: ${runId}`,
    '',
  ].join('\r\n');
}

/** An object, so that a comma or bracket in the name cannot make a second mailbox of it. */
function named({ address, name }: Mailbox): { name: string; address: string } {
  return { name, address };
}
