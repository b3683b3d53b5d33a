import { appErrorOf } from '../../../shared/errors.ts';
import { bareHost } from '../../../shared/host.ts';
import { fail, type Result } from '../../../shared/result.ts';
import { ImportDraft, type ProfileDraft } from '../draft.ts';
import type { LineReading } from '../lines/entry.ts';
import { LineSection } from '../lines/section.ts';
import { setMailbox, setPort } from '../product.ts';
import { isTrue, readJavaMail } from '../properties/javamail.ts';
import { resolvePlaceholders, unescapePlaceholders } from '../properties/placeholders.ts';
import { readPropertiesFile } from '../properties/write.ts';
import type { SourceDocument } from '../source.ts';
import type { ParsedImport } from '../target.ts';

const NAME = 'Spring Boot';
const MAIL = 'spring.mail.properties.mail';

/** How surely a text is an application.properties. */
export function recogniseSpringProperties({ lines: text }: SourceDocument): number {
  if (/^[ \t]*spring\.mail\.[\w.[\]-]+[ \t]*[=:]/m.test(text)) return 0.95;
  return /^[ \t]*spring\.(?:application|datasource|jpa|profiles|security|mvc)\.[\w.-]+[ \t]*=/m.test(text) ? 0.6 : 0;
}

/** Keys are the same with a part in brackets: `properties[mail.smtp.auth]` is `properties.mail.smtp.auth`. */
export function sameSpringKey(found: string, wanted: string): boolean {
  return found.replace(/\[([^\]]+)\]/g, '.$1') === wanted;
}

/** Documents that count only for a profile of the server, by section. */
export function conditionalSections({ entries }: LineReading): Set<string> {
  const conditional = entries.filter(
    ({ key }) => key.startsWith('spring.config.activate.') || key === 'spring.profiles',
  );
  return new Set(conditional.map(({ section }) => section));
}

/** Reads application.properties. */
export function parseSpringProperties(source: SourceDocument): Result<ParsedImport> {
  const read = readPropertiesFile(source.text.replace(/^\ufeff/, ''), true);
  if (!read.ok) return read;
  const draft = new ImportDraft();
  const conditional = conditionalSections(read.value);
  const isMail = (key: string) => /^spring\.mail[.[]/.test(key);
  for (const { section, key, line } of read.value.entries) {
    if (isMail(key) && conditional.has(section))
      draft.ignore({ key, line }, 'This counts only for one profile of the server. Import takes what counts for all.');
  }
  const entries = read.value.entries.filter(({ section }) => !conditional.has(section));
  const section = new LineSection(entries, '', sameSpringKey);
  if (!entries.some(({ key }) => isMail(key))) return fail(appErrorOf('NO_MAIL_SETTINGS', { target: NAME }));
  if (source.text.startsWith('\ufeff'))
    draft.warn(`The file begins with a byte order mark, which ${NAME} takes for a part of the first key.`);
  const mail = new LineSection(
    entries.filter(({ key }) => isMail(key)),
    '',
    sameSpringKey,
  );
  for (const { key, line } of mail.duplicates())
    draft.warn(`Line ${line}: ${key} stands more than once. ${NAME} takes the last one.`);
  const profile = draft.profile();
  readServer(mail, profile, draft);
  readSignIn(mail, profile, draft);
  readSender(mail, section, profile, draft);
  for (const origin of mail.rest()) draft.ignore(origin, 'This key has no counterpart here.');
  warnOfEncoding(source.text, mail, draft);
  profile.finish(NAME);
  return draft.result();
}

function readServer(mail: LineSection, profile: ProfileDraft, draft: ImportDraft): void {
  const protocol = resolvePlaceholders(mail.filled('spring.mail.protocol'), draft);
  const implicit = protocol?.value === 'smtps';
  const ssl = resolvePlaceholders(mail.filled('spring.mail.ssl.enabled'), draft);
  profile.settings.server.port = implicit ? 465 : 25;
  const host = resolvePlaceholders(mail.filled('spring.mail.host'), draft);
  if (host) profile.set('server.host', bareHost(host.value.trim()), host.origin);
  const port = resolvePlaceholders(mail.filled('spring.mail.port'), draft);
  setPort(profile, draft, port && { ...port, value: port.value.trim() });
  if (!mail.has('spring.mail.port'))
    draft.warn(`The port is missing. ${NAME} then uses ${profile.settings.server.port}.`);
  const kind = implicit ? 'smtps' : 'smtp';
  readJavaMail(
    (name) => resolvePlaceholders(mail.filled(`${MAIL}.${kind}.${name}`), draft),
    profile,
    draft,
    implicit || isTrue(ssl),
  );
  const origin = implicit ? protocol?.origin : isTrue(ssl) ? ssl?.origin : undefined;
  if (origin) profile.trace('server.security', origin);
}

function readSignIn(mail: LineSection, profile: ProfileDraft, draft: ImportDraft): void {
  const written = mail.filled('spring.mail.username');
  const user = resolvePlaceholders(written, draft);
  const password = mail.get('spring.mail.password');
  const auth = mail.filled(`${MAIL}.smtp.auth`) ?? mail.filled(`${MAIL}.smtps.auth`);
  if (user) profile.set('signIn.username', user.value, user.origin);
  // JavaMail signs in only where it is told to, whatever user name stands there.
  if (auth) profile.set('signIn.method', isTrue(resolvePlaceholders(auth, draft)) ? 'password' : 'none', auth.origin);
  else if (written) draft.warn(`mail.smtp.auth is missing. ${NAME} then does not sign in, unless its code does.`);
  if (
    profile.settings.signIn.method === 'password' &&
    /XOAUTH2/.test(mail.filled(`${MAIL}.smtp.auth.mechanisms`)?.value ?? '')
  ) {
    profile.settings.signIn.method = 'oauth2';
    draft.warn(`The application signs in with OAuth 2.0. Its token comes from code, not from this file.`);
  }
  if (password) profile.secret('password', unescapePlaceholders(password.value), password.origin);
}

function readSender(mail: LineSection, all: LineSection, profile: ProfileDraft, draft: ImportDraft): void {
  const places = [mail.filled(`${MAIL}.from`), all.filled('jhipster.mail.from'), mail.filled('spring.mail.from')];
  const found = places.find((place) => place !== undefined);
  setMailbox(profile, draft, 'sender.from', resolvePlaceholders(found, draft));
  const own = mail.filled('spring.mail.from');
  if (own)
    draft.warn(
      `Line ${own.origin.line}: spring.mail.from is no key of ${NAME}’s own. Whether it counts is up to the application.`,
    );
}

/** Raw letters beyond ASCII come out wrong, since the file is read as ISO-8859-1. */
function warnOfEncoding(text: string, mail: LineSection, draft: ImportDraft): void {
  const lines = text.split(/\r\n|\n|\r/);
  for (const { found } of mail.all()) {
    const { line } = found.origin;
    // biome-ignore lint/suspicious/noControlCharactersInRegex: everything that is not ASCII is meant
    if (/[^\u0000-\u007f]/.test(lines[line - 1] ?? ''))
      draft.warn(
        `Line ${line}: ${NAME} reads this file as ISO-8859-1. Letters beyond ASCII come out wrong, unless written as \\u and four digits.`,
      );
  }
}
