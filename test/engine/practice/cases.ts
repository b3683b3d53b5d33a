import type { PracticeScenario } from '../../../shared/practice.ts';

/**
 * The ways in which mail servers are hostile or broken, by their number: G greeting, E EHLO, T TLS, C certificate,
 * A sign-in, M mail. Each is shown by one scenario or more. D, the network before any server, is in
 * test/engine/smtp: network.test.ts, names.system.test.ts and routes.system.test.ts.
 */
export const CASES = {
  G1: ['silent'],
  G2: ['dripping-greeting'],
  G3: ['endless-greeting'],
  G4: ['greeting-554', 'greeting-421', 'block-list'],
  G5: ['closes-at-greeting', 'resets-at-greeting'],
  G6: ['talks-http', 'talks-pop3', 'talks-imap', 'talks-ssh', 'talks-ftp', 'talks-lmtp', 'talks-tls'],
  G7: ['masked-greeting', 'multi-line-greeting', 'bare-line-feeds'],
  G8: ['control-characters'],
  G9: ['early-reply'],
  E1: ['helo-only', 'command-not-implemented'],
  E2: ['endless-lines', 'endless-line'],
  E3: ['dripping-reply'],
  E4: ['mixed-codes', 'mixed-success-codes'],
  E5: ['bare-code', 'two-digit-code', 'no-code', 'blank-lines'],
  E6: ['masked-starttls'],
  E7: ['short-name-refused', 'name-refused', 'invalid-name'],
  T1: ['no-starttls'],
  T2: ['starttls-454', 'starttls-502'],
  T3: ['tls-garbage', 'tls-silence', 'tls-reset', 'tls-close', 'half-handshake'],
  T4: ['injected-behind', 'injected-fragment', 'injected-later', 'injected-inside', 'injected-line'],
  T5: ['sign-in-lost', 'starttls-again', 'tls-already', 'closes-after-tls'],
  T6: ['tls-1.0', 'tls-1.1', 'no-common-cipher', 'dh-1024', 'rsa-1024', 'rsa-768', 'sha-1'],
  T7: ['client-certificate-1.2', 'client-certificate-1.3'],
  T8: ['tls-expected', 'plain-expected'],
  C1: ['expired', 'expires-soon'],
  C2: ['not-yet-valid'],
  C3: ['wrong-host'],
  C4: ['no-address'],
  C5: ['self-signed'],
  C6: ['private-ca'],
  C7: ['private-root-sent'],
  C8: ['incomplete-chain'],
  C9: ['name-only-in-subject'],
  C10: ['wrong-purpose'],
  C11: ['revoked'],
  C12: ['other-without-sni', 'none-without-sni'],
  C13: ['antivirus'],
  A1: ['challenge-not-base64', 'challenge-empty', 'challenge-after-response', 'challenges-endless', 'success-250'],
  A2: ['no-sign-in', 'only-ntlm', 'old-auth-form'],
  A3: [
    'wrong-password',
    'app-password',
    'sign-in-busy',
    'mechanism-refused',
    'encryption-demanded',
    'password-transition',
    'sign-in-421',
    'closes-at-auth',
  ],
  A4: ['token-refused'],
  M1: ['421-at-ehlo', 'sign-in-421', '421-at-mail', '421-at-rcpt', '421-at-data', '421-after-dot'],
  M2: [
    'closes-at-ehlo',
    'closes-at-auth',
    'closes-at-mail',
    'closes-at-rcpt',
    'closes-at-data',
    'closes-after-dot',
    'resets-at-ehlo',
    'resets-at-auth',
    'resets-at-mail',
    'resets-at-rcpt',
    'resets-at-data',
    'resets-after-dot',
  ],
  M3: ['pipelining-lost', 'pipelining-refused'],
  M4: ['small-size', 'no-8bitmime', 'no-smtputf8', 'smtputf8-refused'],
  M5: ['data-250', 'silent-after-dot'],
  M6: ['half-open'],
  M7: ['relay-denied', 'greylisted', 'sender-refused', 'mailbox-full', 'tarpit', 'unknown-recipient', 'spam-refused'],
} as const satisfies Record<string, readonly PracticeScenario[]>;

/**
 * Seconds to wait for a server: few where waiting in vain is the point, else so many that a busy machine is no fault of the
 * server's.
 */
export function patience(expectedRule: string): number {
  return expectedRule.includes('TIMEOUT') ? 2 : 15;
}

/** Numbers of the cases that a scenario shows. */
export function casesOf(id: PracticeScenario): string[] {
  return Object.entries(CASES).flatMap(([number, ids]) => (ids.some((one) => one === id) ? [number] : []));
}
