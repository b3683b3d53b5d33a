import { applyFix, type Fix } from './fix.ts';
import type { ProfileSettings } from './profile.ts';

/** A mail provider's settings, and what its users must know. */
export interface Preset {
  id: string;
  name: string;
  /** One line for the picker. */
  summary: string;
  /** Mail domains whose users have this provider. */
  domains: readonly string[];
  /** Host names by which a profile of this provider is recognised; `*.` matches any label before. */
  hosts: readonly string[];
  set: Fix['set'];
  /** What goes into the user name field. */
  usernameHint: string;
  /** What goes into the password field. */
  passwordHint: string;
  /** The provider accepts only its own or verified sender addresses. */
  bindsSender: boolean;
  /** Where the settings are published. */
  source: string;
}

const submission = (host: string): Fix['set'] => [
  { field: 'server.host', value: host },
  { field: 'server.port', value: 587 },
  { field: 'server.security', value: 'starttls' },
  { field: 'signIn.method', value: 'password' },
];

const submissions = (host: string): Fix['set'] => [
  { field: 'server.host', value: host },
  { field: 'server.port', value: 465 },
  { field: 'server.security', value: 'tls' },
  { field: 'signIn.method', value: 'password' },
];

/**
 * The providers that on-prem servers send through most. Ports and modes are the safest that each publishes
 * (RFC 8314 3.3: TLS from the first byte, or STARTTLS required).
 */
export const PRESETS: readonly Preset[] = [
  {
    id: 'microsoft365',
    name: 'Microsoft 365',
    summary: 'smtp.office365.com, STARTTLS on 587, OAuth 2.0',
    domains: ['outlook.com', 'hotmail.com', 'live.com', 'msn.com'],
    hosts: ['smtp.office365.com', 'smtp-mail.outlook.com', 'outlook.office365.com'],
    set: [
      { field: 'server.host', value: 'smtp.office365.com' },
      { field: 'server.port', value: 587 },
      { field: 'server.security', value: 'starttls' },
      { field: 'signIn.method', value: 'oauth2' },
      { field: 'signIn.oauth.provider', value: 'microsoft' },
      { field: 'signIn.oauth.grant', value: 'client-credentials' },
      { field: 'signIn.oauth.scope', value: 'https://outlook.office365.com/.default' },
    ],
    usernameHint: 'The full address of the sending mailbox',
    passwordHint: 'Microsoft is switching password sign-in off; use OAuth 2.0 where the product can',
    bindsSender: true,
    source:
      'https://learn.microsoft.com/exchange/mail-flow-best-practices/how-to-set-up-a-multifunction-device-or-application-to-send-email-using-microsoft-365-or-office-365',
  },
  {
    id: 'microsoft365-relay',
    name: 'Microsoft 365 (connector)',
    summary: 'Your tenant’s MX host on port 25, no sign-in, allowed by IP address or certificate',
    domains: [],
    hosts: ['*.mail.protection.outlook.com'],
    set: [
      { field: 'server.port', value: 25 },
      { field: 'server.security', value: 'starttls' },
      { field: 'signIn.method', value: 'none' },
    ],
    usernameHint: 'None: the connector knows this server by its address',
    passwordHint: 'None',
    bindsSender: false,
    source:
      'https://learn.microsoft.com/exchange/mail-flow-best-practices/use-connectors-to-configure-mail-flow/set-up-connectors-to-route-mail',
  },
  {
    id: 'google',
    name: 'Google Workspace and Gmail',
    summary: 'smtp.gmail.com, TLS on 465, app password',
    domains: ['gmail.com', 'googlemail.com'],
    hosts: ['smtp.gmail.com', 'smtp.googlemail.com'],
    set: submissions('smtp.gmail.com'),
    usernameHint: 'The full Google address',
    passwordHint: 'An app password of 16 letters, not the account’s password',
    bindsSender: true,
    source: 'https://support.google.com/a/answer/176600',
  },
  {
    id: 'google-relay',
    name: 'Google Workspace relay',
    summary: 'smtp-relay.gmail.com, STARTTLS on 587, allowed by IP address',
    domains: [],
    hosts: ['smtp-relay.gmail.com'],
    set: [
      { field: 'server.host', value: 'smtp-relay.gmail.com' },
      { field: 'server.port', value: 587 },
      { field: 'server.security', value: 'starttls' },
      { field: 'signIn.method', value: 'none' },
    ],
    usernameHint: 'None, when the relay setting names this server’s IP address',
    passwordHint: 'None',
    bindsSender: false,
    source: 'https://support.google.com/a/answer/2956491',
  },
  {
    id: 'exchange',
    name: 'Exchange Server (on-prem)',
    summary: 'Your Exchange host, STARTTLS on 587, domain account',
    domains: [],
    hosts: [],
    set: [
      { field: 'server.port', value: 587 },
      { field: 'server.security', value: 'starttls' },
      { field: 'signIn.method', value: 'password' },
      { field: 'signIn.mechanism', value: 'LOGIN' },
    ],
    usernameHint: 'DOMAIN\\user or user@domain',
    passwordHint: 'The domain account’s password',
    bindsSender: true,
    source: 'https://learn.microsoft.com/exchange/mail-flow/connectors/receive-connectors',
  },
  {
    id: 'ses',
    name: 'Amazon SES',
    summary: 'email-smtp.REGION.amazonaws.com, TLS on 465, SMTP credentials',
    domains: [],
    hosts: ['email-smtp.*.amazonaws.com', 'email-smtp-fips.*.amazonaws.com'],
    set: submissions('email-smtp.us-east-1.amazonaws.com'),
    usernameHint: 'The SMTP user name of SES (20 capital letters and digits), not an IAM name',
    passwordHint: 'The SMTP password of SES, not the secret access key',
    bindsSender: true,
    source: 'https://docs.aws.amazon.com/ses/latest/dg/smtp-connect.html',
  },
  {
    id: 'sendgrid',
    name: 'SendGrid',
    summary: 'smtp.sendgrid.net, STARTTLS on 587, API key',
    domains: [],
    hosts: ['smtp.sendgrid.net'],
    set: [...submission('smtp.sendgrid.net'), { field: 'signIn.username', value: 'apikey' }],
    usernameHint: 'The word apikey',
    passwordHint: 'An API key that begins with SG.',
    bindsSender: true,
    source: 'https://www.twilio.com/docs/sendgrid/for-developers/sending-email/integrating-with-the-smtp-api',
  },
  {
    id: 'mailgun',
    name: 'Mailgun',
    summary: 'smtp.mailgun.org, STARTTLS on 587',
    domains: [],
    hosts: ['smtp.mailgun.org', 'smtp.eu.mailgun.org'],
    set: submission('smtp.mailgun.org'),
    usernameHint: 'The SMTP user of the domain, such as postmaster@mg.example.com',
    passwordHint: 'The SMTP password of that user',
    bindsSender: true,
    source: 'https://documentation.mailgun.com/docs/mailgun/user-manual/sending-messages/send-smtp',
  },
  {
    id: 'postmark',
    name: 'Postmark',
    summary: 'smtp.postmarkapp.com, STARTTLS on 587, server token',
    domains: [],
    hosts: ['smtp.postmarkapp.com', 'smtp-broadcasts.postmarkapp.com'],
    set: submission('smtp.postmarkapp.com'),
    usernameHint: 'The server API token',
    passwordHint: 'The same server API token',
    bindsSender: true,
    source: 'https://postmarkapp.com/developer/user-guide/send-email-with-smtp',
  },
  {
    id: 'brevo',
    name: 'Brevo',
    summary: 'smtp-relay.brevo.com, STARTTLS on 587, SMTP key',
    domains: [],
    hosts: ['smtp-relay.brevo.com', 'smtp-relay.sendinblue.com'],
    set: submission('smtp-relay.brevo.com'),
    usernameHint: 'The SMTP login shown on Brevo’s SMTP page',
    passwordHint: 'An SMTP key, not the account’s password',
    bindsSender: true,
    source: 'https://help.brevo.com/hc/en-us/articles/7924908994450',
  },
  {
    id: 'zoho',
    name: 'Zoho Mail',
    summary: 'smtp.zoho.com, TLS on 465',
    domains: ['zoho.com', 'zohomail.com'],
    hosts: ['smtp.zoho.com', 'smtp.zoho.eu', 'smtp.zoho.in', 'smtppro.zoho.com', 'smtppro.zoho.eu', 'smtppro.zoho.in'],
    set: submissions('smtp.zoho.com'),
    usernameHint: 'The full Zoho address',
    passwordHint: 'The password, or an application password with two-factor sign-in',
    bindsSender: true,
    source: 'https://www.zoho.com/mail/help/zoho-smtp.html',
  },
  {
    id: 'yahoo',
    name: 'Yahoo Mail',
    summary: 'smtp.mail.yahoo.com, TLS on 465, app password',
    domains: ['yahoo.com', 'ymail.com', 'rocketmail.com', 'yahoo.co.uk', 'yahoo.de', 'yahoo.fr'],
    hosts: ['smtp.mail.yahoo.com'],
    set: submissions('smtp.mail.yahoo.com'),
    usernameHint: 'The full Yahoo address',
    passwordHint: 'An app password, not the account’s password',
    bindsSender: true,
    source: 'https://help.yahoo.com/kb/SLN4724.html',
  },
  {
    id: 'icloud',
    name: 'iCloud Mail',
    summary: 'smtp.mail.me.com, STARTTLS on 587, app-specific password',
    domains: ['icloud.com', 'me.com', 'mac.com'],
    hosts: ['smtp.mail.me.com'],
    set: submission('smtp.mail.me.com'),
    usernameHint: 'The full iCloud address',
    passwordHint: 'An app-specific password, not the Apple account’s password',
    bindsSender: true,
    source: 'https://support.apple.com/102525',
  },
  {
    id: 'postfix',
    name: 'Postfix relay in your network',
    summary: 'Your relay on port 25, STARTTLS if offered, no sign-in',
    domains: [],
    hosts: [],
    set: [
      { field: 'server.port', value: 25 },
      { field: 'server.security', value: 'starttls-if-offered' },
      { field: 'signIn.method', value: 'none' },
    ],
    usernameHint: 'None, when mynetworks of the relay names this server',
    passwordHint: 'None',
    bindsSender: false,
    source: 'https://www.postfix.org/SOHO_README.html',
  },
  {
    id: 'practice',
    name: 'Practice server',
    summary: 'Relaysmith’s own server on this machine',
    domains: [],
    hosts: [],
    set: [],
    usernameHint: 'Filled in by the practice server',
    passwordHint: 'Set by itself when the practice server makes the profile',
    bindsSender: false,
    source: 'https://www.rfc-editor.org/rfc/rfc5321',
  },
  {
    id: 'custom',
    name: 'Custom',
    summary: 'Any other mail server',
    domains: [],
    hosts: [],
    set: [],
    usernameHint: 'Mostly the full mail address',
    passwordHint: 'The password of that user',
    bindsSender: false,
    source: 'https://www.rfc-editor.org/rfc/rfc8314',
  },
];

/** Finds a preset by its id. */
export function presetById(id: string): Preset | null {
  return PRESETS.find((preset) => preset.id === id) ?? null;
}

/** Finds the provider that a host name belongs to; null for a host of one's own. */
export function presetForHost(host: string): Preset | null {
  const name = host.toLowerCase().replace(/\.$/, '');
  return PRESETS.find((preset) => preset.hosts.some((pattern) => matches(pattern, name))) ?? null;
}

/** Finds the provider whose users have addresses in a domain; null for a domain of one's own. */
export function presetForDomain(domain: string): Preset | null {
  return PRESETS.find(({ domains }) => domains.includes(domain.toLowerCase())) ?? null;
}

/** Settings with a preset's values filled in; everything else stays. */
export function applyPreset(settings: ProfileSettings, presetId: string): ProfileSettings {
  const preset = presetById(presetId);
  if (!preset) return settings;
  const set = [{ field: 'provider', value: preset.id }, ...preset.set];
  return applyFix(settings, { label: preset.name, set });
}

function matches(pattern: string, name: string): boolean {
  const [before, after] = pattern.split('*', 2);
  if (after === undefined) return pattern === name;
  return name.length > pattern.length && name.startsWith(before ?? '') && name.endsWith(after);
}
