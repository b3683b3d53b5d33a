import { splitAddress } from '../../shared/address.ts';
import type { RelayCheck } from '../../shared/relay.ts';
import { envelopeFrom } from './addresses.ts';
import type { Capabilities } from './capabilities.ts';
import type { TestRequest } from './session.ts';

/** Most senders that one run asks for; servers count idle transactions against a client. */
const MAX_SENDERS = 20;

const MEGABYTE = 1024 * 1024;

/** Bytes to ask for where the server announces no limit. */
const LARGE_MESSAGE = 10 * MEGABYTE;

/** Asked for where the profile names no outside recipient: reserved (RFC 2606), so that it is nobody's. */
export const RESERVED_RECIPIENT = 'postmaster@example.com';

/** One transaction to come. */
export interface Planned {
  check: RelayCheck;
  from: string;
  /** '' asks MAIL alone. */
  to: string;
  /** What MAIL and RCPT carry behind the address, with a space in front. */
  mailParameters: string;
  rcptParameters: string;
  /** False when EHLO does not name what it needs: then nothing is asked. */
  isOffered: boolean;
  /** What is worth knowing whatever the answer, or ''. */
  note: string;
}

/** What the relay check asks for a profile that has a From address: where it may send to, as whom, and what the server takes. */
export function relayPlan(request: TestRequest, capabilities: Capabilities | null): Planned[] {
  const envelope = envelopeFrom(request);
  const own = request.settings.sender.from.address || envelope;
  const ask = (check: RelayCheck, from: string, to: string, rest: Partial<Planned> = {}): Planned => ({
    check,
    from,
    to,
    mailParameters: '',
    rcptParameters: '',
    isOffered: true,
    note: '',
    ...rest,
  });
  const { senders, left } = sendersOf(request);
  const size = capabilities?.size || LARGE_MESSAGE;
  return [
    ask('own-domain', envelope, own),
    ask('external', envelope, outsideRecipient(request)),
    ...senders.map((from, at) =>
      ask(
        'sender',
        from,
        own,
        at === senders.length - 1 && left > 0 ? { note: `${left} more domains were not asked.` } : {},
      ),
    ),
    ask('size', envelope, '', {
      mailParameters: ` SIZE=${size}`,
      isOffered: capabilities?.sizeOffered ?? false,
      note: capabilities?.size ? `The server announces at most ${inWords(size)}.` : `Asked for ${inWords(size)}.`,
    }),
    ask('8bitmime', envelope, '', {
      mailParameters: ' BODY=8BITMIME',
      isOffered: capabilities?.eightBitMime ?? false,
    }),
    ask('smtputf8', envelope, '', { mailParameters: ' SMTPUTF8', isOffered: capabilities?.smtpUtf8 ?? false }),
    ask('dsn', envelope, own, {
      mailParameters: ' RET=HDRS',
      rcptParameters: ' NOTIFY=FAILURE',
      isOffered: capabilities?.dsn ?? false,
    }),
  ];
}

/** Every address that the profile may send as: its envelope sender, its From address, and that name in each declared domain. */
function sendersOf(request: TestRequest): { senders: string[]; left: number } {
  const { from, relayDomains } = request.settings.sender;
  const local = splitAddress(from.address || envelopeFrom(request))?.local ?? 'postmaster';
  const all = [envelopeFrom(request), from.address, ...relayDomains.map((domain) => `${local}@${domain}`)];
  const senders = all.filter((address, at) => splitAddress(address) !== null && all.indexOf(address) === at);
  return { senders: senders.slice(0, MAX_SENDERS), left: Math.max(0, senders.length - MAX_SENDERS) };
}

/** A recipient outside the sender's domain: the run's, else the profile's, else one that is nobody's. */
function outsideRecipient(request: TestRequest): string {
  const domain = domainOf(envelopeFrom(request));
  const known = [request.recipient ?? '', request.settings.testRecipient];
  return known.find((address) => address !== '' && domainOf(address) !== domain) ?? RESERVED_RECIPIENT;
}

/** `25 MB`, or bytes where it is less than one. */
function inWords(size: number): string {
  return size < MEGABYTE ? `${size} bytes` : `${Math.floor(size / MEGABYTE)} MB`;
}

function domainOf(address: string): string {
  return splitAddress(address)?.domain.toLowerCase() ?? '';
}
