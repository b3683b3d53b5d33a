import { providerScope } from '../fixes.ts';
import type { Rule } from '../rule.ts';

/** Getting an OAuth 2.0 token (RFC 6749). */
export const oauthRules: readonly Rule[] = [
  {
    id: 'OAUTH_INVALID_GRANT',
    stage: 'oauth',
    match: { message: /invalid_grant/i },
    cause: 'The saved consent (refresh token) is not valid any more: it expired, was revoked, or the password changed.',
    remedy: 'Get a new refresh token. Google’s tokens for apps in "testing" end after seven days.',
    reference: 'https://www.rfc-editor.org/rfc/rfc6749#section-5.2',
    priority: 90,
    transient: false,
    example: { message: 'invalid_grant: Token has been expired or revoked.' },
  },
  {
    id: 'OAUTH_INVALID_CLIENT',
    stage: 'oauth',
    match: { message: /invalid_client/i },
    cause: 'The app’s client ID or client secret is wrong or expired.',
    remedy: 'Make a new client secret and enter its value (not its ID).',
    reference: 'https://www.rfc-editor.org/rfc/rfc6749#section-5.2',
    priority: 88,
    transient: false,
    example: { message: 'invalid_client: The OAuth client was not found.' },
  },
  {
    id: 'OAUTH_UNAUTHORIZED_CLIENT',
    stage: 'oauth',
    match: { message: /unauthorized_client/i },
    cause: 'The app may not sign in this way, or the token belongs to another app.',
    remedy:
      'Check that client ID and token come from the same app. For a Google service account, turn on domain-wide delegation for the scope https://mail.google.com/.',
    reference: 'https://github.com/nodemailer/nodemailer/issues/564',
    priority: 88,
    transient: false,
    example: { message: 'unauthorized_client' },
  },
  {
    id: 'OAUTH_INVALID_SCOPE',
    stage: 'oauth',
    match: { message: /invalid_scope/i },
    cause: 'The permission that was asked for (scope) is unknown or not granted.',
    remedy:
      'For Google, use https://mail.google.com/ as scope. For Microsoft, use https://outlook.office365.com/.default (app), or https://outlook.office.com/SMTP.Send with offline_access (user).',
    reference: 'https://www.rfc-editor.org/rfc/rfc6749#section-5.2',
    priority: 88,
    transient: false,
    fix: providerScope,
    example: { message: 'invalid_scope' },
  },
  {
    id: 'OAUTH_ENDPOINT',
    stage: 'oauth',
    match: {
      code: ['EFETCH', 'ECONNREFUSED', 'ENOTFOUND', 'ETIMEDOUT', 'EAI_AGAIN', 'ECONNRESET'],
      when: { failedStage: 'oauth' },
    },
    cause: 'The sign-in service that gives the token could not be reached.',
    remedy: 'Check the token URL, and that this network allows HTTPS to it.',
    reference: 'https://www.rfc-editor.org/rfc/rfc6749#section-3.2',
    priority: 60,
    transient: true,
    example: { code: 'EFETCH', message: 'token endpoint: connect ECONNREFUSED', facts: { failedStage: 'oauth' } },
  },
  {
    id: 'OAUTH_XOAUTH2_ERROR',
    stage: 'oauth',
    // The words are those of RFC 6750 3.1, for OAUTHBEARER; XOAUTH2 has numbers.
    match: {
      when: {
        xoauth2ErrorStatus: ['400', '401', '403', 'invalid_token', 'invalid_request', 'insufficient_scope'],
      },
    },
    cause: 'The server refused the token: it expired, is for another mailbox, or lacks a permission.',
    remedy: 'Get a new token for exactly this mailbox, with the mail permission that the error names.',
    reference: 'https://developers.google.com/workspace/gmail/imap/xoauth2-protocol#error_response',
    priority: 80,
    transient: false,
    example: { facts: { xoauth2ErrorStatus: '400' } },
  },
  {
    id: 'OAUTH_WRONG_CLOCK',
    stage: 'oauth',
    match: { message: /reasonable timeframe|Invalid JWT|iat and exp/i },
    cause: 'The sign-in request was refused because this machine’s clock is wrong.',
    remedy: 'Set date and time, then try again.',
    reference: 'https://developers.google.com/identity/protocols/oauth2/service-account#error-codes',
    priority: 94,
    transient: false,
    example: {
      message:
        'invalid_grant: Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable timeframe.',
    },
  },
];
