import { bareHost } from '../../../shared/host.ts';
import type { ImportDraft, ProfileDraft } from '../draft.ts';
import type { FoundText } from '../lines/section.ts';
import { setMailbox, setPort } from '../product.ts';
import { isTrue, readJavaMail } from '../properties/javamail.ts';
import { resolvePlaceholders, unescapePlaceholders } from '../properties/placeholders.ts';
import { SPRING } from './spring-mail.ts';

const MAIL = 'spring.mail.properties.mail';

/** The text of a key by its whole name, as it stands in the file; undefined when it is absent. */
export type SpringLookup = (key: string) => FoundText | undefined;

/**
 * Reads the mail keys of an application, from properties or YAML alike, into a profile of the draft.
 * @param detail Name of the Spring profile that they hold for, or ''.
 */
export function readSpring(lookup: SpringLookup, draft: ImportDraft, detail: string): void {
  const filled: SpringLookup = (key) => {
    const found = lookup(key);
    return found && found.value !== '' ? found : undefined;
  };
  const read: SpringLookup = (key) => resolvePlaceholders(filled(key), draft);
  const profile = draft.profile();
  readServer(read, profile, draft);
  readSignIn(lookup, filled, read, profile, draft);
  readFrom(read, profile, draft);
  profile.finish(SPRING, detail);
}

function readServer(read: SpringLookup, profile: ProfileDraft, draft: ImportDraft): void {
  const protocol = read('spring.mail.protocol');
  const implicit = protocol?.value === 'smtps';
  const ssl = read('spring.mail.ssl.enabled');
  profile.settings.server.host = '';
  profile.settings.server.port = implicit ? 465 : 25;
  const host = read('spring.mail.host');
  if (host) profile.set('server.host', bareHost(host.value.trim()), host.origin);
  const port = read('spring.mail.port');
  setPort(profile, draft, port && { ...port, value: port.value.trim() });
  if (!port) draft.warn(`The port is missing. ${SPRING} then uses ${profile.settings.server.port}.`);
  const [kind, other] = implicit ? ['smtps', 'smtp'] : ['smtp', 'smtps'];
  readJavaMail(
    (name) => read(`${MAIL}.${kind}.${name}`) ?? read(`${MAIL}.${other}.${name}`),
    profile,
    draft,
    implicit || isTrue(ssl),
  );
  // Left over from the time before ssl.enable; the class has told already.
  for (const name of ['port', 'fallback']) read(`${MAIL}.smtp.socketFactory.${name}`);
  const origin = implicit ? protocol?.origin : isTrue(ssl) ? ssl?.origin : undefined;
  if (origin) profile.trace('server.security', origin);
}

function readSignIn(
  lookup: SpringLookup,
  filled: SpringLookup,
  read: SpringLookup,
  profile: ProfileDraft,
  draft: ImportDraft,
): void {
  const written = filled('spring.mail.username');
  const user = read('spring.mail.username');
  const auth = read(`${MAIL}.smtp.auth`) ?? read(`${MAIL}.smtps.auth`);
  // JavaMail signs in wherever it gets a user name and a password (SMTPTransport, protocolConnect).
  const signsIn = auth ? isTrue(auth) : written !== undefined;
  profile.settings.signIn.method = signsIn ? 'password' : 'none';
  const origin = auth?.origin ?? user?.origin;
  if (origin) profile.trace('signIn.method', origin);
  if (user) profile.set('signIn.username', user.value, user.origin);
  if (signsIn && /XOAUTH2/.test(filled(`${MAIL}.smtp.auth.mechanisms`)?.value ?? '')) {
    profile.settings.signIn.method = 'oauth2';
    draft.warn('The application signs in with OAuth 2.0. Its token comes from code, not from this file.');
  }
  const password = lookup('spring.mail.password');
  if (!password || (password.value === '' && !signsIn)) return;
  // A whole placeholder is told apart by itself; one inside a longer text leaves nothing that could be used.
  const text = unescapePlaceholders(password.value);
  const inside = text === password.value && /.\$\{|\$\{[^}]*\}./s.test(text);
  if (inside) profile.reference('password', '', password.origin);
  else profile.secret('password', text, password.origin);
}

/** No key of Spring Boot's own but the first, yet what many applications read their From address from. */
function readFrom(read: SpringLookup, profile: ProfileDraft, draft: ImportDraft): void {
  const [own, ...others] = [`${MAIL}.from`, 'jhipster.mail.from', 'spring.mail.from'].map(read);
  const found = own ?? others.find((each) => each !== undefined);
  for (const { origin } of others.flatMap((each) => each ?? [])) {
    draft.warn(
      `Line ${origin.line}: ${origin.key} is no key of ${SPRING}’s own. Whether it counts is up to the application.`,
    );
  }
  setMailbox(profile, draft, 'sender.from', found);
}
