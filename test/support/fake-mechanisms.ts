import type { MechanismReport, MechanismResult } from '../../shared/mechanisms.ts';

const result = (mechanism: string, part: Partial<MechanismResult>): MechanismResult => ({
  mechanism,
  verdict: 'works',
  ms: 84,
  note: 'The server took the sign-in.',
  reply: { code: 235, enhanced: '2.7.0', text: 'Authentication successful' },
  finding: null,
  ...part,
});

/** What a search finds on a server where one mechanism works, one does not, and one is not spoken. */
export function fakeMechanisms(host: string): MechanismReport {
  return {
    version: 1,
    startedAt: '2026-11-21T09:00:00.000Z',
    ms: 412,
    cancelled: false,
    destination: { host, port: 587, security: 'starttls' },
    offered: ['PLAIN', 'LOGIN', 'SCRAM-SHA-256', 'NTLM'],
    results: [
      result('PLAIN', {
        verdict: 'refused',
        note: 'Sign-in refused with 504',
        reply: { code: 504, enhanced: '5.7.4', text: 'Unrecognized authentication type' },
        finding: {
          rule: 'AUTH_504_MECH',
          stage: 'auth',
          cause: 'The server does not take this way of signing in (mechanism).',
          remedy: 'Choose the mechanism automatically, or try LOGIN or OAuth 2.0.',
          reference: '',
          transient: false,
        },
      }),
      result('LOGIN', {}),
      result('SCRAM-SHA-256', { ms: 121 }),
      result('NTLM', { verdict: 'not-tried', ms: 0, note: 'Relaysmith does not speak it.', reply: null }),
    ],
    recommended: {
      mechanism: 'LOGIN',
      reason: 'TLS protects it, and nearly every server and product knows it.',
    },
    failure: null,
  };
}
