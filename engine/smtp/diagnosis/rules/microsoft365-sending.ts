import { sendAsUser } from '../fixes.ts';
import type { Rule } from '../rule.ts';

/** Microsoft 365: sender, recipient and message. */
export const microsoft365SendingRules: readonly Rule[] = [
  {
    id: 'M365_5760',
    stage: 'data',
    match: { enhanced: ['5.7.60'] },
    provider: 'microsoft365',
    cause: 'The signed-in account may not send as this sender.',
    remedy: 'Send as the signed-in mailbox, or have "Send As" granted on the other one.',
    reference:
      'https://learn.microsoft.com/exchange/mail-flow-best-practices/fix-issues-with-printers-scanners-and-lob-applications-that-send-email-using-off',
    priority: 95,
    transient: false,
    fix: sendAsUser,
    example: { reply: '550 5.7.60 SMTP; Client does not have permissions to send as this sender' },
  },
  {
    id: 'M365_SENDAS',
    stage: 'data',
    match: { text: /SendAsDenied/i },
    provider: 'microsoft365',
    cause: 'The signed-in account may not send as this sender (SendAsDenied).',
    remedy: 'Send as the signed-in mailbox, in From too, or have an administrator grant "Send As" on the other one.',
    reference: 'https://github.com/gophish/gophish/issues/2900',
    priority: 96,
    transient: false,
    fix: sendAsUser,
    example: {
      reply:
        '554 5.2.252 SendAsDenied; a@contoso.com not allowed to send as b@contoso.com; STOREDRV.Submission.Exception:SendAsDeniedException.MapiExceptionSendAsDenied',
    },
  },
  {
    id: 'M365_5764',
    stage: 'rcpt',
    match: { enhanced: ['5.7.64'] },
    provider: 'microsoft365',
    cause:
      'Microsoft 365 does not know this server as yours: the relay connector’s IP address or certificate does not fit any more.',
    remedy: 'Update the inbound connector with the current public IP address or certificate name.',
    reference: 'https://learn.microsoft.com/exchange/troubleshoot/email-delivery/ndr/relay-access-denied-smtp',
    priority: 95,
    transient: false,
    example: { reply: '550 5.7.64 TenantAttribution; Relay Access Denied SMTP' },
  },
  {
    id: 'M365_4462',
    stage: 'rcpt',
    match: { enhanced: ['4.4.62'] },
    provider: 'microsoft365',
    cause: 'The mail went to the wrong Microsoft 365 region for this organisation, or the connector does not fit.',
    remedy: 'Use your own domain’s MX name, and update the connector’s IP address or certificate.',
    reference:
      'https://learn.microsoft.com/exchange/mail-flow-best-practices/fix-issues-with-printers-scanners-and-lob-applications-that-send-email-using-off',
    priority: 94,
    transient: true,
    example: { reply: '451 4.4.62 Mail sent to the wrong Office 365 region. ATTR35' },
  },
  {
    id: 'M365_DIRECTSEND_REJECT',
    stage: 'rcpt',
    match: { enhanced: ['5.7.68'] },
    provider: 'microsoft365',
    cause: 'The organisation has turned on "Reject Direct Send": mail from its own domain without sign-in is refused.',
    remedy:
      'Send with OAuth 2.0 or through an authorised connector. Otherwise an administrator must allow this source.',
    reference: 'https://support.zendesk.com/hc/en-us/articles/9646355655450',
    priority: 96,
    transient: false,
    example: {
      reply:
        '550 5.7.68 TenantInboundAttribution; Direct Send not allowed for this organization from unauthorized sources',
    },
  },
  {
    id: 'M365_541',
    stage: 'rcpt',
    match: { enhanced: ['5.4.1'], text: /recipient address rejected: access denied/i },
    provider: 'microsoft365',
    cause: 'Microsoft 365 does not take this recipient here. Direct Send cannot reach people outside the organisation.',
    remedy: 'For outside recipients, sign in or use a relay connector. For inside ones, check that the address exists.',
    reference:
      'https://learn.microsoft.com/exchange/mail-flow-best-practices/non-delivery-reports-in-exchange-online/non-delivery-reports-in-exchange-online',
    priority: 88,
    transient: false,
    example: { reply: '550 5.4.1 Recipient address rejected: Access denied. AS(201806281)' },
  },
  {
    id: 'M365_518',
    stage: 'mail',
    match: { enhanced: ['5.1.8'], text: /bad outbound sender/i },
    provider: 'microsoft365',
    cause: 'The account is blocked from sending, because spam was sent with it.',
    remedy:
      'An administrator must check the account, reset its password and release it under "Restricted entities" in Microsoft Defender.',
    reference:
      'https://learn.microsoft.com/exchange/mail-flow-best-practices/fix-issues-with-printers-scanners-and-lob-applications-that-send-email-using-off',
    priority: 92,
    transient: false,
    example: { reply: '550 5.1.8 Access denied, bad outbound sender AS(42004)' },
  },
  {
    id: 'M365_CONCURRENT',
    stage: 'data',
    match: { text: /concurrent connections limit/i },
    provider: 'microsoft365',
    cause: 'More than three connections of this mailbox send at once.',
    remedy: 'Send one after the other, or wait and try again.',
    reference: 'https://github.com/sabuhish/fastapi-mail/issues/75',
    priority: 95,
    transient: true,
    example: {
      reply:
        '432 4.3.2 Concurrent connections limit exceeded. Visit https://aka.ms/concurrent_sending for more information.',
    },
  },
  {
    id: 'M365_QUOTA',
    stage: 'data',
    match: { text: /SubmissionQuotaExceeded|submission quota/i },
    provider: 'microsoft365',
    cause: 'The mailbox has reached its daily limit of 10,000 recipients.',
    remedy: 'Wait until tomorrow, or use High Volume Email or another bulk service.',
    reference: 'https://github.com/MicrosoftDocs/OfficeDocs-Support/issues/1150',
    priority: 95,
    transient: false,
    example: { reply: '554 5.2.0 STOREDRV.Submission.Exception:SubmissionQuotaExceededException' },
  },
  {
    id: 'M365_IP_BLOCKED',
    stage: 'mail',
    match: { enhanced: [/^(?:5\.7\.6(?:0[6-9]|[1-4]\d))$/, '5.7.511'] },
    provider: 'microsoft365',
    cause: 'Microsoft blocks this IP address.',
    remedy: 'Ask for its release at https://sender.office.com, or sign in at smtp.office365.com.',
    reference:
      'https://learn.microsoft.com/exchange/mail-flow-best-practices/non-delivery-reports-in-exchange-online/non-delivery-reports-in-exchange-online',
    priority: 92,
    transient: false,
    example: {
      reply:
        '550 5.7.606 Access denied, banned sending IP [192.0.2.1]. To request removal from this list please visit https://sender.office.com/',
    },
  },
  {
    id: 'M365_TENANT_BLOCKED',
    stage: 'mail',
    match: { enhanced: [/^(?:5\.7\.7(?:[0-4]\d|50))$/] },
    provider: 'microsoft365',
    cause:
      'The organisation’s sending is restricted: suspicious traffic, a new or trial tenant, or an unregistered domain.',
    remedy: 'An administrator must secure the tenant, add all sending domains and contact Microsoft’s support.',
    reference:
      'https://learn.microsoft.com/exchange/mail-flow-best-practices/non-delivery-reports-in-exchange-online/non-delivery-reports-in-exchange-online',
    priority: 92,
    transient: false,
    example: { reply: '550 5.7.705 Access denied, tenant has exceeded threshold' },
  },
  {
    id: 'M365_THROTTLE_IP',
    stage: 'mail',
    match: { enhanced: [/^(?:4\.7\.(?:5\d\d|6\d\d|8[5-9]\d))$/] },
    provider: 'microsoft365',
    cause: 'Microsoft slows this IP address down while it checks it.',
    remedy: 'Try again later. It mostly clears within hours.',
    reference:
      'https://learn.microsoft.com/exchange/mail-flow-best-practices/non-delivery-reports-in-exchange-online/non-delivery-reports-in-exchange-online',
    priority: 85,
    transient: true,
    example: { reply: '451 4.7.500 Server busy. Please try again later from [192.0.2.1]. (AS77713)' },
  },
  {
    id: 'M365_DMARC',
    stage: 'data',
    match: { enhanced: ['5.7.509'] },
    provider: 'microsoft365',
    cause: 'The sender domain’s DMARC policy makes Microsoft refuse this message.',
    remedy: 'Send through the domain’s own servers, or add this one to SPF and sign with DKIM.',
    reference:
      'https://learn.microsoft.com/exchange/mail-flow-best-practices/non-delivery-reports-in-exchange-online/non-delivery-reports-in-exchange-online',
    priority: 92,
    transient: false,
    example: { reply: '550 5.7.509 Access denied, sending domain example.com does not pass DMARC verification' },
  },
  {
    id: 'M365_BARE_LF',
    stage: 'data',
    match: { enhanced: ['5.6.11'], text: /linefeed|line feed|invalid char/i },
    provider: 'microsoft365',
    cause: 'The message holds line ends that are not allowed (a line feed alone).',
    remedy: 'The sending program must end lines with CR LF. Report it to its maker.',
    reference:
      'https://learn.microsoft.com/exchange/mail-flow-best-practices/non-delivery-reports-in-exchange-online/non-delivery-reports-in-exchange-online',
    priority: 90,
    transient: false,
    example: { reply: '550 5.6.11 SMTPSEND.BareLinefeedsAreIllegal; message contains bare linefeeds' },
  },
];
