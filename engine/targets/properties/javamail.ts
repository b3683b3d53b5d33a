import { type ProfileSettings, TLS_VERSIONS } from '../../../shared/profile.ts';
import type { ImportDraft, ProfileDraft } from '../draft.ts';
import type { FoundText } from '../lines/section.ts';

/** Mechanisms that JavaMail's SMTP has for a password (com.sun.mail.smtp, package documentation). */
const MECHANISMS = ['LOGIN', 'PLAIN'] as const;

/**
 * The properties that set up JavaMail (Jakarta Mail) for the settings, without host, port and user. Undefined removes
 * one. Times are in milliseconds, and endless when they are not set.
 */
export function javaMailKeys({ server, signIn, sender, tls }: ProfileSettings): Record<string, string | undefined> {
  const encrypted = server.security !== 'none';
  const starttls = server.security === 'starttls' || server.security === 'starttls-if-offered';
  const { kind, host, port } = server.proxy;
  const commandTime = String(server.commandTimeoutSeconds * 1000);
  return {
    'mail.smtp.auth': String(signIn.method !== 'none'),
    'mail.smtp.auth.mechanisms':
      signIn.method === 'password' ? MECHANISMS.find((name) => name === signIn.mechanism) : undefined,
    'mail.smtp.starttls.enable': String(starttls),
    'mail.smtp.starttls.required': server.security === 'starttls' ? 'true' : undefined,
    'mail.smtp.ssl.enable': server.security === 'tls' ? 'true' : undefined,
    // The name in the certificate is checked by default only since Angus Mail 2.
    'mail.smtp.ssl.checkserveridentity': encrypted ? String(tls.verifyCertificate) : undefined,
    'mail.smtp.ssl.trust': encrypted && !tls.verifyCertificate ? '*' : undefined,
    'mail.smtp.ssl.protocols': encrypted
      ? TLS_VERSIONS.slice(TLS_VERSIONS.indexOf(tls.minVersion)).join(' ')
      : undefined,
    'mail.smtp.connectiontimeout': String(server.connectTimeoutSeconds * 1000),
    'mail.smtp.timeout': commandTime,
    'mail.smtp.writetimeout': commandTime,
    'mail.smtp.localhost': server.ehloName || undefined,
    'mail.smtp.from': sender.envelopeFrom || undefined,
    'mail.smtp.proxy.host': kind === 'http-connect' ? host : undefined,
    'mail.smtp.proxy.port': kind === 'http-connect' ? String(port) : undefined,
    'mail.smtp.socks.host': kind === 'socks5' ? host : undefined,
    'mail.smtp.socks.port': kind === 'socks5' ? String(port) : undefined,
  };
}

/** Looks one of JavaMail's properties up, by its name after `mail.smtp.`; undefined when it is not there or unusable. */
export type JavaMailLookup = (name: string) => FoundText | undefined;

/**
 * Reads what {@link javaMailKeys} writes, and the older ways to say the same.
 * @param implicit True when something outside of these properties asks for TLS from the first byte.
 */
export function readJavaMail(get: JavaMailLookup, profile: ProfileDraft, draft: ImportDraft, implicit: boolean): void {
  readSecurity(get, profile, implicit);
  readCertificate(get, profile, draft);
  readTimes(get, profile, draft);
  for (const [name, field] of [
    ['localhost', 'server.ehloName'],
    ['from', 'sender.envelopeFrom'],
  ] as const) {
    const found = get(name);
    if (found) profile.set(field, found.value, found.origin);
  }
  readMechanism(get('auth.mechanisms'), profile, draft);
  readProxy(get, profile);
}

function readSecurity(get: JavaMailLookup, profile: ProfileDraft, implicit: boolean): void {
  const ssl = get('ssl.enable');
  const factory = get('socketFactory.class');
  const starttls = get('starttls.enable');
  const required = get('starttls.required');
  const byFactory = /SSLSocketFactory/.test(factory?.value ?? '');
  const isTls = implicit || isTrue(ssl) || byFactory;
  const upgraded = isTrue(required) ? 'starttls' : isTrue(starttls) ? 'starttls-if-offered' : 'none';
  profile.settings.server.security = isTls ? 'tls' : upgraded;
  const origin = isTls
    ? (isTrue(ssl) ? ssl : factory)?.origin
    : ((isTrue(required) ? required : starttls) ?? ssl)?.origin;
  if (origin) profile.trace('server.security', origin);
}

function readCertificate(get: JavaMailLookup, profile: ProfileDraft, draft: ImportDraft): void {
  const trust = get('ssl.trust');
  const identity = get('ssl.checkserveridentity');
  const hosts = trust?.value.split(/\s+/) ?? [];
  // A host that is trusted by name is taken with any certificate.
  const trusted = hosts.includes('*') || hosts.includes(profile.settings.server.host);
  if (trust && trusted) profile.set('tls.verifyCertificate', false, trust.origin);
  else if (identity) {
    profile.set('tls.verifyCertificate', isTrue(identity), identity.origin);
    if (!isTrue(identity)) {
      draft.warn(`Line ${identity.origin.line}: The name in the certificate is not checked, only who signed it.`);
    }
  }
  if (trust && !trusted) draft.ignore(trust.origin, 'These hosts are trusted unseen, and none of them is this server.');
  const protocols = get('ssl.protocols');
  const oldest = TLS_VERSIONS.find((version) => protocols?.value.split(/[\s,]+/).includes(version));
  if (protocols && oldest) profile.set('tls.minVersion', oldest, protocols.origin);
  else if (protocols) draft.ignore(protocols.origin, `Use one of ${TLS_VERSIONS.join(', ')}.`);
}

function readTimes(get: JavaMailLookup, profile: ProfileDraft, draft: ImportDraft): void {
  for (const [name, field] of [
    ['connectiontimeout', 'server.connectTimeoutSeconds'],
    ['timeout', 'server.commandTimeoutSeconds'],
  ] as const) {
    const found = get(name);
    if (!found) continue;
    if (/^\d{1,9}$/.test(found.value))
      profile.set(field, Math.max(1, Math.ceil(Number(found.value) / 1000)), found.origin);
    else draft.ignore(found.origin, 'This is no number of milliseconds.');
  }
  get('writetimeout');
}

function readMechanism(found: FoundText | undefined, profile: ProfileDraft, draft: ImportDraft): void {
  if (!found || /XOAUTH2/i.test(found.value)) return;
  const known = MECHANISMS.find((name) => name === found.value.trim().toUpperCase());
  if (known) profile.set('signIn.mechanism', known, found.origin);
  else draft.ignore(found.origin, 'Only one of LOGIN and PLAIN can be chosen here.');
}

function readProxy(get: JavaMailLookup, profile: ProfileDraft): void {
  for (const [kind, name, standard] of [
    ['http-connect', 'proxy', 80],
    ['socks5', 'socks', 1080],
  ] as const) {
    const host = get(`${name}.host`);
    const port = get(`${name}.port`);
    if (!host) continue;
    profile.set('server.proxy.kind', kind, host.origin);
    profile.set('server.proxy.host', host.value, host.origin);
    profile.set(
      'server.proxy.port',
      port && /^\d{1,5}$/.test(port.value) ? Number(port.value) : standard,
      (port ?? host).origin,
    );
  }
}

/** JavaMail takes only the word true, in any case, for on. */
export function isTrue(found: FoundText | undefined): boolean {
  return found?.value.trim().toLowerCase() === 'true';
}
