import * as z from 'zod/mini';
import { line } from './text.ts';

/** The parts of `local@domain`. */
export interface AddressParts {
  local: string;
  domain: string;
}

// One mailbox, no display name. Quoted local parts ("a b"@c) are legal (RFC 5321 4.1.2) but no product here takes them.
const ADDRESS = /^([^\s@<>()[\]\\,;:"]{1,64})@([^\s@<>()\\,;:"]{1,255})$/u;

/** Splits one plain mail address; null when it is not exactly one (`a@b`, no display name, no list). */
export function splitAddress(text: string): AddressParts | null {
  const match = ADDRESS.exec(text);
  if (!match?.[1] || !match[2]) return null;
  const [, local, domain] = match;
  if (local.startsWith('.') || local.endsWith('.') || local.includes('..')) return null;
  if (domain.startsWith('.') || domain.endsWith('.') || domain.includes('..')) return null;
  return { local, domain };
}

/** A mailbox with an optional display name, as it stands in a From header. */
export interface Mailbox {
  address: string;
  name: string;
}

/**
 * Reads `Name <a@b>`, `"Name, Inc." <a@b>`, `<a@b>` or `a@b`. Returns null when it is not exactly one mailbox, so that
 * a comma cannot smuggle in a second sender.
 */
export function parseMailbox(text: string): Mailbox | null {
  const trimmed = text.trim();
  if (splitAddress(trimmed)) return { address: trimmed, name: '' };
  const match = /^(.*)<([^<>]*)>$/su.exec(trimmed);
  if (!match || match[1] === undefined || match[2] === undefined) return null;
  const address = match[2].trim();
  if (!splitAddress(address)) return null;
  const name = unquote(match[1].trim());
  if (name === null) return null;
  return { address, name };
}

/** Writes a mailbox as `"Name" <a@b>`, or only the address when there is no name (RFC 5322 3.4). */
export function formatMailbox({ address, name }: Mailbox): string {
  if (!name) return address;
  const plain = /^[\p{L}\p{N} !#$%&'*+/=?^_`{|}~-]+$/u.test(name);
  return plain ? `${name} <${address}>` : `"${name.replace(/["\\]/g, '\\$&')}" <${address}>`;
}

function unquote(name: string): string | null {
  if (name.startsWith('"') && name.endsWith('"') && name.length >= 2) {
    return name.slice(1, -1).replace(/\\(.)/gsu, '$1');
  }
  return /[",;<>]/.test(name) ? null : name;
}

/** Schema: one plain mail address, or '' for "not set". */
export const optionalAddress = line().check(
  z.refine((text) => text === '' || splitAddress(text) !== null, 'Enter one mail address, such as name@example.com.'),
);

/** Schema: one plain mail address. */
export const requiredAddress = line().check(
  z.refine((text) => splitAddress(text) !== null, 'Enter one mail address, such as name@example.com.'),
);
