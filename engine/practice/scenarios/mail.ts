import type { GalleryGroup, Scenario } from '../scenario.ts';

/** A server that answers the recipient with this reply. */
function refusesRecipient(line: string): Scenario['behaviour'] {
  return { at: { rcpt: [{ do: 'reply', lines: [line] }] } };
}

/** Servers that take the sign-in and then not the mail. */
export const MAIL: GalleryGroup<'mail'> = {
  'relay-denied': {
    title: 'Relay denied',
    description: 'Takes the sign-in, but refuses every recipient with 554 5.7.1.',
    ends: ['rcpt', 'RELAY_DENIED_AUTHED'],
    behaviour: refusesRecipient('554 5.7.1 <{recipient}>: Relay access denied'),
  },
  'sender-refused': {
    title: 'Sender refused',
    description: 'Takes the sign-in, but says that the From address belongs to somebody else (553 5.7.1).',
    ends: ['mail', 'SENDER_NOT_OWNED'],
    behaviour: {
      at: {
        mail: [{ do: 'reply', lines: ['553 5.7.1 <{sender}>: Sender address rejected: not owned by user {user}'] }],
      },
    },
  },
  greylisted: {
    title: 'Greylisted',
    description: 'Asks strangers to come back later (450 4.7.1), as a guard against spam.',
    ends: ['rcpt', 'RCPT_GREYLIST'],
    behaviour: refusesRecipient(
      '450 4.7.1 <{recipient}>: Recipient address rejected: Greylisted, see you in 5 minutes',
    ),
  },
  'mailbox-full': {
    title: 'Mailbox full',
    description: 'Refuses every recipient with 452 4.2.2, as a full mailbox does.',
    ends: ['rcpt', 'RCPT_MAILBOX_FULL'],
    behaviour: refusesRecipient('452 4.2.2 <{recipient}>: Mailbox full'),
  },
  'unknown-recipient': {
    title: 'Unknown recipient',
    description: 'Says that nobody has the recipient’s address (550 5.1.1).',
    ends: ['rcpt', 'RCPT_UNKNOWN'],
    behaviour: refusesRecipient('550 5.1.1 <{recipient}>: Recipient address rejected: User unknown'),
  },
  tarpit: {
    title: 'Tarpit',
    description: 'Waits five seconds before it refuses, as Exchange does. The refusal is what matters.',
    ends: ['rcpt', 'EXCH_UNABLE_RELAY'],
    behaviour: {
      at: {
        greeting: [{ do: 'reply', lines: ['220 mail.relaysmith.test Microsoft ESMTP MAIL Service ready'] }],
        rcpt: [
          { do: 'wait', ms: 5_000 },
          { do: 'reply', lines: ['550 5.7.1 Unable to relay'] },
        ],
      },
    },
  },
  'small-size': {
    title: 'Takes only small messages',
    description: 'Announces that it takes 300 bytes, which no message fits into.',
    action: 'send',
    ends: ['mail', 'SIZE_EXCEEDED_ADVERTISED'],
    behaviour: { messageBytes: 300 },
  },
  'no-8bitmime': {
    title: 'Seven bits only',
    description: 'Does not take eight-bit text. The test message needs none, so all works.',
    action: 'send',
    behaviour: { hiddenKeywords: ['8BITMIME'] },
  },
  'no-smtputf8': {
    title: 'Plain addresses only',
    description: 'Takes no letters outside ASCII before the @, while the recipient has some.',
    ends: ['mail', 'CFG_NONASCII_LOCALPART'],
    profile: { recipient: 'grüße@relaysmith.test' },
    behaviour: { hiddenKeywords: ['SMTPUTF8'] },
  },
  'smtputf8-refused': {
    title: 'Letters refused at the recipient',
    description: 'Offers to take letters outside ASCII before the @, and refuses them at the recipient with 553 5.6.7.',
    ends: ['rcpt', 'RCPT_SMTPUTF8'],
    profile: { recipient: 'grüße@relaysmith.test' },
    behaviour: refusesRecipient('553 5.6.7 <{recipient}>: Address not supported here'),
  },
  'pipelining-lost': {
    title: 'Loses commands',
    description:
      'Offers PIPELINING and then answers only the first of several commands. Relaysmith sends one at a time.',
    action: 'send',
    behaviour: { pipelined: 'lost' },
  },
  'pipelining-refused': {
    title: 'Refuses commands in a row',
    description:
      'Offers PIPELINING and then refuses all but the first of several commands with 503. Relaysmith sends one at a time.',
    action: 'send',
    behaviour: { pipelined: 'refused' },
  },
  'data-250': {
    title: 'Odd answer to DATA',
    description: 'Answers DATA with 250 in place of 354, so it does not say that the message may come.',
    action: 'send',
    ends: ['data', 'REPLY_BAD_SYNTAX'],
    behaviour: { at: { data: [{ do: 'reply', lines: ['250 2.0.0 Ok'] }] } },
  },
  'spam-refused': {
    title: 'Taken for spam',
    description: 'Takes the message to its end and then refuses it as spam (554 5.7.1).',
    action: 'send',
    ends: ['data', 'DATA_SPAM'],
    behaviour: { at: { message: [{ do: 'reply', lines: ['554 5.7.1 Message rejected as spam'] }] } },
  },
  'silent-after-dot': {
    title: 'Silent after the message',
    description: 'Takes the message and never says so: whether it was accepted stays open.',
    action: 'send',
    ends: ['data', 'DATA_TIMEOUT'],
    behaviour: { at: { message: [{ do: 'usual', silent: true }, { do: 'silence' }] } },
  },
};
