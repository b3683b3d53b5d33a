import {
  MATRIX_PORTS,
  MATRIX_SECURITIES,
  type MatrixCell,
  type MatrixReport,
  type MatrixSecurity,
} from '../../shared/matrix.ts';

/** A matrix as a usual submission server gives it: 465 and 587 work, 25 is blocked, nothing listens on the others. */
export function fakeMatrix(host: string): MatrixReport {
  return {
    version: 1,
    host,
    startedAt: '2026-11-21T09:14:00.000Z',
    ms: 4_212,
    cancelled: false,
    cells: MATRIX_PORTS.flatMap((port) => MATRIX_SECURITIES.map((security) => fakeCell(host, port, security))),
    recommended: {
      port: 465,
      security: 'tls',
      reason: 'TLS from the first byte with a trusted certificate; sign-in with PLAIN, LOGIN.',
      caution: '',
    },
    conclusions: [
      'Port 25 gives no answer, while port 587 of the same server does. Most likely this network or its provider blocks port 25 on the way out.',
    ],
  };
}

function fakeCell(host: string, port: number, security: MatrixSecurity): MatrixCell {
  const base = { host, port, security, finding: null, mechanisms: [], tlsVersion: '' };
  if (port === 25) return { ...base, verdict: 'failed', note: `No connection to 192.0.2.10:25`, ms: 4_001 };
  if (port > 587) return { ...base, verdict: 'failed', note: `No connection to 192.0.2.10:${port}`, ms: 14 };
  const works = { ...base, verdict: 'works' as const, mechanisms: ['PLAIN', 'LOGIN'], tlsVersion: 'TLSv1.3', ms: 93 };
  const note = 'TLS 1.3, sign-in with PLAIN, LOGIN';
  if (port === 465) {
    return security === 'tls'
      ? { ...works, note }
      : { ...base, verdict: 'failed', note: 'The server did not greet in time', finding: waitsForTls, ms: 4_003 };
  }
  if (security === 'starttls') return { ...works, note };
  return security === 'none'
    ? { ...base, verdict: 'plain', note: 'Answers in the clear, offers STARTTLS, offers no sign-in here', ms: 41 }
    : { ...base, verdict: 'failed', note: 'The TLS handshake failed', finding: speaksFirst, ms: 38 };
}

const waitsForTls: MatrixCell['finding'] = {
  rule: 'GREET_TIMEOUT_465_PORT',
  stage: 'greeting',
  cause: 'Port 465 waits for TLS from the first byte, but the profile begins in the clear.',
  remedy: 'Switch security to TLS.',
  reference: 'https://www.rfc-editor.org/rfc/rfc8314#section-3.3',
  transient: false,
};

const speaksFirst: MatrixCell['finding'] = {
  rule: 'TLS_WRONG_VERSION',
  stage: 'tls',
  cause: 'The server did not answer with TLS: on this port the dialogue begins in the clear.',
  remedy: 'Switch security to STARTTLS.',
  reference: 'https://www.rfc-editor.org/rfc/rfc3207#section-4',
  transient: false,
};
