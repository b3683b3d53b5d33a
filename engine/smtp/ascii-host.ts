import { domainToASCII } from 'node:url';
import { bareHost, isAddress } from '../../shared/host.ts';

/** Host in ASCII (RFC 5891), without brackets or a final dot; '' when there is none. */
export function asciiHost(host: string): string {
  const bare = bareHost(host);
  return isAddress(bare) ? bare : domainToASCII(bare).replace(/\.$/, '');
}
