import { parseMailbox, splitAddress } from '../../../shared/address.ts';
import { appErrorOf } from '../../../shared/errors.ts';
import { bareHost, hostSyntax, isAddress, isLoopback } from '../../../shared/host.ts';
import { fail, ok, type Result } from '../../../shared/result.ts';
import { asciiHost } from '../ascii-host.ts';

/** What a detection is about. */
export interface Query {
  /** As it is shown: the address, domain or host. */
  about: string;
  /** The mail address, or '' when only a domain or a host is known. */
  address: string;
  /** Domain or host in ASCII, in lower case. */
  domain: string;
  /** True for an address literal and for this machine itself: DNS has nothing to say about them. */
  isOutsideDns: boolean;
}

/** Reads a mail address, with or without a name, a domain or a host; INVALID_INPUT when it is none of them. */
export function readQuery(text: string): Result<Query> {
  const trimmed = text.trim();
  const address = parseMailbox(trimmed)?.address ?? '';
  const host = address === '' ? bareHost(trimmed.replace(/^@/, '')) : (splitAddress(address)?.domain ?? '');
  const domain = hostSyntax(host) === 'ok' ? asciiHost(host).toLowerCase() : '';
  if (domain === '') {
    const message = 'Enter a mail address, a domain or a host, such as alerts@acme.example.';
    return fail(appErrorOf('INVALID_INPUT', { problems: [{ field: 'about', message }] }));
  }
  return ok({
    about: address === '' ? host : address,
    address,
    domain,
    isOutsideDns: isAddress(domain) || isLoopback(domain),
  });
}
