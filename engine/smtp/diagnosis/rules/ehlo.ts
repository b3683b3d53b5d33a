import { ownEhloName } from '../fixes.ts';
import type { Rule } from '../rule.ts';

/** EHLO and the extensions that it lists (RFC 5321 4.1.1.1). */
export const ehloRules: readonly Rule[] = [
  {
    id: 'EHLO_NEED_FQDN',
    stage: 'ehlo',
    match: { text: /need fully-qualified hostname/i },
    cause: 'The server wants a full host name in EHLO/HELO and got a short name such as "localhost".',
    remedy:
      'Set the EHLO (HELO) name to a full DNS name like app01.example.com, or to the address in brackets like [192.0.2.10].',
    reference: 'https://github.com/vdukhovni/postfix/blob/17830e5c1/postfix/src/smtpd/smtpd_check.c#L1473',
    priority: 85,
    transient: false,
    fix: ownEhloName,
    example: { reply: '504 5.5.2 <localhost>: Helo command rejected: need fully-qualified hostname' },
  },
  {
    id: 'EHLO_HOST_NOT_FOUND',
    stage: 'ehlo',
    match: { text: /Helo command rejected: (?:Host not found|Malformed DNS)/i },
    cause: 'The name announced in EHLO does not exist in DNS.',
    remedy: 'Set the EHLO name to one that resolves in DNS, or to the address in brackets.',
    reference: 'https://github.com/vdukhovni/postfix/blob/17830e5c1/postfix/src/smtpd/smtpd_check.c#L1520',
    priority: 85,
    transient: false,
    fix: ownEhloName,
    example: { reply: '450 4.7.1 <app.local>: Helo command rejected: Host not found' },
  },
  {
    id: 'EHLO_INVALID_NAME',
    stage: 'ehlo',
    match: {
      reply: ['501', '504', '550', '553'],
      text: /invalid (?:domain name|helo|ehlo|name|hostname)|syntactically invalid (?:EHLO|HELO)|HELO\/EHLO argument|EHLO requires domain|bogus HELO|invalid ip address/i,
    },
    cause: 'The server rejected the name announced in EHLO as invalid.',
    remedy: 'Set a valid EHLO name: letters, digits, dots and hyphens, or an address in brackets.',
    reference: 'https://learn.microsoft.com/exchange/mail-flow/test-smtp-with-telnet',
    priority: 80,
    transient: false,
    fix: ownEhloName,
    example: { reply: '501 5.5.4 Invalid domain name' },
  },
  {
    id: 'EHLO_NOT_SUPPORTED',
    stage: 'ehlo',
    match: { reply: ['500', '502'], when: { failedStage: 'ehlo' } },
    cause:
      'The server does not understand EHLO: it is very old, or a firewall blocks extended SMTP, so encryption and login cannot work.',
    remedy:
      'Ask the network team whether a firewall inspects SMTP (Cisco "inspect esmtp" and similar); otherwise update the mail server.',
    reference: 'https://www.rfc-editor.org/rfc/rfc5321#section-4.1.4',
    priority: 55,
    transient: false,
    example: { reply: '500 5.5.1 Command unrecognized: "EHLO"', facts: { failedStage: 'ehlo' } },
  },
  {
    id: 'EHLO_XXXX_MASKED',
    stage: 'ehlo',
    match: { ehlo: /(?:^|\n)(?:250[ -])?X{4}[XA-Z]/i },
    cause: 'A firewall replaced extension names with X characters (for example 250-XXXXXXXA where STARTTLS was).',
    remedy:
      'Ask the network team to turn off SMTP/ESMTP inspection for this server or to allow TLS; until then encryption cannot be used on this path.',
    reference: 'https://www.postfix.org/postconf.5.html#smtp_pix_workarounds',
    priority: 92,
    transient: false,
    kind: 'both',
    example: { ehlo: '250-XXXXXXXA' },
  },
  {
    id: 'EHLO_LOST_AFTER_TLS',
    stage: 'ehlo',
    match: { when: { failedStage: 'ehlo', tlsActive: true, closedByServer: true } },
    cause:
      'The server dropped the connection at the second EHLO after encryption started, often because the TLS module or a proxy crashed.',
    remedy: "Check the server's log at this time; try the implicit TLS port 465.",
    reference: 'https://www.rfc-editor.org/rfc/rfc3207#section-4.2',
    priority: 50,
    transient: true,
    example: { facts: { failedStage: 'ehlo', tlsActive: true, closedByServer: true } },
  },
  {
    id: 'EHLO_MIXED_CODES',
    stage: 'ehlo',
    match: { when: { mixedReplyCodes: true } },
    cause:
      'The lines of one reply carry different codes, which no correct server sends; a device in between is altering the conversation.',
    remedy:
      'Look for a firewall, antivirus or proxy that inspects mail on this path; compare with a test from another network.',
    reference: 'https://www.rfc-editor.org/rfc/rfc5321#section-4.2.1',
    priority: 80,
    transient: false,
    example: { facts: { mixedReplyCodes: true } },
  },
  {
    id: 'EHLO_521_NOMAIL',
    stage: 'ehlo',
    match: { reply: ['521', '556'] },
    cause: 'The host states that it never accepts mail.',
    remedy: 'Use another server; this one is not meant to receive mail.',
    reference: 'https://www.rfc-editor.org/rfc/rfc7504',
    priority: 60,
    transient: false,
    example: { reply: '521 host does not accept mail' },
  },
  {
    id: 'EHLO_SEND_HELLO_FIRST',
    stage: 'ehlo',
    match: { text: /send (?:hello|helo|ehlo)|HELO or EHLO required|Polite people say HELO/i },
    cause: 'A command was sent before EHLO, or the server lost its state.',
    remedy: 'Start a new connection; if it repeats, a proxy in between may be resetting the session.',
    reference:
      'https://learn.microsoft.com/exchange/mail-flow/non-delivery-reports-and-bounce-messages/non-delivery-reports-and-bounce-messages',
    priority: 60,
    transient: false,
    example: { reply: '503 5.5.2 Send hello first' },
  },
];
