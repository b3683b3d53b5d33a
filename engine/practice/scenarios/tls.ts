import type { GalleryGroup, Scenario, Step } from '../scenario.ts';

const GO_AHEAD: Step = { do: 'raw', bytes: '220 2.0.0 Ready to start TLS\r\n' };

/** A server that answers STARTTLS with these steps. */
function answers(...starttls: Step[]): Scenario['behaviour'] {
  return { at: { starttls } };
}

/** Servers with which encryption does not come about, or with which someone tampers. */
export const TLS: GalleryGroup<'tls'> = {
  'no-starttls': {
    title: 'No STARTTLS',
    description: 'Does not offer encryption, and asks for the password in the clear.',
    ends: ['starttls', 'STARTTLS_NOT_OFFERED'],
    behaviour: { tls: 'off', loginWithoutTls: true },
  },
  'starttls-454': {
    title: 'TLS not available',
    description: 'Offers STARTTLS and then refuses it with 454, as a server does that cannot read its certificate.',
    ends: ['starttls', 'STARTTLS_454'],
    behaviour: answers({ do: 'reply', lines: ['454 4.7.0 TLS not available due to local problem'] }),
  },
  'starttls-502': {
    title: 'STARTTLS unknown',
    description: 'Offers STARTTLS and then refuses it with 502.',
    ends: ['starttls', 'STARTTLS_502'],
    behaviour: answers({ do: 'reply', lines: ['502 5.5.1 Error: command not implemented'] }),
  },
  'tls-garbage': {
    title: 'Words in place of TLS',
    description: 'Agrees to TLS and then answers the handshake in plain text.',
    ends: ['starttls', 'TLS_WRONG_VERSION_STARTTLS'],
    behaviour: answers(GO_AHEAD, { do: 'read' }, { do: 'raw', bytes: 'This is no TLS\r\n' }, { do: 'silence' }),
  },
  'tls-silence': {
    title: 'Silent handshake',
    description: 'Agrees to TLS and then says nothing more.',
    ends: ['starttls', 'TLS_TIMEOUT'],
    behaviour: answers(GO_AHEAD, { do: 'silence' }),
  },
  'tls-reset': {
    title: 'Reset handshake',
    description: 'Agrees to TLS and then cuts the connection with a reset, as a firewall does that blocks TLS.',
    ends: ['starttls', 'TLS_RESET'],
    behaviour: answers(GO_AHEAD, { do: 'read' }, { do: 'reset' }),
  },
  'tls-close': {
    title: 'Closed handshake',
    description: 'Agrees to TLS and then closes the connection.',
    ends: ['starttls', 'TLS_RESET'],
    behaviour: answers(GO_AHEAD, { do: 'read' }, { do: 'close' }),
  },
  'half-handshake': {
    title: 'Half a handshake',
    description: 'Begins its part of the TLS handshake and never ends it.',
    ends: ['starttls', 'TLS_TIMEOUT'],
    // The head of a handshake record of 122 bytes, of which the rest never comes (RFC 8446 5.1).
    behaviour: answers(
      GO_AHEAD,
      { do: 'read' },
      { do: 'raw', bytes: '\x16\x03\x03\x00\x7a\x02\x00\x00\x76\x03\x03' },
      { do: 'silence' },
    ),
  },
  'injected-behind': {
    title: 'Words behind the go-ahead',
    description: 'Sends an answer to EHLO right behind its go-ahead for TLS, so that it would count as said inside.',
    ends: ['starttls', 'STARTTLS_INJECTION'],
    behaviour: answers(
      { do: 'raw', bytes: '220 2.0.0 Ready to start TLS\r\n250-mail.relaysmith.test\r\n250 AUTH LOGIN\r\n' },
      { do: 'start-tls' },
    ),
  },
  'injected-fragment': {
    title: 'Half a line behind the go-ahead',
    description: 'Sends the beginning of a reply right behind its go-ahead for TLS, to be completed inside.',
    ends: ['starttls', 'STARTTLS_INJECTION'],
    behaviour: answers({ do: 'raw', bytes: '220 2.0.0 Ready to start TLS\r\n250-AUTH LO' }, { do: 'start-tls' }),
  },
  'injected-later': {
    title: 'Words into the handshake',
    description: 'Sends a plain reply a moment after its go-ahead for TLS, into the handshake.',
    ends: ['starttls', 'STARTTLS_INJECTION'],
    behaviour: answers(GO_AHEAD, { do: 'read' }, { do: 'raw', bytes: '250 AUTH LOGIN\r\n' }, { do: 'start-tls' }),
  },
  'injected-inside': {
    title: 'Reply before EHLO inside TLS',
    description: 'Sends an answer to EHLO as soon as TLS is there, before it was asked.',
    ends: ['starttls', 'REPLY_UNSOLICITED'],
    // In TLS 1.2 the server ends the handshake, so that its words come along with the end.
    behaviour: {
      maxTlsVersion: 'TLSv1.2',
      ...answers({ do: 'usual' }, { do: 'raw', bytes: '250-mail.relaysmith.test\r\n250 AUTH LOGIN\r\n' }),
    },
  },
  'injected-line': {
    title: 'Go-ahead of two lines',
    description:
      'Gives its go-ahead for TLS in two lines: a client that reads only the first takes the rest as said inside.',
    ends: ['starttls', 'STARTTLS_INJECTION'],
    behaviour: answers({ do: 'raw', bytes: '220-2.0.0 Ready\r\n220 2.0.0 to start TLS\r\n' }, { do: 'start-tls' }),
  },
  'sign-in-lost': {
    title: 'Sign-in lost after TLS',
    description: 'Offers sign-in before TLS and none inside.',
    ends: ['auth', 'AUTH_NOT_OFFERED'],
    warns: 'AUTH_LOST_AFTER_TLS',
    behaviour: { loginWithoutTls: true, hiddenInTls: ['AUTH'] },
  },
  'starttls-again': {
    title: 'STARTTLS again',
    description: 'Offers STARTTLS once more inside TLS, as a proxy does that copies the first offer. All else works.',
    warns: 'STARTTLS_OFFERED_AGAIN',
    behaviour: { extraInTls: ['STARTTLS'] },
  },
  'tls-already': {
    title: 'TLS already on',
    description: 'Refuses STARTTLS with 554, as if the connection were encrypted already.',
    ends: ['starttls', 'STARTTLS_ALREADY'],
    behaviour: answers({ do: 'reply', lines: ['554 5.5.1 Error: TLS already active'] }),
  },
  'closes-after-tls': {
    title: 'Closes after TLS',
    description: 'Closes the connection at the first command inside TLS.',
    ends: ['starttls', 'EHLO_LOST_AFTER_TLS'],
    behaviour: { at: { 'ehlo-in-tls': [{ do: 'close' }] } },
  },
  'tls-1.0': {
    title: 'TLS 1.0 only',
    description: 'Knows no TLS newer than 1.0, which was retired in 2021.',
    ends: ['starttls', 'TLS_PROTOCOL_VERSION'],
    behaviour: { minTlsVersion: 'TLSv1', maxTlsVersion: 'TLSv1' },
  },
  'tls-1.1': {
    title: 'TLS 1.1 only',
    description: 'Knows no TLS newer than 1.1, which was retired in 2021.',
    ends: ['starttls', 'TLS_PROTOCOL_VERSION'],
    behaviour: { minTlsVersion: 'TLSv1.1', maxTlsVersion: 'TLSv1.1' },
  },
  'no-common-cipher': {
    title: 'No cipher in common',
    description: 'Takes only ciphers that no mail client offers.',
    ends: ['starttls', 'TLS_HANDSHAKE_FAILURE'],
    behaviour: { maxTlsVersion: 'TLSv1.2', ciphers: 'PSK-AES128-CBC-SHA256' },
  },
  'dh-1024': {
    title: 'Weak Diffie-Hellman',
    description: 'Exchanges keys in a group of 1024 bits, which newer software refuses. All else works.',
    warns: 'TLS_DH_WEAK',
    behaviour: {
      maxTlsVersion: 'TLSv1.2',
      certificate: 'rsa',
      ciphers: 'DHE-RSA-AES128-GCM-SHA256',
      dhBits: 1024,
    },
  },
  'client-certificate-1.2': {
    title: 'Client certificate wanted (TLS 1.2)',
    description: 'Takes nobody without a client certificate, and says so during the handshake.',
    ends: ['starttls', 'TLS_HANDSHAKE_FAILURE'],
    behaviour: { maxTlsVersion: 'TLSv1.2', clientCertificate: 'demanded' },
  },
  'client-certificate-1.3': {
    title: 'Client certificate wanted (TLS 1.3)',
    description: 'Takes nobody without a client certificate; in TLS 1.3 that shows only after the handshake.',
    ends: ['starttls', 'TLS_CLIENT_CERT_REQUIRED'],
    behaviour: { minTlsVersion: 'TLSv1.3', clientCertificate: 'demanded' },
  },
  'tls-expected': {
    title: 'Waits for TLS',
    description: 'Waits for TLS from the first byte, as port 465 does, while the profile waits for a greeting.',
    ends: ['greeting', 'GREET_TIMEOUT_TLS_EXPECTED'],
    profile: { security: 'starttls' },
    behaviour: { tls: 'implicit' },
  },
  'plain-expected': {
    title: 'Begins in plain text',
    description: 'Greets in plain text, as port 587 does, while the profile begins with TLS.',
    ends: ['tls', 'TLS_WRONG_VERSION'],
    profile: { security: 'tls' },
    behaviour: {},
  },
};
