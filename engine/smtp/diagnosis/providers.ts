import { isLoopback } from '../../../shared/host.ts';

interface Marks {
  /** Host names of the provider; absent for products that anyone can run. */
  readonly host?: RegExp;
  /** What its greeting holds. */
  readonly banner?: RegExp;
}

/** How each provider and server product is recognised. A host name ends the question; a greeting may be rewritten. */
export const PROVIDERS = {
  microsoft365: {
    host: /(?:^|\.)(?:office365\.com|outlook\.com|office\.com|hotmail\.com|live\.com)$/i,
    banner: /\.outlook\.com\b|\boffice365\.com\b/i,
  },
  google: { host: /(?:^|\.)(?:gmail|google|googlemail)\.com$/i, banner: /\bgsmtp\b/i },
  ses: { host: /(?:^|\.)amazonaws\.com$|(?:^|\.)amazonses\.com$/i, banner: /\bSimpleEmailService\b/i },
  sendgrid: { host: /(?:^|\.)sendgrid\.net$/i, banner: /\bSendGrid\b/i },
  mailgun: { host: /(?:^|\.)mailgun\.org$/i, banner: /\bMailgun\b/i },
  postmark: { host: /(?:^|\.)postmarkapp\.com$/i, banner: /\bPostmark\b/i },
  brevo: { host: /(?:^|\.)(?:brevo|sendinblue)\.com$/i, banner: /\b(?:Brevo|Sendinblue)\b/i },
  zoho: { host: /(?:^|\.)(?:zoho|zohomail)\.(?:com|eu|in|com\.au|jp|com\.cn|sa)$/i, banner: /\bZoho\b/i },
  yahoo: { host: /(?:^|\.)(?:yahoo\.(?:com|co\.jp)|aol\.com|att\.net)$/i, banner: /\.yahoo\.com\b/i },
  icloud: { host: /(?:^|\.)(?:mail\.me\.com|icloud\.com)$/i, banner: /\bicloud\b|\.me\.com\b/i },
  yandex: { host: /(?:^|\.)yandex\.(?:ru|com|net)$/i, banner: /\bYandex\b/i },
  smtp2go: { host: /(?:^|\.)smtp2go\.com$/i, banner: /\bsmtp2go\b/i },
  proton: { host: /(?:^|\.)protonmail\.ch$|(?:^|\.)proton\.me$/i, banner: /\bProtonMail Bridge\b/i },
  exchange: { banner: /\bMicrosoft ESMTP MAIL Service\b/i },
  exim: { banner: /\bExim\b/i },
  'exim-cpanel': { banner: /\bExim\b/i },
  sendmail: { banner: /\bSendmail\b/i },
  courier: { banner: /\bCourier\b/i },
  opensmtpd: { banner: /\bOpenSMTPD\b/i },
} as const satisfies Record<string, Marks>;

/** Names of the tester's `serverKind` that differ from ours. */
const KINDS: Readonly<Record<string, string>> = { gmail: 'google', 'proton-bridge': 'proton' };

/** Name of a provider or server product that has rules of its own. */
export type Provider = keyof typeof PROVIDERS;

/** What is known of who runs a server. `foreign`: the host is another provider's, or nobody's that we know. */
export type Belonging = 'own' | 'unknown' | 'foreign';

/**
 * Says whether a server belongs to a provider. Microsoft 365 runs Exchange, so Exchange's rules are at home there.
 * Loopback belongs to nobody: a tunnel or the practice server may stand for any provider.
 * @param host Host name, or '' when it is not known.
 * @param banner Greeting, or ''.
 * @param serverKind Product as the tester recognised it, or ''.
 */
export function belonging(provider: Provider, host: string, banner: string, serverKind: string): Belonging {
  const marks: Marks = PROVIDERS[provider];
  const kind = KINDS[serverKind] ?? serverKind;
  if (marks.host?.test(host) || marks.banner?.test(banner) || kind === provider) return 'own';
  if (provider === 'exchange' && (PROVIDERS.microsoft365.host.test(host) || kind === 'microsoft365')) return 'own';
  if (host === '' || isLoopback(host)) return 'unknown';
  if (marks.host) return 'foreign';
  return isProviderHost(host) ? 'foreign' : 'unknown';
}

/** True for a host name that one of the providers owns. */
export function isProviderHost(host: string): boolean {
  return Object.values<Marks>(PROVIDERS).some((marks) => marks.host?.test(host));
}
