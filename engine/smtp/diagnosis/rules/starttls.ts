import { requireEncryption, switchToTls } from '../fixes.ts';
import type { Rule } from '../rule.ts';

/** Switching to TLS (RFC 3207). */
export const starttlsRules: readonly Rule[] = [
  {
    id: 'STARTTLS_NOT_OFFERED',
    stage: 'starttls',
    match: { when: { security: 'starttls', offersStarttls: false, tlsActive: false } },
    cause: 'The server does not offer STARTTLS on this port, and the profile requires it.',
    remedy:
      'Try port 465 with TLS, or have TLS turned on at the server. If it used to work, someone on the way may remove the offer, so do not fall back to plain text.',
    reference: 'https://www.rfc-editor.org/rfc/rfc3207#section-6',
    priority: 75,
    transient: false,
    example: { facts: { security: 'starttls', offersStarttls: false, tlsActive: false } },
  },
  {
    id: 'STARTTLS_502',
    stage: 'starttls',
    match: { reply: ['500', '501', '502', '503'], when: { failedStage: 'starttls' } },
    cause: 'The server lists STARTTLS, yet refuses it as unknown or turned off.',
    remedy: 'Have TLS turned on for this port, or use port 465 with TLS.',
    reference: 'https://github.com/vdukhovni/postfix/blob/17830e5c1/postfix/src/smtpd/smtpd.c#L5561',
    priority: 60,
    transient: false,
    example: { reply: '502 5.5.1 Error: command not implemented', facts: { failedStage: 'starttls' } },
  },
  {
    id: 'STARTTLS_454',
    stage: 'starttls',
    match: { reply: ['454', '440', '540', '403'], text: /TLS/i },
    cause: 'The server offers STARTTLS but cannot begin it now: its certificate or key is missing or unreadable.',
    remedy: 'On the server, check that both files exist, fit together and can be read. Its mail log names the fault.',
    reference: 'https://github.com/vdukhovni/postfix/blob/17830e5c1/postfix/src/smtpd/smtpd.c#L5569',
    priority: 80,
    transient: false,
    example: { reply: '454 4.7.0 TLS not available due to local problem' },
  },
  {
    id: 'STARTTLS_REQUIRED',
    stage: 'starttls',
    match: {
      reply: ['530', '451', '503', '538', '400'],
      text: /(?:must|need to) issue a STARTTLS|STARTTLS (?:is )?required|encryption required|session encryption is required|requires? TLS|TLS required/i,
    },
    cause: 'The server wants encryption before it takes mail or a sign-in.',
    remedy: 'Switch security to STARTTLS (port 587) or TLS (port 465).',
    reference: 'https://www.rfc-editor.org/rfc/rfc3207#section-4',
    priority: 85,
    transient: false,
    fix: requireEncryption,
    example: { reply: '530 5.7.0 Must issue a STARTTLS command first' },
  },
  {
    id: 'STARTTLS_INJECTION',
    stage: 'starttls',
    match: { when: { bytesAfterStarttls: { gt: 0 } } },
    cause:
      'The server sent more plain text right after it agreed to begin TLS. Either it is broken, or someone tampers with the connection.',
    remedy: 'Send no password this way. Test from another network, and prefer port 465 with TLS.',
    reference: 'https://nostarttls.secvuln.info/',
    priority: 95,
    transient: false,
    example: { facts: { bytesAfterStarttls: 23 } },
  },
  {
    id: 'STARTTLS_ALREADY',
    stage: 'starttls',
    match: { text: /TLS already (?:active|in use)|already secured|STARTTLS may not be repeated/i },
    cause: 'TLS is on already, so STARTTLS was refused: this port is encrypted from the first byte.',
    remedy: 'Switch security to TLS.',
    reference: 'https://github.com/vdukhovni/postfix/blob/17830e5c1/postfix/src/smtpd/smtpd.c#L5555',
    priority: 85,
    transient: false,
    fix: switchToTls,
    example: { reply: '554 5.5.1 Error: TLS already active' },
  },
];
