import { PRACTICE_SCENARIOS, type ScenarioInfo } from '../../shared/practice.ts';
import type { ScenarioGallery } from './scenario.ts';

/** Every scenario of the gallery as data. README.md says how to add one. */
export const SCENARIOS: ScenarioGallery = {
  'all-well': {
    title: 'All well',
    description: 'A healthy server: STARTTLS, a trusted certificate, sign-in, and an inbox that takes every message.',
    expectedRule: '',
    behaviour: {},
  },
  'wrong-password': {
    title: 'Wrong password',
    description: 'Refuses every user name and password with 535 5.7.8.',
    expectedRule: 'AUTH_BAD_CREDENTIALS_578',
    behaviour: {
      at: { login: [{ do: 'reply', lines: ['535 5.7.8 Authentication credentials invalid'] }] },
    },
  },
  'no-starttls': {
    title: 'No STARTTLS',
    description: 'Does not offer encryption, and asks for the password in the clear.',
    expectedRule: 'STARTTLS_NOT_OFFERED',
    behaviour: { tls: 'off', loginWithoutTls: true },
  },
  'starttls-required': {
    title: 'STARTTLS required',
    description:
      'Refuses mail before STARTTLS with 530 5.7.0. The ready profile passes; set security and sign-in to None to see it.',
    expectedRule: '',
    behaviour: { tlsRequired: true },
  },
  'self-signed': {
    title: 'Self-signed certificate',
    description: 'Shows a certificate that it signed itself, so nobody vouches for it.',
    expectedRule: 'CERT_SELF_SIGNED',
    behaviour: { certificate: 'self-signed' },
  },
  expired: {
    title: 'Expired certificate',
    description: 'Shows a certificate that ran out 35 days ago.',
    expectedRule: 'CERT_EXPIRED',
    behaviour: { certificate: 'expired' },
  },
  'wrong-host': {
    title: 'Certificate of another host',
    description: 'Shows a certificate made out to mail.elsewhere.example.',
    expectedRule: 'CERT_NAME_MISMATCH',
    behaviour: { certificate: 'wrong-host' },
  },
  'relay-denied': {
    title: 'Relay denied',
    description: 'Takes the sign-in, but refuses every recipient with 554 5.7.1.',
    expectedRule: 'RELAY_DENIED_AUTHED',
    behaviour: { at: { rcpt: [{ do: 'reply', lines: ['554 5.7.1 <{recipient}>: Relay access denied'] }] } },
  },
  'sender-refused': {
    title: 'Sender refused',
    description: 'Takes the sign-in, but says that the From address belongs to somebody else (553 5.7.1).',
    expectedRule: 'SENDER_NOT_OWNED',
    behaviour: {
      at: {
        mail: [{ do: 'reply', lines: ['553 5.7.1 <{sender}>: Sender address rejected: not owned by user {user}'] }],
      },
    },
  },
  slow: {
    title: 'Slow server',
    description: 'Works, but waits 0.6 seconds before every reply.',
    expectedRule: '',
    behaviour: { replyDelayMs: 600 },
  },
  'closes-at-greeting': {
    title: 'Closes at once',
    description: 'Takes the connection and closes it without a word, as servers do to addresses they do not allow.',
    expectedRule: 'GREET_CLOSED',
    behaviour: { at: { connect: [{ do: 'close' }] } },
  },
  'talks-http': {
    title: 'Not a mail server',
    description: 'Answers as a web server does: the port belongs to something else.',
    expectedRule: 'GREET_HTTP',
    behaviour: {
      at: {
        greeting: [
          { do: 'raw', bytes: 'HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n' },
          { do: 'close' },
        ],
      },
    },
  },
};

/** What the gallery shows, in its order. */
export function scenarioInfos(): ScenarioInfo[] {
  return PRACTICE_SCENARIOS.map((id) => {
    const { title, description, expectedRule } = SCENARIOS[id];
    return { id, title, description, expectedRule };
  });
}
