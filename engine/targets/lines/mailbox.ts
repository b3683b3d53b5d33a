import { formatMailbox, type Mailbox, parseMailbox } from '../../../shared/address.ts';

/** A mailbox in one text that reads back as the same: with the name in quotes where it would lose something else. */
export function exactMailbox(box: Mailbox): string {
  const text = formatMailbox(box);
  const back = parseMailbox(text);
  if (back?.name === box.name && back.address === box.address) return text;
  return `"${box.name.replace(/["\\]/g, '\\$&')}" <${box.address}>`;
}
