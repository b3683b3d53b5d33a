import type { PasswordMechanism, TlsVersion } from '../../../shared/profile.ts';
import type { ImportOrigin } from '../../../shared/target.ts';
import type { ImportDraft, ProfileDraft } from '../draft.ts';
import { setMailbox, setPort } from '../product.ts';
import type { Typed } from '../yaml/reader.ts';
import { readEscapes, SPRING } from './spring-mail.ts';

/** The text of a property by its whole name, as it stands; undefined when it is absent. */
export type SpringLookup = (name: string) => Typed<string> | undefined;

const MECHANISMS: ReadonlyMap<string, PasswordMechanism> = new Map([
  ['PLAIN', 'PLAIN'],
  ['LOGIN', 'LOGIN'],
  ['CRAM-MD5', 'CRAM-MD5'],
]);

const VERSIONS: readonly TlsVersion[] = ['TLSv1', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3'];

/**
 * Reads the mail properties of one profile of an application; false when there are none.
 * @param detail Name of the Spring profile, or ''.
 */
export function readSpring(lookup: SpringLookup, draft: ImportDraft, detail: string): boolean {
  const read = new SpringReader(lookup, draft);
  if (!read.raw('spring.mail.host') && !read.raw('spring.mail.username')) return false;
  const profile = draft.profile();
  profile.settings.server.host = '';
  profile.settings.server.port = 25;
  const host = read.text('spring.mail.host');
  if (host) profile.set('server.host', host.value, host.origin);
  readSecurity(read, profile);
  setPort(profile, draft, read.text('spring.mail.port'));
  readTls(read, profile, draft);
  readSignIn(read, profile, draft);
  readTimes(read, profile);
  const helo = read.smtp('localhost');
  if (helo) profile.set('server.ehloName', helo.value, helo.origin);
  const envelope = read.smtp('from');
  if (envelope) profile.set('sender.envelopeFrom', envelope.value, envelope.origin);
  readFrom(read, profile, draft);
  profile.finish(SPRING, detail);
  return true;
}

function readSecurity(read: SpringReader, profile: ProfileDraft): void {
  const { server } = profile.settings;
  const protocol = read.text('spring.mail.protocol');
  const implicit = [read.smtpFlag('ssl.enable'), read.flag('spring.mail.ssl.enabled')].find((found) => found?.value);
  const factory = read.smtp('socketFactory.class');
  const tls =
    implicit ??
    (protocol?.value === 'smtps' ? protocol : /SSLSocketFactory/.test(factory?.value ?? '') ? factory : undefined);
  read.smtp('socketFactory.port');
  read.smtp('socketFactory.fallback');
  const enable = read.smtpFlag('starttls.enable');
  const required = read.smtpFlag('starttls.required');
  server.security = tls ? 'tls' : required?.value ? 'starttls' : enable?.value ? 'starttls-if-offered' : 'none';
  if (tls) server.port = 465;
  const origin = tls?.origin ?? (required?.value ? required.origin : enable?.origin);
  if (origin) profile.trace('server.security', origin);
}

function readTls(read: SpringReader, profile: ProfileDraft, draft: ImportDraft): void {
  const trust = read.smtp('ssl.trust');
  read.smtp('ssl.checkserveridentity');
  if (trust && trust.value !== '' && profile.settings.server.security !== 'none') {
    const hosts = trust.value.split(/\s+/);
    if (hosts.includes('*') || hosts.includes(profile.settings.server.host)) {
      profile.set('tls.verifyCertificate', false, trust.origin);
    } else draft.ignore(trust.origin, 'This trusts other hosts than the mail server.');
  }
  const protocols = read.smtp('ssl.protocols');
  if (!protocols) return;
  const oldest = VERSIONS.find((version) => protocols.value.split(/\s+/).includes(version));
  if (oldest) profile.set('tls.minVersion', oldest, protocols.origin);
  else draft.ignore(protocols.origin, 'Relaysmith knows TLSv1 to TLSv1.3 here.');
}

function readSignIn(read: SpringReader, profile: ProfileDraft, draft: ImportDraft): void {
  const auth = read.smtpFlag('auth');
  const user = read.text('spring.mail.username');
  // A name that is kept elsewhere is a name all the same.
  const named = (read.raw('spring.mail.username')?.value ?? '') !== '';
  // Spring signs in when there is a user name, unless auth says no.
  const signsIn = auth ? auth.value : named;
  profile.settings.signIn.method = signsIn ? 'password' : 'none';
  const origin = auth?.origin ?? user?.origin;
  if (origin) profile.trace('signIn.method', origin);
  if (user) profile.set('signIn.username', user.value, user.origin);
  const mechanisms = read.smtp('auth.mechanisms');
  if (mechanisms) {
    const known = MECHANISMS.get(mechanisms.value.trim().toUpperCase());
    if (known) profile.set('signIn.mechanism', known, mechanisms.origin);
    else draft.ignore(mechanisms.origin, 'Relaysmith takes one of PLAIN, LOGIN and CRAM-MD5 here.');
  }
  const password = read.raw('spring.mail.password');
  if (!password || (password.value === '' && !signsIn)) return;
  // A whole placeholder is told apart by itself; one inside a longer text leaves nothing that could be used.
  const text = readEscapes(password.value);
  const inside = text === password.value && /.\$\{|\$\{[^}]*\}./s.test(text);
  if (inside) profile.reference('password', '', password.origin);
  else profile.secret('password', text, password.origin);
}

function readTimes(read: SpringReader, profile: ProfileDraft): void {
  for (const [name, field] of [
    ['connectiontimeout', 'server.connectTimeoutSeconds'],
    ['timeout', 'server.commandTimeoutSeconds'],
  ] as const) {
    const found = read.smtp(name);
    if (!found || !/^\d{1,9}$/.test(found.value)) continue;
    profile.set(field, Math.max(1, Math.ceil(Number(found.value) / 1000)), found.origin);
  }
  read.smtp('writetimeout');
}

/** No property of Spring Boot's own, yet what many applications read their From address from. */
function readFrom(read: SpringReader, profile: ProfileDraft, draft: ImportDraft): void {
  const names = ['spring.mail.properties.mail.from', 'spring.mail.from', 'jhipster.mail.from'];
  const found = names.map((name) => read.text(name)).find((text) => text && text.value !== '');
  if (found && found.origin.key !== names[0]) {
    draft.warn(`Line ${found.origin.line}: ${found.origin.key} is the application’s own. It was taken for From.`);
  }
  setMailbox(profile, draft, 'sender.from', found);
}

/** Looks properties up and fills their placeholders in with the defaults that they name. */
class SpringReader {
  private readonly lookup: SpringLookup;
  private readonly draft: ImportDraft;

  constructor(lookup: SpringLookup, draft: ImportDraft) {
    this.lookup = lookup;
    this.draft = draft;
  }

  raw(name: string): Typed<string> | undefined {
    return this.lookup(name);
  }

  text(name: string): Typed<string> | undefined {
    const found = this.lookup(name);
    if (!found) return undefined;
    const { origin } = found;
    const filled = readEscapes(found.value);
    if (!filled.includes('${') || filled !== found.value) return { value: filled, origin };
    const value = filled.replace(/\$\{[^{}:]+:([^{}]*)\}/g, '$1');
    if (value.includes('${')) {
      this.draft.ignore(origin, 'The value is kept elsewhere. Enter it by hand.');
      return undefined;
    }
    if (value !== '') this.warnDefault(origin);
    return { value, origin };
  }

  flag(name: string): Typed<boolean> | undefined {
    const found = this.text(name);
    return found && { value: /^(?:true|yes|on)$/i.test(found.value), origin: found.origin };
  }

  smtp(name: string): Typed<string> | undefined {
    return (
      this.text(`spring.mail.properties.mail.smtp.${name}`) ?? this.text(`spring.mail.properties.mail.smtps.${name}`)
    );
  }

  smtpFlag(name: string): Typed<boolean> | undefined {
    return (
      this.flag(`spring.mail.properties.mail.smtp.${name}`) ?? this.flag(`spring.mail.properties.mail.smtps.${name}`)
    );
  }

  private warnDefault({ key, line }: ImportOrigin): void {
    this.draft.warn(`Line ${line}: ${key} points to a variable. Its default was taken.`);
  }
}
