import type { GalleryGroup, Scenario, Step } from '../scenario.ts';

/** A server that answers EHLO with these steps. */
function answers(...ehlo: Step[]): Scenario['behaviour'] {
  return { at: { ehlo } };
}

/** Answers EHLO with these bytes, and goes on as if it had answered well. */
function raw(bytes: string): Scenario['behaviour'] {
  return answers({ do: 'raw', bytes }, { do: 'usual', silent: true });
}

/** Servers that answer EHLO wrongly, or not at all. */
export const EHLO: GalleryGroup<'ehlo'> = {
  'helo-only': {
    title: 'Knows only HELO',
    description: 'Refuses EHLO with 500, so there is neither encryption nor sign-in.',
    ends: ['ehlo', 'EHLO_NOT_SUPPORTED'],
    behaviour: answers({ do: 'reply', lines: ['500 5.5.1 Command unrecognized: "EHLO"'] }),
  },
  'command-not-implemented': {
    title: 'EHLO not implemented',
    description: 'Refuses EHLO with 502, as a firewall does that allows only old SMTP.',
    ends: ['ehlo', 'EHLO_NOT_SUPPORTED'],
    behaviour: answers({ do: 'reply', lines: ['502 5.5.2 Command not implemented'] }),
  },
  'endless-lines': {
    title: 'Endless lines',
    description: 'Answers EHLO with lines that never end.',
    ends: ['ehlo', 'REPLY_TOO_LONG'],
    behaviour: answers({ do: 'flood', bytes: '250-X-MORE\r\n' }),
  },
  'endless-line': {
    title: 'Endless line',
    description: 'Answers EHLO with one line that never ends.',
    ends: ['ehlo', 'REPLY_TOO_LONG'],
    behaviour: answers({ do: 'raw', bytes: '250-' }, { do: 'flood', bytes: 'x' }),
  },
  'dripping-reply': {
    title: 'Dripping reply',
    description: 'Answers EHLO one letter at a time and never comes to an end.',
    ends: ['ehlo', 'CMD_TIMEOUT'],
    behaviour: answers({ do: 'repeat', times: 8_000, steps: [{ do: 'drip', bytes: '2', everyMs: 100 }] }),
  },
  'mixed-codes': {
    title: 'Mixed codes',
    description: 'Begins its answer with 250 and ends it with 550.',
    ends: ['ehlo', 'EHLO_MIXED_CODES'],
    behaviour: raw('250-mail.relaysmith.test\r\n550 5.7.1 No\r\n'),
  },
  'mixed-success-codes': {
    title: 'Mixed success codes',
    description: 'Begins its answer with 250 and ends it with 220.',
    ends: ['ehlo', 'EHLO_MIXED_CODES'],
    behaviour: raw('250-mail.relaysmith.test\r\n220 ready\r\n'),
  },
  'bare-code': {
    title: 'Code without text',
    description:
      'Answers EHLO with 250 and nothing else. RFC 5321 4.2 says to take that; it offers no STARTTLS, though.',
    ends: ['starttls', 'STARTTLS_NOT_OFFERED'],
    behaviour: raw('250\r\n'),
  },
  'two-digit-code': {
    title: 'Two-digit code',
    description: 'Answers EHLO with "25 ok".',
    ends: ['ehlo', 'REPLY_BAD_SYNTAX'],
    behaviour: raw('25 ok\r\n'),
  },
  'no-code': {
    title: 'No code',
    description: 'Answers EHLO with "ok" alone.',
    ends: ['ehlo', 'REPLY_BAD_SYNTAX'],
    behaviour: raw('ok\r\n'),
  },
  'blank-lines': {
    title: 'Blank lines',
    description: 'Sends blank lines before its answer to EHLO. All else works.',
    behaviour: answers({ do: 'raw', bytes: '\r\n\r\n' }, { do: 'usual' }),
  },
  'masked-starttls': {
    title: 'Covered STARTTLS',
    description: 'Offers XXXXXXXA in place of STARTTLS, as a firewall does that looks into mail.',
    ends: ['starttls', 'EHLO_XXXX_MASKED'],
    behaviour: { hiddenKeywords: ['STARTTLS'], extraKeywords: ['XXXXXXXA'] },
  },
  'short-name-refused': {
    title: 'Wants a full name',
    description: 'Refuses the EHLO name with 504, as Postfix does with names that are not full.',
    ends: ['ehlo', 'EHLO_NEED_FQDN'],
    behaviour: answers({
      do: 'reply',
      lines: ['504 5.5.2 <{client}>: Helo command rejected: need fully-qualified hostname'],
    }),
  },
  'name-refused': {
    title: 'Name refused',
    description: 'Refuses the EHLO name with 550.',
    ends: ['ehlo', 'EHLO_INVALID_NAME'],
    behaviour: answers({ do: 'reply', lines: ['550 5.7.1 Invalid HELO name (see RFC 5321 4.1.1.1)'] }),
  },
  'invalid-name': {
    title: 'Invalid name',
    description: 'Refuses the EHLO name with 501, as Exchange does with names it takes for invalid.',
    ends: ['ehlo', 'EHLO_INVALID_NAME'],
    behaviour: answers({ do: 'reply', lines: ['501 5.5.4 Invalid domain name'] }),
  },
};
