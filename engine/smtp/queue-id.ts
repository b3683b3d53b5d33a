/** How products name the id of an accepted message in the reply to the final dot; the first that fits wins. */
const PATTERNS: readonly RegExp[] = [
  // Exchange and Microsoft 365: <message-id> [InternalId=123, Hostname=...] Queued mail for delivery
  /\[InternalId=(\d+)/i,
  // Postfix, OpenSMTPD relays, qmail variants: Ok: queued as 4F2A1B
  /queued (?:mail )?as <?([\w.@-]+)>?/i,
  // Exim: OK id=1rAbCd-000001-2X
  /\bid=([\w-]+(?:-[\w-]+)*)/i,
  // OpenSMTPD: 5a6b7c8d Message accepted for delivery; sendmail: 4BCDEF Message accepted for delivery
  /\b([\w-]{6,})\s+message accepted/i,
  // Amazon SES and Gmail: Ok 010201abc-... / OK 1589 x-20.3 - gsmtp
  /^ok:?\s+(?:\d{9,}\s+)?([\w.-]{10,})/i,
  // Haraka, Mailgun: Message Queued (ID) / Great success
  /message queued \(([\w.-]+)\)/i,
];

/** The id in the text of an accepting reply, or '' when it holds none. */
export function queueIdIn(text: string): string {
  for (const pattern of PATTERNS) {
    const id = pattern.exec(text)?.[1];
    if (id) return id;
  }
  return '';
}
