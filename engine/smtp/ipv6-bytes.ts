import { isIPv4, isIPv6 } from '../../shared/host.ts';

/** The 16 bytes of an IPv6 address, its zone left out. Throws when it is none. */
export function ipv6Bytes(address: string): Buffer {
  const [bare = ''] = address.split('%', 1);
  if (!isIPv6(bare)) throw new Error('Not an IPv6 address');
  const [front = [], back = []] = bare.split('::', 2).map(groupsOf);
  const zeros = Array.from({ length: 8 - front.length - back.length }, () => 0);
  const bytes = Buffer.alloc(16);
  for (const [at, group] of [...front, ...zeros, ...back].entries()) bytes.writeUInt16BE(group, at * 2);
  return bytes;
}

/** Groups of 16 bits; a dotted IPv4 address at the end makes two. */
function groupsOf(text: string): number[] {
  return text
    .split(':')
    .filter((group) => group !== '')
    .flatMap((group) => (isIPv4(group) ? pairsOf(group) : [Number.parseInt(group, 16)]));
}

function pairsOf(address: string): number[] {
  const [a = 0, b = 0, c = 0, d = 0] = address.split('.').map(Number);
  return [a * 256 + b, c * 256 + d];
}
