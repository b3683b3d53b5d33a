import { isIPv6 } from 'node:net';
import { hostname } from 'node:os';
import { isAddress } from '../../shared/host.ts';
import { asciiHost } from './ascii-host.ts';

/** Name for EHLO: the given one, else this machine's full name, else its address as a literal (RFC 5321 4.1.3). */
export function ehloNameFor(given: string, localAddress: string): string {
  const name = asciiHost(given);
  if (name !== '') return isAddress(name) ? addressLiteral(name) : name;
  const own = hostname().toLowerCase();
  // A short name is refused by many servers ("need fully-qualified hostname"), an address literal by few.
  const full = /^[a-z0-9-]+(\.[a-z0-9-]+)+$/.test(own);
  return full ? own : addressLiteral(localAddress);
}

function addressLiteral(address: string): string {
  const [bare = address] = address.split('%', 1);
  return isIPv6(bare) ? `[IPv6:${bare}]` : `[${bare}]`;
}
