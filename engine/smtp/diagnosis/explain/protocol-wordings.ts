import type { Wording } from './wording.ts';

/** SMTP and OAuth faults that a library finds itself, with no reply of the server to go by. */
export const PROTOCOL_WORDINGS: readonly Wording[] = [
  // Python, Ruby, JavaMail, Go and nodemailer when the server's EHLO lists no STARTTLS.
  {
    pattern:
      /STARTTLS (?:extension )?(?:is )?not supported|does(?:n't| not) support STARTTLS|STARTTLS is required but|STARTTLS not (?:available|offered|advertised)/i,
    stage: 'starttls',
    facts: { security: 'starttls', offersStarttls: false, tlsActive: false },
  },
  // Go's net/smtp keeps PLAIN from unencrypted connections, except to localhost.
  {
    pattern: /(?:^|[\s:"])unencrypted connection/im,
    stage: 'auth',
    facts: { credentialsSet: true, authAdvertised: false, offersStarttls: true, tlsActive: false },
  },
  {
    pattern:
      /(?:doesn't|does not) support AUTH|SMTP AUTH extension not supported|server does not support (?:SMTP )?authentication|authentication is not supported by the server/i,
    stage: 'auth',
    facts: { credentialsSet: true, authAdvertised: false },
  },
  {
    pattern:
      /no suitable authentication method|no (?:supported|compatible|common) auth(?:entication|enticator)? ?(?:mechanism|method)?s?|unknown authentication method|unsupported authentication mechanism|no authenticat(?:ion mechanisms|ors) supported by both/i,
    stage: 'auth',
    facts: { authAdvertised: true, usableMechs: 0 },
  },
  // .NET's SmtpClient and PHP's mailers lose the reply on the way.
  {
    pattern: /SMTP Error: Could not authenticate|AuthenticationFailedException|SMTPAuthenticationError|Invalid login/i,
    stage: 'auth',
  },
  { pattern: /EFETCH|token endpoint|oauth2?: cannot fetch token/i, code: 'EFETCH', stage: 'oauth' },
];
