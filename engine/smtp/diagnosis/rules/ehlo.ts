import { ownEhloName } from '../fixes.ts';
import type { Rule } from '../rule.ts';

/** EHLO and the extensions that it lists (RFC 5321 4.1.1.1). */
export const ehloRules: readonly Rule[] = [
  {
    id: 'EHLO_NEED_FQDN',
    stage: 'ehlo',
    match: { text: /need fully-qualified hostname/i },
    cause:
      'The server wants a full host name in EHLO (how this machine introduces itself), and got a short one such as localhost.',
    remedy:
      'Set the EHLO name to a full name, such as app.example.com, or to the address in brackets, such as [192.0.2.10].',
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
    cause: 'The name given in EHLO (how this machine introduces itself) does not exist in DNS.',
    remedy: 'Set the EHLO name to one that DNS knows, or to the address in brackets.',
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
    cause: 'The server takes the name given in EHLO (how this machine introduces itself) for invalid.',
    remedy: 'Set the EHLO name to letters, digits, dots and hyphens only, or to the address in brackets.',
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
      'The server does not understand EHLO, so neither encryption nor sign-in can work. It is very old, or a firewall blocks EHLO.',
    remedy:
      'Ask the network team for a firewall that inspects SMTP (Cisco "inspect esmtp" and the like). Otherwise update the mail server.',
    reference: 'https://www.rfc-editor.org/rfc/rfc5321#section-4.1.4',
    priority: 55,
    transient: false,
    example: { reply: '500 5.5.1 Command unrecognized: "EHLO"', facts: { failedStage: 'ehlo' } },
  },
  {
    id: 'EHLO_XXXX_MASKED',
    stage: 'ehlo',
    match: { ehlo: /(?:^|\n)(?:250[ -])?X{4}[XA-Z]/i },
    cause: 'A firewall covered what the server offers with X characters, such as XXXXXXXA in place of STARTTLS.',
    remedy:
      'Have SMTP inspection turned off for this server, or TLS allowed in it. Until then this path cannot be encrypted.',
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
      'The server hung up right after TLS began: it may want a client certificate, or its sign-in service or a proxy failed.',
    remedy:
      'Read the server’s log for this moment. If it wants a client certificate, add one to the profile. To compare, try port 465 with TLS.',
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
      'The lines of one reply carry different codes, which no correct server sends. Something on the way alters the dialogue.',
    remedy: 'Look for a firewall, antivirus or proxy that inspects mail. To compare, test from another network.',
    reference: 'https://www.rfc-editor.org/rfc/rfc5321#section-4.2.1',
    priority: 80,
    transient: false,
    example: { facts: { mixedReplyCodes: true } },
  },
  {
    id: 'EHLO_521_NOMAIL',
    stage: 'ehlo',
    match: { reply: ['521', '556'] },
    cause: 'The host says that it never takes mail.',
    remedy: 'Use another server.',
    reference: 'https://www.rfc-editor.org/rfc/rfc7504',
    priority: 60,
    transient: false,
    example: { reply: '521 host does not accept mail' },
  },
  {
    id: 'EHLO_SEND_HELLO_FIRST',
    stage: 'ehlo',
    match: { text: /send (?:hello|helo|ehlo)|HELO or EHLO required|Polite people say HELO/i },
    cause: 'The server had no EHLO before this command, or forgot it.',
    remedy: 'Try again. If it comes back, a proxy on the way may reset the session.',
    reference:
      'https://learn.microsoft.com/exchange/mail-flow/non-delivery-reports-and-bounce-messages/non-delivery-reports-and-bounce-messages',
    priority: 60,
    transient: false,
    example: { reply: '503 5.5.2 Send hello first' },
  },
];
