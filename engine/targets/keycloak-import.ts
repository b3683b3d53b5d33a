import { appErrorOf } from '../../shared/errors.ts';
import type { ProfileSettings } from '../../shared/profile.ts';
import { fail, type Result } from '../../shared/result.ts';
import type { ImportOrigin } from '../../shared/target.ts';
import { ImportDraft, type ProfileDraft } from './draft.ts';
import type { JsonDocument } from './json/document.ts';
import { JsonSection } from './json/section.ts';
import { providerOf } from './oauth-provider.ts';
import type { SourceDocument } from './source.ts';
import type { ParsedImport } from './target.ts';

const NAME = 'Keycloak';

/** Realms of one file that are read. */
const MAX_REALMS = 200;

const REALM_KEYS = [
  'sslRequired',
  'accessTokenLifespan',
  'clients',
  'users',
  'roles',
  'registrationAllowed',
  'enabled',
];

/** How surely a text is a realm, several, or the map smtpServer alone. */
export function recogniseKeycloak(source: SourceDocument): number {
  if (!source.looksLikeJson()) return 0;
  const read = source.json();
  if (!read.ok) return /"smtpServer"\s*:/.test(source.text) ? 0.5 : 0;
  const { value: document } = read;
  return Math.max(0, ...realmOffsets(document).map((offset) => score(new JsonSection(document, [offset], ''))));
}

function score(realm: JsonSection): number {
  if (realm.has('smtpServer')) return realm.has('realm') ? 0.95 : 0.9;
  if (realm.has('host') && realm.has('starttls', 'fromDisplayName') && realm.has('ssl', 'from', 'auth')) return 0.75;
  return realm.has('realm') && realm.has(...REALM_KEYS) ? 0.7 : 0;
}

/** Reads the mail settings of every realm in a file. */
export function parseKeycloak(source: SourceDocument): Result<ParsedImport> {
  const read = source.json();
  if (!read.ok) return read;
  const { value: document } = read;
  const draft = new ImportDraft();
  if (document.bom) draft.warn('The file begins with a byte order mark, which kc.sh import may refuse.');
  let count = 0;
  for (const offset of realmOffsets(document)) {
    if (readRealm(document, offset, draft)) count++;
  }
  return count === 0 ? fail(appErrorOf('NO_MAIL_SETTINGS', { target: NAME })) : draft.result();
}

function realmOffsets(document: JsonDocument): number[] {
  return document.isArray(document.root) ? document.elements(document.root).slice(0, MAX_REALMS) : [document.root];
}

/** False when the realm has no mail settings. */
function readRealm(document: JsonDocument, offset: number, draft: ImportDraft): boolean {
  const realm = new JsonSection(document, [offset], '');
  // A map that stands twice is not merged: the later one replaces the earlier (Jackson).
  const last = document.member(offset, 'smtpServer');
  const bare = last === undefined && realm.has('host') && realm.has('from', 'starttls', 'ssl');
  const start = bare ? offset : (last?.valueStart ?? -1);
  if (!document.isObject(start) || document.members(start).length === 0) return false;
  const smtp = new JsonSection(document, [start], bare ? '' : 'smtpServer');
  for (const { key, line } of smtp.duplicates()) {
    draft.warn(`Line ${line}: ${key} stands more than once. Keycloak takes the last one.`);
  }
  const name = bare ? undefined : realm.get('realm');
  const realmName = typeof name?.value === 'string' ? name.value : '';
  const profile = draft.profile();
  if (name && realmName !== '') {
    profile.settings.products = { keycloak: { realm: realmName } };
    profile.trace('products.keycloak.realm', name.origin);
  }
  readMap(new Reader(smtp, draft), profile, draft);
  for (const origin of smtp.rest()) draft.ignore(origin, 'Keycloak knows no such key here.');
  profile.finish(NAME, realmName);
  return true;
}

function readMap(read: Reader, profile: ProfileDraft, draft: ImportDraft): void {
  readServer(read, profile, draft);
  const texts = [
    ['from', 'sender.from.address'],
    ['fromDisplayName', 'sender.from.name'],
    ['replyTo', 'sender.replyTo.address'],
    ['replyToDisplayName', 'sender.replyTo.name'],
    ['envelopeFrom', 'sender.envelopeFrom'],
    ['user', 'signIn.username'],
  ] as const;
  for (const [key, field] of texts) {
    const found = read.text(key);
    if (found) profile.set(field, found.text, found.origin);
  }
  readSignIn(read, profile, draft);
  readOptions(read, profile);
}

function readServer(read: Reader, profile: ProfileDraft, draft: ImportDraft): void {
  const { server } = profile.settings;
  const ssl = read.boolean('ssl');
  const starttls = read.boolean('starttls');
  // Implicit TLS leaves nothing to upgrade, so ssl wins; starttls alone is never required (only .enable is set).
  server.security = ssl?.on ? 'tls' : starttls?.on ? 'starttls-if-offered' : 'none';
  const origin = ssl?.on ? ssl.origin : (starttls?.origin ?? ssl?.origin);
  if (origin) profile.trace('server.security', origin);
  server.port = ssl?.on ? 465 : 25;
  server.connectTimeoutSeconds = 10;
  server.commandTimeoutSeconds = 10;
  const host = read.text('host');
  if (host) profile.set('server.host', host.text, host.origin);
  const port = read.text('port');
  if (!port || port.text === '') draft.warn(`The port is missing. Keycloak then uses ${server.port}.`);
  else if (/^\d{1,5}$/.test(port.text)) profile.set('server.port', Number(port.text), port.origin);
  else draft.ignore(port.origin, `This is no port number. ${server.port} stands instead.`);
  const connect = read.milliseconds('connectionTimeout');
  if (connect)
    profile.set('server.connectTimeoutSeconds', Math.max(1, Math.ceil(connect.value / 1000)), connect.origin);
}

function readSignIn(read: Reader, profile: ProfileDraft, draft: ImportDraft): void {
  const auth = read.boolean('auth');
  const type = read.text('authType');
  const token = type?.text.toLowerCase() === 'token';
  if (type && !/^(none|basic|token|)$/i.test(type.text)) {
    draft.ignore(type.origin, 'Keycloak knows only basic and token here, and sends nothing with this.');
  }
  profile.settings.signIn.method = !auth?.on ? 'none' : token ? 'oauth2' : 'password';
  if (auth) profile.trace('signIn.method', auth.origin);
  const password = read.raw('password');
  if (password && (auth?.on || password.text !== '')) profile.secret('password', password.text, password.origin);
  const secret = read.raw('authTokenClientSecret');
  if (secret && secret.text !== '') profile.secret('clientSecret', secret.text, secret.origin);
  readToken(read, profile, token);
}

function readToken(read: Reader, profile: ProfileDraft, token: boolean): void {
  const url = read.text('authTokenUrl');
  if (token) profile.settings.signIn.oauth.grant = 'client-credentials';
  if (url) {
    Object.assign(profile.settings.signIn.oauth, providerOf(url.text));
    for (const field of ['provider', 'tenant', 'tokenUrl']) profile.trace(`signIn.oauth.${field}`, url.origin);
  }
  const scope = read.text('authTokenScope');
  if (scope) profile.set('signIn.oauth.scope', scope.text, scope.origin);
  const client = read.text('authTokenClientId');
  if (client) profile.set('signIn.oauth.clientId', client.text, client.origin);
}

function readOptions(read: Reader, profile: ProfileDraft): void {
  const options: NonNullable<ProfileSettings['products']['keycloak']> = { ...profile.settings.products.keycloak };
  const note = (key: keyof typeof options, origin: ImportOrigin) => profile.trace(`products.keycloak.${key}`, origin);
  for (const key of ['allowutf8', 'debug'] as const) {
    const found = read.boolean(key);
    if (!found) continue;
    options[key] = found.on;
    note(key, found.origin);
  }
  const timeout = read.milliseconds('timeout');
  if (timeout) {
    profile.set('server.commandTimeoutSeconds', Math.max(1, Math.ceil(timeout.value / 1000)), timeout.origin);
    // What is no whole number of seconds is kept exactly, as the product's own option.
    if (timeout.value % 1000 !== 0 || timeout.value === 0) {
      options.timeout = timeout.value;
      note('timeout', timeout.origin);
    }
  }
  const write = read.milliseconds('writeTimeout');
  if (write) {
    options.writeTimeout = write.value;
    note('writeTimeout', write.origin);
  }
  if (Object.keys(options).length > 0) profile.settings.products = { keycloak: options };
}

interface FoundText {
  text: string;
  origin: ImportOrigin;
}

/** Looks keys up as Keycloak does: everything is a text, switches and numbers are made one. */
class Reader {
  private readonly section: JsonSection;
  private readonly draft: ImportDraft;

  constructor(section: JsonSection, draft: ImportDraft) {
    this.section = section;
    this.draft = draft;
  }

  /** The text as it stands, references and all. */
  raw(key: string): FoundText | undefined {
    const found = this.section.get(key);
    if (!found) return undefined;
    if (typeof found.value === 'object') {
      this.draft.ignore(found.origin, 'Keycloak expects a text here.');
      return undefined;
    }
    return { text: String(found.value), origin: found.origin };
  }

  /** The text with the defaults of its references filled in; undefined when one has none. */
  text(key: string): FoundText | undefined {
    const found = this.raw(key);
    if (!found?.text.includes('${')) return found;
    const filled = found.text.replace(/\$\{[^{}:]+:([^{}]*)\}/g, '$1');
    if (filled.includes('${')) {
      this.draft.ignore(found.origin, 'This points to a variable of the server. Enter the value by hand.');
      return undefined;
    }
    this.draft.warn(`Line ${found.origin.line}: ${key} points to a variable of the server. Its fallback was taken.`);
    return { ...found, text: filled };
  }

  /** A switch: only the exact word true is on. */
  boolean(key: string): { on: boolean; origin: ImportOrigin } | undefined {
    const found = this.text(key);
    if (!found) return undefined;
    if (!['true', 'false', ''].includes(found.text)) {
      this.draft.warn(`Line ${found.origin.line}: ${key} is neither true nor false. Keycloak takes it as off.`);
    }
    return { on: found.text === 'true', origin: found.origin };
  }

  milliseconds(key: string): { value: number; origin: ImportOrigin } | undefined {
    const found = this.text(key);
    if (!found || found.text === '') return undefined;
    if (/^\d{1,9}$/.test(found.text)) return { value: Number(found.text), origin: found.origin };
    this.draft.ignore(found.origin, 'This is no number of milliseconds. The default stands instead.');
    return undefined;
  }
}
