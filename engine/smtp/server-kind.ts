/** Products by what they say in banner and EHLO; first match wins, so the specific ones stand first. */
const KINDS: readonly (readonly [kind: string, pattern: RegExp])[] = [
  ['microsoft365', /\.(outbound\.protection|prod|mail\.protection)\.outlook\.com|smtp\.office365\.com/i],
  ['exchange', /Microsoft ESMTP MAIL Service|X-EXPS|X-ANONYMOUSTLS|X-EXCH50|XEXCH50/i],
  ['gmail', /\bgsmtp\b|smtp-relay\.gmail\.com|mx\.google\.com/i],
  ['ses', /amazonaws\.com|SimpleEmailService/i],
  ['sendgrid', /sendgrid/i],
  ['mailgun', /mailgun/i],
  ['yahoo', /yahoo\.com|smtp\.mail\.yahoo/i],
  ['icloud', /iCloud|\.mail\.me\.com|\.icloud\.com/i],
  ['zoho', /zoho/i],
  ['exim', /\bExim\b/i],
  ['opensmtpd', /OpenSMTPD/i],
  ['sendmail', /Sendmail/i],
  ['courier', /Courier/i],
  ['dovecot', /Dovecot/i],
  ['haraka', /Haraka/i],
  ['mailpit', /Mailpit/i],
  ['mailhog', /MailHog/i],
  ['smtp4dev', /smtp4dev/i],
  ['james', /JAMES/],
  ['mdaemon', /MDaemon/i],
  ['hmailserver', /hMailServer/i],
  ['proton-bridge', /Proton ?Mail Bridge/i],
  ['stalwart', /Stalwart/i],
  ['postfix', /\bPostfix\b/i],
];

/** The product behind a server, by its banner and its EHLO lines; '' when it does not show. */
export function serverKindOf(banner: string, ehlo: readonly string[] = []): string {
  const text = [banner, ...ehlo].join('\n');
  return KINDS.find(([, pattern]) => pattern.test(text))?.[0] ?? '';
}
