import { microsoftOauth, ownEhloName, toSubmissionPort } from '../fixes.ts';
import type { Rule } from '../rule.ts';

/** Microsoft 365: reaching it and signing in. */
export const microsoft365SignInRules: readonly Rule[] = [
  {
    id: 'EHLO_BAD_HELO_M365',
    stage: 'ehlo',
    match: { enhanced: ['5.7.506'] },
    provider: 'microsoft365',
    cause: 'The name given in EHLO is that of the server itself, which spammers do, so it is refused.',
    remedy: 'Set the EHLO name to this machine’s own full name.',
    reference:
      'https://learn.microsoft.com/exchange/mail-flow-best-practices/non-delivery-reports-in-exchange-online/non-delivery-reports-in-exchange-online',
    priority: 88,
    transient: false,
    fix: ownEhloName,
    example: { reply: '550 5.7.506 Access Denied, Bad HELO' },
  },
  {
    id: 'TLS_M365_OLD',
    stage: 'tls',
    match: { enhanced: ['4.7.66'], text: /TLS 1\.0/i },
    provider: 'microsoft365',
    cause: 'Microsoft 365 refuses TLS 1.0 and 1.1.',
    remedy:
      'Update the device or program to TLS 1.2. If it cannot be, the tenant’s administrator can opt in to smtp-legacy.office365.com.',
    reference:
      'https://learn.microsoft.com/exchange/clients-and-mobile-in-exchange-online/opt-in-exchange-online-endpoint-for-legacy-tls-using-smtp-auth',
    priority: 92,
    transient: false,
    example: {
      reply: '421 4.7.66 TLS 1.0 and 1.1 are not supported. Please upgrade/update your client to support TLS 1.2.',
    },
  },
  {
    id: 'M365_SMTPAUTH_TENANT',
    stage: 'auth',
    match: { text: /SmtpClientAuthentication is disabled for the Tenant/i },
    provider: 'microsoft365',
    cause: 'Sending with a password (SMTP AUTH) is turned off for the whole Microsoft 365 organisation.',
    remedy:
      'An administrator can turn it on for this mailbox: Microsoft 365 admin centre, user, Mail, Manage email apps, Authenticated SMTP. Better, use OAuth 2.0 or a relay connector.',
    reference:
      'https://learn.microsoft.com/exchange/clients-and-mobile-in-exchange-online/authenticated-client-smtp-submission',
    priority: 96,
    transient: false,
    example: {
      reply:
        '535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Tenant. Visit https://aka.ms/smtp_auth_disabled for more information.',
    },
  },
  {
    id: 'M365_SMTPAUTH_MAILBOX',
    stage: 'auth',
    match: { text: /SmtpClientAuthentication is disabled for the Mailbox/i },
    provider: 'microsoft365',
    cause: 'Sending with SMTP AUTH is turned off for this mailbox.',
    remedy:
      'An administrator can turn it on: Microsoft 365 admin centre, user, Mail, Manage email apps, Authenticated SMTP.',
    reference:
      'https://learn.microsoft.com/exchange/clients-and-mobile-in-exchange-online/authenticated-client-smtp-submission',
    priority: 96,
    transient: false,
    example: {
      reply:
        '535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Mailbox. Visit https://aka.ms/smtp_auth_disabled for more information.',
    },
  },
  {
    id: 'M365_BASIC_DISABLED',
    stage: 'auth',
    match: { text: /basic authentication is disabled/i },
    provider: 'microsoft365',
    cause:
      'Microsoft takes no passwords for this account any more. Outlook.com and Hotmail ended them on 16 September 2024.',
    remedy: 'Use OAuth 2.0. App passwords do not help here.',
    reference: 'https://github.com/nodemailer/nodemailer/issues/1714',
    priority: 96,
    transient: false,
    fix: microsoftOauth,
    example: { reply: '535 5.7.139 Authentication unsuccessful, basic authentication is disabled.' },
  },
  {
    id: 'M365_SECURITY_DEFAULTS',
    stage: 'auth',
    match: { text: /security defaults/i },
    provider: 'microsoft365',
    cause: 'The organisation’s "security defaults" or a conditional access policy blocks sign-in with a password.',
    remedy:
      'Use OAuth 2.0, or a relay connector or Direct Send, which need no password. Security defaults are a decision for the whole organisation.',
    reference:
      'https://learn.microsoft.com/exchange/mail-flow-best-practices/fix-issues-with-printers-scanners-and-lob-applications-that-send-email-using-off',
    priority: 96,
    transient: false,
    example: {
      reply:
        "535 5.7.139 Authentication unsuccessful, user is locked by your organization's security defaults policy. Contact your administrator.",
    },
  },
  {
    id: 'M365_CRITERIA',
    stage: 'auth',
    match: { text: /did not meet the criteria/i },
    provider: 'microsoft365',
    cause:
      'Microsoft 365 refused the sign-in by a rule: conditional access, multi-factor sign-in, or SMTP AUTH turned off for this mailbox.',
    remedy:
      'Read the sign-in log in Microsoft Entra for this account. Turn on Authenticated SMTP for the mailbox, or use OAuth 2.0.',
    reference:
      'https://learn.microsoft.com/exchange/clients-and-mobile-in-exchange-online/authenticated-client-smtp-submission',
    priority: 95,
    transient: false,
    example: {
      reply:
        '535 5.7.139 Authentication unsuccessful, the request did not meet the criteria to be authenticated successfully. Contact your administrator.',
    },
  },
  {
    id: 'M365_CREDS_INCORRECT',
    stage: 'auth',
    match: { text: /user credentials were incorrect/i },
    provider: 'microsoft365',
    cause: 'Microsoft 365 says that the user name or password is wrong. It says the same when passwords are blocked.',
    remedy:
      'Sign in at outlook.office.com with the same data and use the primary address (UPN). With multi-factor sign-in, use OAuth 2.0 or an app password.',
    reference:
      'https://learn.microsoft.com/exchange/mail-flow-best-practices/fix-issues-with-printers-scanners-and-lob-applications-that-send-email-using-off',
    priority: 95,
    transient: false,
    example: { reply: '535 5.7.139 Authentication unsuccessful, the user credentials were incorrect.' },
  },
  {
    // The reason that Microsoft gives after the first comma is often lost in a product's log.
    id: 'M365_57139',
    stage: 'auth',
    match: { enhanced: ['5.7.139'] },
    cause: 'Microsoft 365 refused the sign-in without a reason that is left here.',
    remedy:
      'Look for the words after "Authentication unsuccessful". The usual reasons: SMTP AUTH is off for the tenant or the mailbox, security defaults or a policy block it, password sign-in is turned off, or the password is wrong.',
    reference:
      'https://learn.microsoft.com/exchange/clients-and-mobile-in-exchange-online/authenticated-client-smtp-submission',
    priority: 72,
    transient: false,
    example: { reply: '535 5.7.139 Authentication unsuccessful' },
  },
  {
    // Dates: Microsoft’s announcement of 27 January 2026.
    id: 'M365_5730',
    stage: 'auth',
    match: { enhanced: ['5.7.30'], text: /basic authentication/i },
    provider: 'microsoft365',
    cause: 'Microsoft 365 takes no passwords for sending here any more ("basic authentication").',
    remedy:
      'Use OAuth 2.0, High Volume Email, Azure Communication Services or a relay of your own. Microsoft’s dates: unchanged until the end of December 2026, then off by default (an administrator can turn it on again); the final end is to be announced in the second half of 2027.',
    reference:
      'https://techcommunity.microsoft.com/blog/exchange/updated-exchange-online-smtp-auth-basic-authentication-deprecation-timeline/4489835',
    priority: 97,
    transient: false,
    fix: microsoftOauth,
    example: { reply: '550 5.7.30 Basic authentication is not supported for Client Submission.' },
  },
  {
    id: 'M365_535_573',
    stage: 'auth',
    match: { reply: ['535'], enhanced: ['5.7.3'], host: /office365|outlook/i },
    provider: 'microsoft365',
    cause:
      'Microsoft 365 refused the sign-in: wrong password, SMTP AUTH turned off for the mailbox, or an app without rights on it.',
    remedy:
      'Check the password and turn on Authenticated SMTP for the mailbox. For an app, grant SMTP.SendAsApp and register its service principal with the object ID of the Enterprise application.',
    reference:
      'https://learn.microsoft.com/exchange/mail-flow-best-practices/fix-issues-with-printers-scanners-and-lob-applications-that-send-email-using-off',
    priority: 90,
    transient: false,
    example: {
      reply: '535 5.7.3 Authentication unsuccessful [AM0PR01CA0001.eurprd01.prod.exchangelabs.com]',
      host: 'smtp.office365.com',
    },
  },
  {
    id: 'M365_5757',
    stage: 'mail',
    match: { enhanced: ['5.7.57'] },
    provider: 'microsoft365',
    cause: 'The mail went to smtp.office365.com without sign-in.',
    remedy:
      'Turn on sign-in with a mailbox, best with OAuth 2.0. To send without it, use Direct Send or a relay connector at your domain’s *.mail.protection.outlook.com host, port 25.',
    reference:
      'https://learn.microsoft.com/exchange/mail-flow-best-practices/fix-issues-with-printers-scanners-and-lob-applications-that-send-email-using-off',
    priority: 95,
    transient: false,
    example: {
      reply: '530 5.7.57 Client not authenticated to send mail. [AM0PR01CA0001.eurprd01.prod.exchangelabs.com]',
    },
  },
  {
    id: 'M365_PORT465',
    stage: 'tcp',
    match: { host: /(?:office365|outlook)\.com$/i, when: { port: 465, failedStage: 'tcp' } },
    provider: 'microsoft365',
    cause: 'Microsoft 365 does not offer port 465.',
    remedy: 'Use smtp.office365.com, port 587, with STARTTLS.',
    reference: 'https://github.com/dawidd6/action-send-mail/issues/124',
    priority: 90,
    transient: false,
    fix: toSubmissionPort,
    example: { facts: { port: 465, failedStage: 'tcp', provider: 'microsoft365' }, host: 'smtp.office365.com' },
  },
  {
    id: 'M365_OAUTH_AADSTS',
    stage: 'oauth',
    match: { message: /AADSTS\d{3}/i },
    provider: 'microsoft365',
    cause: 'Microsoft’s sign-in service gave no token.',
    remedy: 'Look up the AADSTS number at login.microsoftonline.com/error; its text there says what to change.',
    reference: 'https://learn.microsoft.com/entra/identity-platform/reference-error-codes',
    priority: 92,
    transient: false,
    example: { message: 'invalid_grant: AADSTS50034: The user account does not exist in the directory.' },
  },
  {
    id: 'M365_OAUTH_SENDASAPP',
    stage: 'oauth',
    match: {
      reply: ['535'],
      enhanced: ['5.7.3'],
      host: /office365|outlook/i,
      when: { authMech: ['XOAUTH2', 'OAUTHBEARER'] },
    },
    provider: 'microsoft365',
    cause: 'The app got a token, but Exchange Online does not let it use this mailbox.',
    remedy:
      'Grant SMTP.SendAsApp with admin consent, run New-ServicePrincipal with the object ID of the Enterprise application, then Add-MailboxPermission. It takes 15 to 30 minutes to work.',
    reference:
      'https://learn.microsoft.com/exchange/client-developer/legacy-protocols/how-to-authenticate-an-imap-pop-smtp-application-by-using-oauth',
    priority: 93,
    transient: false,
    example: {
      reply: '535 5.7.3 Authentication unsuccessful',
      facts: { authMech: 'XOAUTH2' },
      host: 'smtp.office365.com',
    },
  },
];
