import { appErrorOf } from '../../../shared/errors.ts';
import type { PasswordMechanism } from '../../../shared/profile.ts';
import { fail, type Result } from '../../../shared/result.ts';
import { ImportDraft, type ProfileDraft } from '../draft.ts';
import { setHost, setPort } from '../product.ts';
import type { SourceDocument } from '../source.ts';
import type { ParsedImport } from '../target.ts';
import type { YamlFile } from '../yaml/document.ts';
import type { YamlMap } from '../yaml/nodes.ts';
import { type Interpolate, YamlReader } from '../yaml/reader.ts';

const NAME = 'Redmine';

const MECHANISMS: ReadonlyMap<string, PasswordMechanism> = new Map([
  ['plain', 'PLAIN'],
  ['login', 'LOGIN'],
  ['cram_md5', 'CRAM-MD5'],
]);

/** The doubled mark is a plain one; a single one is Ruby code. */
const throughErb: Interpolate = (text) =>
  /<%(?!%)/.test(text.replaceAll('<%%', ''))
    ? { kind: 'reference' }
    : { kind: 'text', text: text.replaceAll('<%%', '<%') };

/** How surely a text is configuration.yml, or the older email.yml. */
export function recogniseRedmine(source: SourceDocument): number {
  const { lines: text } = source;
  if (!/^\s*(?:email_delivery|smtp_settings|scm_subversion_command|attachments_storage_path)\s*:/m.test(text)) return 0;
  const read = source.yaml();
  if (!read.ok) return /^\s*email_delivery\s*:/m.test(text) ? 0.5 : 0.3;
  if (placesOf(read.value).length > 0) return /^\s*email_delivery\s*:/m.test(text) ? 0.95 : 0.8;
  return read.value.maps().some((root) => root.has('default', 'production')) ? 0.6 : 0;
}

interface Found {
  environment: string;
  delivery: YamlMap;
}

/** The delivery settings of each environment that has its own. */
function placesOf(file: YamlFile): Found[] {
  return file.maps().flatMap((root) => {
    const sections = root.entries().flatMap(({ key }) => {
      const map = root.map(key);
      return map ? [{ environment: key, map }] : [];
    });
    return [{ environment: '', map: root }, ...sections].flatMap(({ environment, map }) => {
      const delivery = map.map('email_delivery') ?? map;
      return delivery.map('smtp_settings') ? [{ environment, delivery }] : [];
    });
  });
}

/** Reads the settings of every environment; those of tests say nothing about a server. */
export function parseRedmine(source: SourceDocument): Result<ParsedImport> {
  const read = source.yaml();
  if (!read.ok) return read;
  const draft = new ImportDraft();
  const places = placesOf(read.value).filter(({ environment }) => environment !== 'test');
  for (const { environment, delivery } of places.slice(0, 20)) {
    const smtp = delivery.map('smtp_settings');
    if (smtp) readSettings(delivery, new YamlReader(smtp, draft, NAME, throughErb), environment, draft);
  }
  return places.length === 0 ? fail(appErrorOf('NO_MAIL_SETTINGS', { target: NAME })) : draft.result();
}

function readSettings(delivery: YamlMap, read: YamlReader, environment: string, draft: ImportDraft): void {
  const profile = draft.profile();
  read.reportDuplicates('Redmine takes the last one.');
  profile.settings.server.port = 25;
  const method = delivery.scalar('delivery_method');
  if (method && method.text.replace(':', '') !== 'smtp') {
    draft.warn(`Line ${method.origin.line}: with this delivery method Redmine does not use the mail server.`);
  }
  setHost(profile, read, 'address', 'localhost');
  setPort(profile, draft, read.text('port'));
  const domain = read.text('domain');
  if (domain) profile.set('server.ehloName', domain.value, domain.origin);
  readSecurity(read, profile, draft);
  const mode = read.text('openssl_verify_mode');
  if (mode) {
    const none = /^(?:none|0|OpenSSL::SSL::VERIFY_NONE)$/i.test(mode.value.replace(':', ''));
    profile.set('tls.verifyCertificate', !none, mode.origin);
  }
  for (const [key, field] of [
    ['open_timeout', 'server.connectTimeoutSeconds'],
    ['read_timeout', 'server.commandTimeoutSeconds'],
  ] as const) {
    const found = read.number(key);
    if (found) profile.set(field, found.value, found.origin);
  }
  readSignIn(read, profile, draft);
  read.reportRest('Relaysmith has no place for this key.');
  profile.finish(NAME, environment === 'default' || environment === '' ? '' : environment);
}

function readSecurity(read: YamlReader, profile: ProfileDraft, draft: ImportDraft): void {
  const tls = [read.boolean('tls'), read.boolean('ssl')].find((found) => found?.value);
  const auto = read.boolean('enable_starttls_auto');
  const always = read.raw('enable_starttls');
  const required = always !== undefined && /^:?(?:true|yes|on|always)$/i.test(always.text);
  const offered = (auto?.value ?? true) || (always !== undefined && /auto/.test(always.text));
  profile.settings.server.security = tls ? 'tls' : required ? 'starttls' : offered ? 'starttls-if-offered' : 'none';
  const origin = tls?.origin ?? (required ? always?.origin : auto?.origin);
  if (origin) profile.trace('server.security', origin);
  if (tls && (required || auto?.value)) {
    draft.warn(`Line ${tls.origin.line}: TLS and STARTTLS exclude each other. Redmine sends nothing with both.`);
  }
}

function readSignIn(read: YamlReader, profile: ProfileDraft, draft: ImportDraft): void {
  const user = read.text('user_name');
  if (user && user.value !== '') {
    profile.set('signIn.username', user.value, user.origin);
    profile.set('signIn.method', 'password', user.origin);
  }
  const authentication = read.text('authentication');
  if (authentication && authentication.value !== '') {
    const word = authentication.value.replace(/^:/, '').toLowerCase();
    const known = MECHANISMS.get(word);
    if (known) {
      profile.set('signIn.mechanism', known, authentication.origin);
      profile.set('signIn.method', 'password', authentication.origin);
    } else if (word === 'none') profile.set('signIn.method', 'none', authentication.origin);
    else draft.ignore(authentication.origin, 'Redmine knows only plain, login and cram_md5 here.');
  }
  const password = read.raw('password');
  if (!password || (password.text === '' && profile.settings.signIn.method === 'none')) return;
  if (throughErb(password.text).kind === 'reference') {
    profile.reference('password', password.text, password.origin);
  } else profile.secret('password', password.text.replaceAll('<%%', '<%'), password.origin);
}
