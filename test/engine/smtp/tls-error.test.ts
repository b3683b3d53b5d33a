import { expect, test } from 'vitest';
import { diagnose } from '../../../engine/smtp/diagnosis/index.ts';
import { tlsErrorCode } from '../../../engine/smtp/tls-error.ts';

/** The same fault as Node's OpenSSL and as Electron's BoringSSL put it, and the rule that both must lead to. */
const WORDINGS: [what: string, openssl: string, boringssl: string, rule: string, facts?: Record<string, string>][] = [
  [
    'plain text instead of TLS',
    'wrong version number',
    'WRONG_VERSION_NUMBER',
    'TLS_WRONG_VERSION',
    { security: 'implicit' },
  ],
  ['an old server', 'tlsv1 alert protocol version', 'TLSV1_ALERT_PROTOCOL_VERSION', 'TLS_PROTOCOL_VERSION'],
  ['an old server that answers', 'unsupported protocol', 'UNSUPPORTED_PROTOCOL', 'TLS_PROTOCOL_VERSION'],
  [
    'no cipher in common',
    'sslv3 alert handshake failure',
    'HANDSHAKE_FAILURE_ON_CLIENT_HELLO',
    'TLS_HANDSHAKE_FAILURE',
  ],
  [
    'no cipher, OpenSSL 3.2',
    'ssl/tls alert handshake failure',
    'SSLV3_ALERT_HANDSHAKE_FAILURE',
    'TLS_HANDSHAKE_FAILURE',
  ],
  [
    'a client certificate',
    'tlsv13 alert certificate required',
    'TLSV1_CERTIFICATE_REQUIRED',
    'TLS_CLIENT_CERT_REQUIRED',
  ],
  ['our certificate refused', 'tlsv1 alert unknown ca', 'TLSV1_ALERT_UNKNOWN_CA', 'TLS_UNKNOWN_CA_ALERT'],
  ['an unknown name', 'tlsv1 unrecognized name', 'TLSV1_UNRECOGNIZED_NAME', 'TLS_UNRECOGNIZED_NAME'],
  ['weak Diffie-Hellman', 'dh key too small', 'BAD_DH_P_LENGTH', 'TLS_DH_TOO_SMALL'],
  ['a fault of the server', 'tlsv1 alert internal error', 'TLSV1_ALERT_INTERNAL_ERROR', 'TLS_INTERNAL_ERROR'],
];

test.each(WORDINGS)('%s is one fault, whichever library says it', (_what, openssl, boringssl, rule, facts = {}) => {
  const errors = [
    // Node with OpenSSL names the reason in the code, or only in the message (EPROTO).
    { code: `ERR_SSL_${openssl.toUpperCase().replaceAll(' ', '_')}`, message: openssl },
    { code: 'EPROTO', message: `40A7:error:0A00010B:SSL routines:ssl3_get_record:${openssl}:../ssl/record.c:3:` },
    { code: 'EPROTO', message: `error:100000f7:SSL routines:OPENSSL_internal:${boringssl}` },
    { code: `ERR_SSL_${boringssl}`, message: boringssl },
  ];
  const codes = errors.map(({ code, message }) => tlsErrorCode(Object.assign(new Error(message), { code })));
  const rules = codes.map(
    (code) => diagnose({ stage: 'tls', code, facts: { failedStage: 'tls', ...facts } }, null)?.rule,
  );
  expect(rules).toEqual(errors.map(() => rule));
});

test('an error of the system keeps its own code', () => {
  expect(tlsErrorCode(Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' }))).toBe('ECONNRESET');
});
