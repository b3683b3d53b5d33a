import { parseMailbox } from '../../../shared/address.ts';
import { appErrorOf } from '../../../shared/errors.ts';
import { bareHost } from '../../../shared/host.ts';
import type { Security } from '../../../shared/profile.ts';
import { fail, ok, type Result } from '../../../shared/result.ts';
import { ImportDraft, type ProfileDraft } from '../draft.ts';
import { GO_INI_KIND, readIniFile } from '../ini/file.ts';
import { goIniSection, ownVariables } from '../ini/go-ini.ts';
import { interpolate } from '../ini/interpolate.ts';
import { type FoundText, LineSection } from '../lines/section.ts';
import { readSwitch } from '../lines/switch.ts';
import { setMailbox, setPort, splitHostPort } from '../product.ts';
import type { SourceDocument } from '../source.ts';
import type { ParsedImport } from '../target.ts';

const NAME = 'Gitea';

/** The section of headers that replace those of a message. */
export const HEADERS = 'mailer.override_header';

/** Keys of versions before 1.18 that others took the place of. */
export const OLD_KEYS = [
  'HOST',
  'IS_TLS_ENABLED',
  'MAILER_TYPE',
  'DISABLE_HELO',
  'SKIP_VERIFY',
  'USE_CERTIFICATE',
  'CERT_FILE',
  'KEY_FILE',
  'ENABLE_HTML_ALTERNATIVE',
] as const;

const VARIABLE = /^[ \t]*(?:export[ \t]+)?(?:GITEA|FORGEJO)__mailer\w*[ \t]*=/im;
const OWN_KEY = /^[ \t]*[;#]*[ \t]*(?:ENABLED|SMTP_ADDR|HOST|PROTOCOL|FROM|PASSWD)[ \t]*=/m;
const GOGS_SECTIONS = /^\[(?:repository|repository\.\w+|auth|security)\]/m;

const PROTOCOLS: Record<string, Security> = {
  smtp: 'none',
  // Goes on in plain text, with a warning in the log, when the server does not offer it (sender/smtp.go).
  'smtp+starttls': 'starttls-if-offered',
  smtps: 'tls',
};

/** How surely a text is an app.ini of Gitea, Forgejo or Gogs, or their variables. */
export function recogniseGitea({ lines: text }: SourceDocument): number {
  if (/^\[mailer(?:\.override_header)?\]/m.test(text) && OWN_KEY.test(text)) return 0.9;
  if (/^\[email\]/m.test(text) && /^[ \t]*HOST[ \t]*=/m.test(text) && GOGS_SECTIONS.test(text)) return 0.8;
  return VARIABLE.test(text) ? 0.96 : 0;
}

/** Reads an app.ini of any version, a part of it, or the variables. */
export function parseGitea(source: SourceDocument): Result<ParsedImport> {
  const draft = new ImportDraft();
  const found =
    VARIABLE.test(source.text) && !/^\s*\[/m.test(source.text) ? variables(source.text, draft) : file(source.text);
  if (!found.ok) return found;
  const { mailer, headers } = found.value;
  if (!mailer.has('SMTP_ADDR', 'HOST', 'USER', 'FROM', 'PROTOCOL', 'PASSWD')) {
    return fail(appErrorOf('NO_MAIL_SETTINGS', { target: NAME }));
  }
  for (const { key, line } of [...mailer.duplicates(), ...headers.duplicates()]) {
    draft.warn(`Line ${line}: ${key} stands more than once. ${NAME} takes the last one.`);
  }
  const profile = draft.profile();
  const old = mailer.filled('HOST');
  if (old && !mailer.has('SMTP_ADDR')) readOldServer(old, mailer, profile, draft);
  else readServer(mailer, profile, draft);
  readRest(mailer, profile, draft);
  readSender(mailer, profile, draft);
  readHeaders(headers, profile, draft);
  for (const origin of mailer.rest()) draft.ignore(origin, 'This key has nothing to do with the mail server.');
  profile.finish(found.value.product);
  return draft.result();
}

interface Sections {
  mailer: LineSection;
  headers: LineSection;
  product: string;
}

function file(text: string): Result<Sections> {
  const read = readIniFile(text, GO_INI_KIND);
  if (!read.ok) return read;
  const entries = interpolate(read.value.entries);
  const mailer = goIniSection(entries, 'mailer');
  // Gogs has called the section email since 0.12.
  const gogs =
    !mailer.has('HOST', 'SMTP_ADDR') && entries.some(({ section, key }) => section === 'email' && key === 'HOST');
  return ok({
    mailer: gogs ? goIniSection(entries, 'email') : mailer,
    headers: goIniSection(entries, HEADERS),
    product: gogs ? 'Gogs' : NAME,
  });
}

function variables(text: string, draft: ImportDraft): Result<Sections> {
  const whole = ownVariables(text, /^(?:GITEA|FORGEJO)__mailer(?:__|_0x2e_)/i, draft);
  const mailer = whole.filter(({ key }) => /^\w+?__mailer__/i.test(key));
  const headers = whole.flatMap((entry) => {
    const name = /^\w+?__mailer_0x2e_override_header__(\w+)$/i.exec(entry.key)?.[1];
    return name === undefined ? [] : [{ ...entry, key: name.replace(/_0x2d_/gi, '-') }];
  });
  const same = (key: string, wanted: string) =>
    key.replace(/^\w+?__mailer__/i, '').toUpperCase() === wanted.toUpperCase();
  return ok({ mailer: new LineSection(mailer, '', same), headers: new LineSection(headers), product: NAME });
}

function readServer(mailer: LineSection, profile: ProfileDraft, draft: ImportDraft): void {
  const { server } = profile.settings;
  const protocol = mailer.filled('PROTOCOL') ?? mailer.filled('MAILER_TYPE');
  const port = mailer.filled('SMTP_PORT');
  const known = protocol && Object.hasOwn(PROTOCOLS, protocol.value) ? PROTOCOLS[protocol.value] : undefined;
  if (protocol && /^(?:sendmail|dummy|smtp\+unix)$/.test(protocol.value)) {
    draft.warn(`Line ${protocol.origin.line}: ${NAME} hands mail to ${protocol.value} here, not to a server.`);
  } else if (protocol && !known) {
    draft.ignore(protocol.origin, `${NAME} does not know this protocol and goes by the port.`);
  }
  const inferred: Record<string, Security> = { 25: 'none', 465: 'tls', 587: 'starttls-if-offered' };
  server.security = known ?? inferred[port?.value ?? ''] ?? 'tls';
  if (!known && port === undefined && !protocol)
    draft.warn(`PROTOCOL and SMTP_PORT are missing. ${NAME} then uses TLS.`);
  const origin = known ? protocol?.origin : port?.origin;
  if (origin) profile.trace('server.security', origin);
  server.port = { none: 25, tls: 465, starttls: 587, 'starttls-if-offered': 587 }[server.security];
  setPort(profile, draft, port);
  const host = mailer.filled('SMTP_ADDR');
  if (host) profile.set('server.host', bareHost(host.value), host.origin);
  const trust = readSwitch(mailer.filled('FORCE_TRUST_SERVER_CERT') ?? mailer.filled('SKIP_VERIFY'), draft);
  if (trust) profile.set('tls.verifyCertificate', !trust.on, trust.origin);
}

/** HOST of versions before 1.18 and of Gogs, read as those servers do: TLS by the port, else STARTTLS if offered. */
function readOldServer(address: FoundText, mailer: LineSection, profile: ProfileDraft, draft: ImportDraft): void {
  const { host, port } = splitHostPort(address.value);
  profile.set('server.host', host, address.origin);
  if (port !== null) profile.set('server.port', port, address.origin);
  else draft.warn(`Line ${address.origin.line}: The port is missing. Those versions send nothing without it.`);
  const tls = readSwitch(mailer.filled('IS_TLS_ENABLED'), draft);
  const byPort = String(port ?? '').endsWith('465');
  profile.set(
    'server.security',
    tls?.on || byPort ? 'tls' : 'starttls-if-offered',
    tls?.on ? tls.origin : address.origin,
  );
  draft.warn(
    `Line ${address.origin.line}: HOST is the form of Gogs and of Gitea before 1.18, and was read as those do.${
      port === 25 && !tls ? ' Later versions take the same lines for a connection without TLS.' : ''
    }`,
  );
  const skip = readSwitch(mailer.filled('SKIP_VERIFY'), draft);
  if (skip) profile.set('tls.verifyCertificate', !skip.on, skip.origin);
  // Mailers other than a server.
  const type = mailer.filled('MAILER_TYPE');
  if (type && type.value !== 'smtp') draft.warn(`Line ${type.origin.line}: ${NAME} hands mail to ${type.value} here.`);
}

function readRest(mailer: LineSection, profile: ProfileDraft, draft: ImportDraft): void {
  const enabled = readSwitch(mailer.filled('ENABLED'), draft);
  profile.settings.status = enabled?.on ? 'active' : 'inactive';
  if (enabled) profile.trace('status', enabled.origin);
  else draft.warn(`ENABLED is missing. ${NAME} then sends no mail.`);
  const ehlo = mailer.filled('HELO_HOSTNAME');
  if (ehlo) profile.set('server.ehloName', ehlo.value, ehlo.origin);
  for (const key of ['ENABLE_HELO', 'DISABLE_HELO']) mailer.get(key);
  const user = mailer.filled('USER');
  if (user) {
    profile.set('signIn.method', 'password', user.origin);
    profile.set('signIn.username', user.value, user.origin);
  }
  const elsewhere = mailer.filled('PASSWD__FILE') ?? mailer.filled('PASSWD_URI');
  // Gogs calls it PASSWORD since 0.12.
  const password = mailer.get('PASSWD') ?? mailer.get('PASSWORD');
  if (elsewhere) profile.reference('password', elsewhere.value, elsewhere.origin);
  else if (password && (user || password.value !== '')) profile.secret('password', password.value, password.origin);
  for (const key of [
    'CLIENT_CERT_FILE',
    'CLIENT_KEY_FILE',
    'CERT_FILE',
    'KEY_FILE',
    'USE_CLIENT_CERT',
    'USE_CERTIFICATE',
  ]) {
    const path = mailer.filled(key);
    if (path && !/^false$/i.test(path.value)) {
      draft.ignore(path.origin, 'A path is not followed. Paste the certificate into the profile.');
    }
  }
}

function readSender(mailer: LineSection, profile: ProfileDraft, draft: ImportDraft): void {
  const from = mailer.filled('FROM');
  const user = mailer.filled('USER');
  setMailbox(profile, draft, 'sender.from', from);
  if (from && !parseMailbox(from.value)) draft.warn(`Line ${from.origin.line}: ${NAME} does not start with this FROM.`);
  // Without FROM the server sends as the user.
  if (!from && user && parseMailbox(user.value)) setMailbox(profile, draft, 'sender.from', user);
  const envelope = mailer.filled('ENVELOPE_FROM');
  if (envelope?.value === '<>') draft.ignore(envelope.origin, 'An empty envelope sender cannot be kept here.');
  else if (envelope) profile.set('sender.envelopeFrom', bareAddress(envelope.value), envelope.origin);
}

function bareAddress(text: string): string {
  return parseMailbox(text)?.address ?? text;
}

function readHeaders(headers: LineSection, profile: ProfileDraft, draft: ImportDraft): void {
  const own: { name: string; value: string }[] = [];
  for (const { key, found } of headers.all()) {
    if (found.value === '') draft.ignore(found.origin, 'A header that is only taken out has no counterpart here.');
    else if (key.toLowerCase() === 'reply-to' && parseMailbox(found.value)) {
      setMailbox(profile, draft, 'sender.replyTo', found);
    } else {
      own.push({ name: key, value: found.value });
      profile.trace(`sender.headers.${own.length - 1}`, found.origin);
    }
  }
  profile.settings.sender.headers = own;
}
