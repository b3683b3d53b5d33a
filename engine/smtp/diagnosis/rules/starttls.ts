import { requireEncryption, switchToTls } from '../fixes.ts';
import type { Rule } from '../rule.ts';

/** Switching to TLS (RFC 3207). */
export const starttlsRules: readonly Rule[] = [
  {
    id: 'STARTTLS_NOT_OFFERED',
    stage: 'starttls',
    match: { when: { security: 'starttls', offersStarttls: false, tlsActive: false } },
    cause: 'The server does not offer STARTTLS on this port although the profile requires encryption.',
    remedy:
      'Try port 465 with TLS; if the server is yours, install a certificate and enable TLS. If it used to work, someone may be stripping encryption - do not fall back to plain text.',
    reference: 'https://www.rfc-editor.org/rfc/rfc3207#section-6',
    priority: 75,
    transient: false,
    example: { facts: { security: 'starttls', offersStarttls: false, tlsActive: false } },
  },
  {
    id: 'STARTTLS_502',
    stage: 'starttls',
    match: { reply: ['500', '501', '502', '503'], when: { failedStage: 'starttls' } },
    cause: 'The server refuses STARTTLS as unknown or not enabled.',
    remedy: 'Enable TLS on the server for this port, or use its TLS port (465).',
    reference: 'https://github.com/vdukhovni/postfix/blob/17830e5c1/postfix/src/smtpd/smtpd.c#L5561',
    priority: 60,
    transient: false,
    example: { reply: '502 5.5.1 Error: command not implemented', facts: { failedStage: 'starttls' } },
  },
  {
    id: 'STARTTLS_454',
    stage: 'starttls',
    match: { reply: ['454', '440', '540', '403'], text: /TLS/i },
    cause:
      'The server offers STARTTLS but cannot start TLS right now (its certificate or key is missing or unreadable).',
    remedy:
      'On the server, check that certificate and private key files exist, match and can be read; see its mail log.',
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
    cause: 'The server insists on encryption before it accepts mail or a login.',
    remedy: 'Turn on STARTTLS (port 587) or TLS (port 465) in the profile.',
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
      'The server sent extra plain-text data right after agreeing to start TLS. That is either a broken server or someone tampering with the connection.',
    remedy: 'Do not use this path for passwords. Test from another network; prefer port 465 (TLS from the start).',
    reference: 'https://nostarttls.secvuln.info/',
    priority: 95,
    transient: false,
    example: { facts: { bytesAfterStarttls: 23 } },
  },
  {
    id: 'STARTTLS_ALREADY',
    stage: 'starttls',
    match: { text: /TLS already (?:active|in use)|already secured|STARTTLS may not be repeated/i },
    cause:
      'TLS is already active, so STARTTLS was refused: the profile uses STARTTLS on a port that is encrypted from the start.',
    remedy: 'Set security to TLS instead of STARTTLS.',
    reference: 'https://github.com/vdukhovni/postfix/blob/17830e5c1/postfix/src/smtpd/smtpd.c#L5555',
    priority: 85,
    transient: false,
    fix: switchToTls,
    example: { reply: '554 5.5.1 Error: TLS already active' },
  },
];
