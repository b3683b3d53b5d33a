/** Who stands behind a mail exchanger. */
export interface MailHost {
  /** Ends of exchanger names, without the dot in front. */
  exchangers: readonly string[];
  name: string;
  /** Preset of the provider, or ''. */
  preset: string;
  /** Its submission server, where it is not that of the preset; null for a service that only filters what comes in. */
  server: { host: string; port: number; security: 'tls' | 'starttls' } | null;
}

const tls = (host: string): MailHost['server'] => ({ host, port: 465, security: 'tls' });
const starttls = (host: string): MailHost['server'] => ({ host, port: 587, security: 'starttls' });

/**
 * Providers by the names of their exchangers. What follows from it is only a guess: each server is tried before it is
 * proposed, and one that does not answer is left out.
 */
export const MAIL_HOSTS: readonly MailHost[] = [
  {
    exchangers: ['mail.protection.outlook.com', 'mx.microsoft'],
    name: 'Microsoft 365',
    preset: 'microsoft365',
    server: null,
  },
  { exchangers: ['olc.protection.outlook.com'], name: 'Outlook.com', preset: 'microsoft365', server: null },
  { exchangers: ['google.com', 'googlemail.com'], name: 'Google', preset: 'google', server: null },
  { exchangers: ['yahoodns.net'], name: 'Yahoo', preset: 'yahoo', server: null },
  { exchangers: ['icloud.com'], name: 'iCloud', preset: 'icloud', server: null },
  { exchangers: ['zoho.eu'], name: 'Zoho', preset: 'zoho', server: tls('smtp.zoho.eu') },
  { exchangers: ['zoho.in'], name: 'Zoho', preset: 'zoho', server: tls('smtp.zoho.in') },
  { exchangers: ['zoho.com', 'zohomail.com'], name: 'Zoho', preset: 'zoho', server: null },
  { exchangers: ['eu.mailgun.org'], name: 'Mailgun', preset: 'mailgun', server: starttls('smtp.eu.mailgun.org') },
  { exchangers: ['mailgun.org'], name: 'Mailgun', preset: 'mailgun', server: null },
  { exchangers: ['messagingengine.com'], name: 'Fastmail', preset: '', server: tls('smtp.fastmail.com') },
  { exchangers: ['mailbox.org'], name: 'mailbox.org', preset: '', server: tls('smtp.mailbox.org') },
  { exchangers: ['posteo.de'], name: 'Posteo', preset: '', server: tls('posteo.de') },
  { exchangers: ['gmx.net'], name: 'GMX', preset: '', server: starttls('mail.gmx.net') },
  { exchangers: ['web.de'], name: 'WEB.DE', preset: '', server: starttls('smtp.web.de') },
  { exchangers: ['t-online.de'], name: 'Telekom', preset: '', server: tls('securesmtp.t-online.de') },
  { exchangers: ['kundenserver.de', 'ionos.de'], name: 'IONOS', preset: '', server: tls('smtp.ionos.de') },
  { exchangers: ['ionos.com', '1and1.com'], name: 'IONOS', preset: '', server: tls('smtp.ionos.com') },
  { exchangers: ['rzone.de'], name: 'Strato', preset: '', server: tls('smtp.strato.de') },
  { exchangers: ['gandi.net'], name: 'Gandi', preset: '', server: tls('mail.gandi.net') },
  { exchangers: ['ovh.net'], name: 'OVHcloud', preset: '', server: tls('ssl0.ovh.net') },
  { exchangers: ['infomaniak.ch'], name: 'Infomaniak', preset: '', server: tls('mail.infomaniak.com') },
  { exchangers: ['secureserver.net'], name: 'GoDaddy', preset: '', server: tls('smtpout.secureserver.net') },
  { exchangers: ['privateemail.com'], name: 'Namecheap', preset: '', server: tls('mail.privateemail.com') },
  { exchangers: ['hostinger.com'], name: 'Hostinger', preset: '', server: tls('smtp.hostinger.com') },
  { exchangers: ['emailsrvr.com'], name: 'Rackspace', preset: '', server: tls('secure.emailsrvr.com') },
  { exchangers: ['yandex.net', 'yandex.ru'], name: 'Yandex', preset: '', server: tls('smtp.yandex.com') },
  { exchangers: ['mail.ru'], name: 'Mail.ru', preset: '', server: tls('smtp.mail.ru') },
  { exchangers: ['pphosted.com', 'ppe-hosted.com'], name: 'Proofpoint', preset: '', server: null },
  { exchangers: ['mimecast.com'], name: 'Mimecast', preset: '', server: null },
  { exchangers: ['barracudanetworks.com'], name: 'Barracuda', preset: '', server: null },
  { exchangers: ['messagelabs.com'], name: 'Symantec', preset: '', server: null },
  { exchangers: ['iphmx.com'], name: 'Cisco', preset: '', server: null },
  { exchangers: ['hornetsecurity.com', 'antispameurope.com'], name: 'Hornetsecurity', preset: '', server: null },
];

/** The provider behind an exchanger; the longest matching end wins. Null for one's own server. */
export function mailHostOf(exchanger: string): MailHost | null {
  const name = exchanger.toLowerCase().replace(/\.$/, '');
  const ends = MAIL_HOSTS.flatMap((host) =>
    host.exchangers.filter((end) => name === end || name.endsWith(`.${end}`)).map((end) => ({ host, end })),
  );
  return ends.sort((a, b) => b.end.length - a.end.length)[0]?.host ?? null;
}
