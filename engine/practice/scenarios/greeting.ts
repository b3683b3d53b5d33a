import type { GalleryGroup, Step } from '../scenario.ts';

/** Sends bytes that are no greeting of a mail server, and hangs up. */
function says(bytes: string): { at: { greeting: Step[] } } {
  return { at: { greeting: [{ do: 'raw', bytes }, { do: 'close' }] } };
}

/** Servers whose first words are wrong, missing or without end. */
export const GREETING: GalleryGroup<'greeting'> = {
  'closes-at-greeting': {
    title: 'Closes at once',
    description: 'Takes the connection and closes it without a word, as servers do to addresses they do not allow.',
    ends: ['greeting', 'GREET_CLOSED'],
    behaviour: { at: { connect: [{ do: 'close' }] } },
  },
  'resets-at-greeting': {
    title: 'Resets at once',
    description: 'Takes the connection and cuts it with a reset a moment later, as some firewalls do.',
    ends: ['greeting', 'TCP_RESET_ON_CONNECT'],
    behaviour: { at: { connect: [{ do: 'wait', ms: 50 }, { do: 'reset' }] } },
  },
  silent: {
    title: 'Silent',
    description: 'Takes the connection and never says a word.',
    ends: ['greeting', 'GREET_TIMEOUT'],
    behaviour: { at: { connect: [{ do: 'silence' }] } },
  },
  'dripping-greeting': {
    title: 'Dripping greeting',
    description: 'Sends one letter of its greeting every 0.2 seconds and never comes to an end.',
    ends: ['greeting', 'GREET_TIMEOUT'],
    behaviour: {
      at: {
        greeting: [
          { do: 'drip', bytes: '220 mail.relaysmith.test ', everyMs: 200 },
          { do: 'repeat', times: 4_000, steps: [{ do: 'drip', bytes: '.', everyMs: 200 }] },
        ],
      },
    },
  },
  'endless-greeting': {
    title: 'Endless greeting',
    description: 'Pours out a greeting that has no end.',
    ends: ['greeting', 'REPLY_TOO_LONG'],
    behaviour: { at: { greeting: [{ do: 'flood', bytes: 'x' }] } },
  },
  'greeting-554': {
    title: 'No service',
    description: 'Greets with 554 and hangs up: this machine gets no service.',
    ends: ['greeting', 'GREET_554'],
    behaviour: says('554 5.7.1 No SMTP service here\r\n'),
  },
  'greeting-421': {
    title: 'Too busy',
    description: 'Greets with 421 and hangs up: all its ports are busy.',
    ends: ['greeting', 'GREET_421_BUSY'],
    behaviour: says('421 4.3.2 All server ports are busy\r\n'),
  },
  'block-list': {
    title: 'On a block list',
    description: 'Greets with 554 and names a block list on which this machine stands.',
    ends: ['greeting', 'GREET_554_RBL'],
    behaviour: says('554 5.7.1 Service unavailable; Client host [192.0.2.1] blocked using zen.example.org\r\n'),
  },
  'talks-http': {
    title: 'Web server',
    description: 'Answers as a web server does: the port belongs to something else.',
    ends: ['greeting', 'GREET_HTTP'],
    behaviour: says('HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n'),
  },
  'talks-pop3': {
    title: 'POP3 server',
    description: 'Greets as a server for fetching mail does.',
    ends: ['greeting', 'GREET_POP3'],
    behaviour: says('+OK POP3 ready\r\n'),
  },
  'talks-imap': {
    title: 'IMAP server',
    description: 'Greets as a server for reading mail does.',
    ends: ['greeting', 'GREET_IMAP'],
    behaviour: says('* OK [CAPABILITY IMAP4rev1] IMAP ready\r\n'),
  },
  'talks-ssh': {
    title: 'SSH server',
    description: 'Greets as an SSH server does.',
    ends: ['greeting', 'GREET_SSH'],
    behaviour: says('SSH-2.0-OpenSSH_9.2p1\r\n'),
  },
  'talks-ftp': {
    title: 'FTP server',
    description: 'Greets with 220 as an FTP server does, and does not know EHLO.',
    ends: ['ehlo', 'GREET_FTP'],
    behaviour: {
      at: {
        greeting: [{ do: 'reply', lines: ['220 (vsFTPd 3.0.3)'] }],
        ehlo: [{ do: 'reply', lines: ['530 Please login with USER and PASS.'] }],
      },
    },
  },
  'talks-lmtp': {
    title: 'LMTP server',
    description: 'Greets as a server for delivery inside a mail system does, and refuses EHLO.',
    ends: ['ehlo', 'GREET_LMTP'],
    behaviour: {
      at: {
        greeting: [{ do: 'reply', lines: ['220 mail.relaysmith.test LMTP ready'] }],
        ehlo: [{ do: 'reply', lines: ['500 5.5.1 Unknown command'] }],
      },
    },
  },
  'talks-tls': {
    title: 'TLS record',
    description: 'Greets with a TLS alert in place of words.',
    ends: ['greeting', 'GREET_TLS_RECORD'],
    // A fatal handshake_failure alert (RFC 8446 5.1 and 6), and a line end so that it can be read as a line.
    behaviour: says('\x15\x03\x01\x00\x02\x02\x28\r\n'),
  },
  'masked-greeting': {
    title: 'Covered greeting',
    description: 'Greets with asterisks, as a firewall does that rewrites SMTP. All else works.',
    warns: 'GREET_PIX_MASKED',
    behaviour: { at: { greeting: [{ do: 'reply', lines: ['220 *****************2******0*****'] }] } },
  },
  'multi-line-greeting': {
    title: 'Long greeting',
    description: 'Greets in three lines, as RFC 5321 allows. All else works.',
    behaviour: {
      at: {
        greeting: [{ do: 'reply', lines: ['220-mail.relaysmith.test ESMTP', '220-No spam,', '220 nor unasked mail'] }],
      },
    },
  },
  'bare-line-feeds': {
    title: 'Line feeds alone',
    description: 'Ends its lines with LF in place of CRLF. All else works.',
    behaviour: { lineEnd: '\n' },
  },
  'control-characters': {
    title: 'Control characters',
    description:
      'Greets with NUL, a terminal colour, broken UTF-8 and a mark that turns the text round. All else works.',
    behaviour: {
      at: {
        greeting: [
          { do: 'raw', bytes: '220 mail.relaysmith.test \x00\x1b[31mred\x1b[0m \xff\xfe \xe2\x80\xaedaer ESMTP\r\n' },
        ],
      },
    },
  },
  'early-reply': {
    title: 'Reply too early',
    description: 'Sends an answer to EHLO along with its greeting, before it was asked.',
    ends: ['ehlo', 'REPLY_UNSOLICITED'],
    behaviour: {
      at: {
        greeting: [
          { do: 'raw', bytes: '220 mail.relaysmith.test ESMTP\r\n250-mail.relaysmith.test\r\n250 AUTH LOGIN\r\n' },
        ],
      },
    },
  },
};
