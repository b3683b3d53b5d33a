import { domainToASCII } from 'node:url';
import { splitAddress } from '../../shared/address.ts';
import { hasControlCharacter } from '../../shared/text.ts';
import type { TestRequest } from './session.ts';

/** An address as it travels in MAIL and RCPT: the domain in ASCII. Null when it is not exactly one address. */
export function wireAddress(address: string): string | null {
  const parts = splitAddress(address);
  if (!parts || hasControlCharacter(address)) return null;
  const literal = /^\[[0-9a-zA-Z:.]+\]$/.test(parts.domain);
  const domain = literal ? parts.domain : domainToASCII(parts.domain);
  return domain === '' ? null : `${parts.local}@${domain}`;
}

/** True when the part before the @ needs SMTPUTF8 (RFC 6531 3.2). */
export function needsSmtpUtf8(address: string): boolean {
  return /[^\x20-\x7e]/.test(address);
}

/** Envelope sender of a run, or '' when the profile has none. */
export function envelopeFrom({ settings }: TestRequest): string {
  return settings.sender.envelopeFrom || settings.sender.from.address;
}

/** Main recipient of a run, or '' when there is none. */
export function mainRecipient({ settings, recipient }: TestRequest): string {
  return recipient ?? (settings.testRecipient || settings.sender.from.address);
}

/** Everyone who gets RCPT: the main recipient first; on a real message also cc and bcc. */
export function recipientsOf(request: TestRequest): string[] {
  const main = mainRecipient(request);
  const { cc, bcc } = request.settings.sender;
  const all = request.action === 'send' ? [main, ...cc, ...bcc] : [main];
  return [...new Set(all.filter((address) => address !== ''))];
}
