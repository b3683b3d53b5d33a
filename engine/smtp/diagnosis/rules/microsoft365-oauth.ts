import { providerScope } from '../fixes.ts';
import type { Rule } from '../rule.ts';

const REFERENCE = 'https://learn.microsoft.com/entra/identity-platform/reference-error-codes';

/** Refusals of Microsoft Entra, by the AADSTS number that its answer names. */
export const microsoft365OauthRules: readonly Rule[] = [
  {
    id: 'M365_OAUTH_TENANT',
    stage: 'oauth',
    match: { message: /AADSTS(?:90002|900021|900023)\b/i },
    provider: 'microsoft365',
    cause: 'Microsoft knows no tenant of the name or id that the profile has.',
    remedy: 'Copy the Directory (tenant) ID from the app’s overview in the Entra admin centre.',
    reference: REFERENCE,
    priority: 96,
    transient: false,
    example: {
      message:
        "invalid_request: AADSTS90002: Tenant 'acme.example' not found. Check to make sure you have the correct tenant ID.",
    },
  },
  {
    id: 'M365_OAUTH_TENANT_NEEDED',
    stage: 'oauth',
    match: { message: /AADSTS(?:50194|50059|90019)\b/i },
    provider: 'microsoft365',
    cause: 'This app belongs to one tenant, and the request did not say which.',
    remedy: 'Enter the Directory (tenant) ID; “common” is only for apps that serve several tenants.',
    reference: REFERENCE,
    priority: 96,
    transient: false,
    example: { message: 'invalid_request: AADSTS50194: Application is not configured as a multi-tenant application.' },
  },
  {
    id: 'M365_OAUTH_APP',
    stage: 'oauth',
    match: { message: /AADSTS(?:700016|70001|7000112)\b/i },
    provider: 'microsoft365',
    cause: 'The tenant has no active app with this client ID.',
    remedy:
      'Copy the Application (client) ID, not the object ID, and check that it belongs to this tenant and is enabled.',
    reference: REFERENCE,
    priority: 96,
    transient: false,
    example: {
      message: 'unauthorized_client: AADSTS700016: Application with identifier was not found in the directory.',
    },
  },
  {
    id: 'M365_OAUTH_SECRET',
    stage: 'oauth',
    match: { message: /AADSTS(?:7000215|7000216|7000218|70002)\b/i },
    provider: 'microsoft365',
    cause: 'The client secret is missing or wrong. Often its ID was copied in place of its value.',
    remedy: 'Make a new client secret in Certificates & secrets, and copy the Value at once: it is shown only then.',
    reference: REFERENCE,
    priority: 96,
    transient: false,
    example: { message: 'invalid_client: AADSTS7000215: Invalid client secret provided.' },
  },
  {
    id: 'M365_OAUTH_SECRET_EXPIRED',
    stage: 'oauth',
    match: { message: /AADSTS7000222\b/i },
    provider: 'microsoft365',
    cause: 'The client secret of the app has expired.',
    remedy: 'Make a new one in Certificates & secrets, store it in the profile, and note when it ends.',
    reference: REFERENCE,
    priority: 96,
    transient: false,
    example: { message: 'invalid_client: AADSTS7000222: The provided client secret keys are expired.' },
  },
  {
    id: 'M365_OAUTH_CONSENT',
    stage: 'oauth',
    match: { message: /AADSTS(?:65001|65004|90094)\b/i },
    provider: 'microsoft365',
    cause: 'Nobody has yet allowed this app to send mail (consent is missing).',
    remedy:
      'An administrator opens the app’s API permissions, adds SMTP.SendAsApp (app) or SMTP.Send (user) of Office 365 Exchange Online, and grants admin consent.',
    reference: REFERENCE,
    priority: 96,
    transient: false,
    example: {
      message: 'invalid_grant: AADSTS65001: The user or administrator has not consented to use the application.',
    },
  },
  {
    id: 'M365_OAUTH_SIGN_IN_AGAIN',
    stage: 'oauth',
    match: { message: /AADSTS(?:70008|70043|700082|700084|50173|50078|50089|70000|54005)\b/i },
    provider: 'microsoft365',
    cause:
      'The refresh token works no more: it lay unused too long, or the password changed or the consent was withdrawn.',
    remedy: 'Sign in to the app once more and store the new refresh token.',
    reference: REFERENCE,
    priority: 96,
    transient: false,
    example: { message: 'invalid_grant: AADSTS700082: The refresh token has expired due to inactivity.' },
  },
  {
    id: 'M365_OAUTH_POLICY',
    stage: 'oauth',
    match: { message: /AADSTS(?:53000|53001|53003|530003|50076|50079|50105|50158)\b/i },
    provider: 'microsoft365',
    cause:
      'A rule of the tenant stands in the way: multi-factor sign-in, conditional access, or the app is not assigned.',
    remedy:
      'Use client credentials with SMTP.SendAsApp, to which these rules for users do not apply, or have an exception made for the app.',
    reference: REFERENCE,
    priority: 96,
    transient: false,
    example: {
      message:
        'interaction_required: AADSTS50076: Due to a configuration change, you must use multi-factor authentication.',
    },
  },
  {
    id: 'M365_OAUTH_SCOPE',
    stage: 'oauth',
    match: { message: /AADSTS(?:70011|1002012|28000|28002|500011|90009|650053)\b/i },
    provider: 'microsoft365',
    cause: 'The scope is not one that this way of asking can have.',
    remedy:
      'For client credentials use https://outlook.office365.com/.default; for a refresh token https://outlook.office.com/SMTP.Send offline_access.',
    reference: REFERENCE,
    priority: 96,
    transient: false,
    fix: providerScope,
    example: {
      message:
        'invalid_scope: AADSTS1002012: The provided value for scope is not valid. Client credential flows must have /.default.',
    },
  },
  {
    id: 'M365_TOKEN_NO_SENDASAPP',
    stage: 'oauth',
    match: { when: { tokenLacks: 'SMTP.SendAsApp', tokenForOther: [null, false] } },
    cause:
      'The app’s token does not hold the permission SMTP.SendAsApp, without which Exchange Online takes no mail from it.',
    remedy:
      'In the app’s API permissions add SMTP.SendAsApp (application) of Office 365 Exchange Online and grant admin consent. Then run New-ServicePrincipal and Add-MailboxPermission in Exchange.',
    reference:
      'https://learn.microsoft.com/exchange/client-developer/legacy-protocols/how-to-authenticate-an-imap-pop-smtp-application-by-using-oauth',
    priority: 97,
    transient: false,
    kind: 'both',
    example: { facts: { tokenLacks: 'SMTP.SendAsApp' } },
  },
  {
    id: 'M365_TOKEN_NO_SMTP_SEND',
    stage: 'oauth',
    match: { when: { tokenLacks: 'SMTP.Send', tokenForOther: [null, false] } },
    cause: 'The token does not hold the permission SMTP.Send.',
    remedy: 'Ask for the scope https://outlook.office.com/SMTP.Send and sign in to the app once more.',
    reference:
      'https://learn.microsoft.com/exchange/client-developer/legacy-protocols/how-to-authenticate-an-imap-pop-smtp-application-by-using-oauth',
    priority: 97,
    transient: false,
    kind: 'both',
    fix: providerScope,
    example: { facts: { tokenLacks: 'SMTP.Send' } },
  },
  {
    id: 'M365_TOKEN_OTHER_SERVICE',
    stage: 'oauth',
    match: { when: { tokenForOther: true } },
    cause: 'The token is for another Microsoft service, such as Graph. Exchange Online does not take it.',
    remedy:
      'Set the scope to that of Exchange Online: https://outlook.office365.com/.default, or https://outlook.office.com/SMTP.Send.',
    reference:
      'https://learn.microsoft.com/exchange/client-developer/legacy-protocols/how-to-authenticate-an-imap-pop-smtp-application-by-using-oauth',
    priority: 98,
    transient: false,
    kind: 'both',
    fix: providerScope,
    example: { facts: { tokenForOther: true, tokenLacks: 'SMTP.SendAsApp' } },
  },
];
