import type { Rule } from '../rule.ts';

/** Google Workspace's SMTP relay. */
export const googleRelayRules: readonly Rule[] = [
  {
    id: 'GRELAY_DENIED',
    stage: 'mail',
    match: { text: /mail relay denied/i },
    provider: 'google',
    cause: 'Google’s SMTP relay does not know this sender: neither IP address nor domain is in the relay setting.',
    remedy:
      'In the Admin console, add this network’s public IP address under Apps, Google Workspace, Gmail, Routing, SMTP relay service. Send from a domain of your account.',
    reference: 'https://support.google.com/a/answer/6140680#maildenied',
    priority: 94,
    transient: false,
    example: {
      reply:
        '550-5.7.0 Mail relay denied [192.0.2.1]. Invalid credentials for relay for one of the domains in: example.com (as obtained from HELO and MAIL FROM)',
    },
  },
  {
    id: 'GRELAY_INVALID_CREDENTIALS',
    stage: 'mail',
    match: { text: /^invalid credentials for relay/i },
    provider: 'google',
    cause: 'Google’s SMTP relay cannot tell your organisation from IP address, EHLO name and sender.',
    remedy:
      'Register the IP address, send from your domain and set the EHLO name to one of your domains, or sign in on the relay.',
    reference: 'https://support.google.com/a/answer/6140680#invalidcred',
    priority: 94,
    transient: false,
    example: {
      reply:
        "550-5.7.1 Invalid credentials for relay [192.0.2.1]. The IP address you've registered in your Workspace SMTP Relay service doesn't match the domain of the account",
    },
  },
  {
    id: 'GRELAY_SENDING_DENIED',
    stage: 'mail',
    match: { text: /mail sending denied/i },
    provider: 'google',
    cause: 'The sender’s account is turned off or not part of your Workspace domain.',
    remedy: 'Send as an active account of your Workspace domain.',
    reference: 'https://support.google.com/a/answer/6140680#maildenied',
    priority: 94,
    transient: false,
    example: {
      reply:
        '550 5.7.0 Mail Sending denied. This error occurs if the sender account is disabled or not registered within your Google Workspace domain.',
    },
  },
  {
    id: 'GRELAY_LIMIT',
    stage: 'mail',
    match: { text: /daily smtp relay|^smtp relay limit/i },
    provider: 'google',
    cause: 'The daily limit of Google’s SMTP relay is used up.',
    remedy: 'Wait until tomorrow, or spread the mail. The relay’s help page lists the limits.',
    reference: 'https://support.google.com/a/answer/6140680',
    priority: 92,
    transient: false,
    example: { reply: '550 5.4.5 Daily SMTP relay limit exceeded for customer.' },
  },
  {
    id: 'GRELAY_PEAK',
    stage: 'mail',
    match: { text: /peak smtp relay limit/i },
    provider: 'google',
    cause: 'Too much mail at once for Google’s SMTP relay.',
    remedy: 'Send more slowly and try again.',
    reference: 'https://support.google.com/a/answer/6140680',
    priority: 92,
    transient: true,
    example: { reply: '450 4.2.1 Peak SMTP relay limit exceeded for customer.' },
  },
  {
    id: 'GMAIL_421_RELAY_HELO',
    stage: 'mail',
    match: { text: /try again later, closing connection/i },
    provider: 'google',
    cause: 'Google hung up at the start. Its SMTP relay does so when EHLO says localhost or nothing of use.',
    remedy: 'Set the EHLO name to your own domain, such as mail.example.com.',
    reference: 'https://support.google.com/a/answer/3221692',
    priority: 90,
    transient: true,
    example: { reply: '421 4.7.0 Try again later, closing connection. (EHLO)' },
  },
];
