import * as z from 'zod/mini';
import { line } from './text.ts';

/** What kind of text stands in a host field; only `ok` can be looked up. */
export type HostSyntax = 'ok' | 'empty' | 'url' | 'host-with-port' | 'stray-chars';

const IPV4 = /^(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)$/;
const LABEL = /^(?!-)[\p{L}\p{N}\p{M}_-]{1,63}(?<!-)$/u;

/** True for a dotted IPv4 address. */
export function isIPv4(host: string): boolean {
  return IPV4.test(host);
}

/** True for an IPv6 address without brackets; a zone (`%eth0`) is allowed. */
export function isIPv6(host: string): boolean {
  const [address = '', zone] = host.split('%', 2);
  if (zone !== undefined && !/^[\w.-]+$/.test(zone)) return false;
  if (!/^[0-9a-f:.]+$/i.test(address) || address.length > 45) return false;
  const halves = address.split('::');
  if (halves.length > 2) return false;
  const groups = halves.flatMap((half) => (half === '' ? [] : half.split(':')));
  const last = groups.at(-1) ?? '';
  const embedded = isIPv4(last);
  const hex = embedded ? groups.slice(0, -1) : groups;
  if (!hex.every((group) => /^[0-9a-f]{1,4}$/i.test(group))) return false;
  const count = hex.length + (embedded ? 2 : 0);
  return halves.length === 2 ? count < 8 : count === 8;
}

/** True for an address literal of either family. */
export function isAddress(host: string): boolean {
  return isIPv4(host) || isIPv6(host);
}

/** True for names and addresses of this machine itself. */
export function isLoopback(host: string): boolean {
  const name = host.toLowerCase().replace(/\.$/, '');
  return name === 'localhost' || name.endsWith('.localhost') || name === '::1' || /^127\./.test(name);
}

/** Classifies a host field. `[::1]` counts as ok: {@link bareHost} takes the brackets off. */
export function hostSyntax(text: string): HostSyntax {
  if (text === '') return 'empty';
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(text)) return 'url';
  const bare = bareHost(text);
  if (isAddress(bare)) return 'ok';
  if (/^[^:\s]+:\d{1,5}$/.test(text)) return 'host-with-port';
  const name = bare.endsWith('.') ? bare.slice(0, -1) : bare;
  if (name.length > 253 || !name.split('.').every((label) => LABEL.test(label))) return 'stray-chars';
  return 'ok';
}

/** The host without the brackets that an IPv6 literal may carry. */
export function bareHost(text: string): string {
  const match = /^\[(.*)\]$/.exec(text);
  return match?.[1] !== undefined && isIPv6(match[1]) ? match[1] : text;
}

/** `host:port`, with brackets around an IPv6 literal. */
export function hostPort(host: string, port: number): string {
  const bare = bareHost(host);
  return isIPv6(bare) ? `[${bare}]:${port}` : `${bare}:${port}`;
}

/** Schema: a host name or address literal, as the user typed it. */
export const hostField = line(255).check(
  z.refine((text) => hostSyntax(text) !== 'empty', 'Enter the name or address of the mail server.'),
  z.refine((text) => hostSyntax(text) !== 'url', 'Enter only the host name, without smtp:// or https://.'),
  z.refine((text) => hostSyntax(text) !== 'host-with-port', 'Put the port in the port field.'),
  z.refine((text) => hostSyntax(text) !== 'stray-chars', 'Remove spaces and punctuation around the host name.'),
);

/** Schema: a host name, or '' for "not set". */
export const optionalHostField = line(255).check(
  z.refine((text) => text === '' || hostSyntax(text) === 'ok', 'Enter a host name, such as mail.example.com.'),
);

/** Schema: a TCP port, 1 to 65535. */
export const portField = z
  .number('Enter a port number.')
  .check(z.int('Enter a whole number.'), z.gte(1, 'Ports start at 1.'), z.lte(65_535, 'Ports end at 65535.'));
