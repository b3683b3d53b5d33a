import { appErrorOf } from '../../../shared/errors.ts';
import { fail, type Result } from '../../../shared/result.ts';
import type { ImportOrigin } from '../../../shared/target.ts';
import { ImportDraft, type ProfileDraft } from '../draft.ts';
import { setMailbox, setPort } from '../product.ts';
import type { SourceDocument } from '../source.ts';
import type { ParsedImport } from '../target.ts';
import type { YamlMap } from '../yaml/nodes.ts';
import { type Interpolate, type Typed, YamlReader } from '../yaml/reader.ts';
import { isJenkinsXml, readJenkinsXml } from './jenkins-xml.ts';

const NAME = 'Jenkins';

/** Accounts of one file that are read. */
const MAX_PROFILES = 50;

/** A text in which Configuration as Code finds no variable. */
export function jcascEscape(text: string): string {
  return text.replaceAll('${', () => '^${');
}

/** Variables with a default (`:-`) give it; `^${` is a plain `${`. */
const jcasc: Interpolate = (text) => {
  const open = /(?<!\^)\$\{/;
  if (!open.test(text)) return { kind: 'text', text: text.replaceAll('^${', () => '${') };
  const filled = text.replace(/(?<!\^)\$\{[\w.]+:-([^{}]*)\}/g, '$1');
  return open.test(filled) ? { kind: 'reference' } : { kind: 'fallback', text: filled.replaceAll('^${', () => '${') };
};

/** How surely a text is Configuration as Code with mail settings, or one of the plugins' files on disk. */
export function recogniseJenkins(source: SourceDocument): number {
  if (isJenkinsXml(source.text)) return 0.95;
  if (!/^(?:unclassified|jenkins)\s*:/m.test(source.lines)) return 0;
  const read = source.yaml();
  if (!read.ok) return /^unclassified\s*:/m.test(source.text) ? 0.5 : 0.3;
  const roots = read.value.maps();
  if (roots.some((root) => accountsOf(root).length > 0)) return 0.95;
  return roots.some((root) => root.map('jenkins') ?? root.map('unclassified')) ? 0.6 : 0;
}

/** What one account says, wherever it stands. */
export interface JenkinsAccount {
  /** Name of the plugin, and the account's own address where it has one. */
  detail: string;
  /** True when the key is there, readable or not. */
  has(key: string): boolean;
  get(key: string): Typed<string> | undefined;
  /** The password as it stands; kept elsewhere when the file holds only an id or an encrypted text. */
  password: { text: string; origin: ImportOrigin; elsewhere: boolean } | undefined;
}

interface Place {
  map: YamlMap;
  detail: string;
  reply: YamlMap;
  replyKey: string;
}

function accountsOf(root: YamlMap): Place[] {
  const unclassified = root.map('unclassified');
  const mailer = unclassified?.map('mailer');
  const places: Place[] = mailer ? [{ map: mailer, detail: '', reply: mailer, replyKey: 'replyToAddress' }] : [];
  for (const key of ['email-ext', 'extendedEmailPublisher']) {
    const plugin = unclassified?.map(key);
    if (!plugin) continue;
    const own = plugin.map('mailAccount');
    const more = plugin.list('addAccounts')?.maps() ?? [];
    for (const map of [...(own ? [own] : []), ...more]) {
      places.push({ map, detail: 'Email Extension', reply: plugin, replyKey: 'defaultReplyTo' });
    }
  }
  return places.filter(({ map }) => map.has('smtpHost', 'smtpPort'));
}

/** Reads the accounts of both plugins. */
export function parseJenkins(source: SourceDocument): Result<ParsedImport> {
  const draft = new ImportDraft();
  if (isJenkinsXml(source.text)) {
    const accounts = readJenkinsXml(source.text);
    if (!accounts.ok) return accounts;
    for (const account of accounts.value.slice(0, MAX_PROFILES)) readAccount(account, undefined, undefined, draft);
    return accounts.value.length > 0 ? draft.result() : fail(appErrorOf('NO_MAIL_SETTINGS', { target: NAME }));
  }
  const read = source.yaml();
  if (!read.ok) return read;
  const roots = read.value.maps();
  const places = roots.flatMap(accountsOf).slice(0, MAX_PROFILES);
  if (places.length === 0) return fail(appErrorOf('NO_MAIL_SETTINGS', { target: NAME }));
  const location = roots.flatMap((root) => root.down('unclassified', 'location') ?? [])[0];
  const from = location && new YamlReader(location, draft, NAME, jcasc).text('adminAddress');
  for (const { map, detail, reply, replyKey } of places) {
    const reader = new YamlReader(map, draft, NAME, jcasc);
    const replyTo = reader.on(reply).text(replyKey);
    readAccount(accountFrom(reader, detail), from, replyTo, draft);
    for (const origin of map.rest()) draft.ignore(origin, 'This key has nothing to do with the mail server.');
  }
  return draft.result();
}

function accountFrom(reader: YamlReader, detail: string): JenkinsAccount {
  const inner = reader.map.map('authentication');
  const nested = inner && reader.on(inner);
  const credentials = reader.raw('credentialsId');
  const found = nested?.raw('password') ?? reader.raw('smtpPassword') ?? reader.raw('smtpAuthPassword');
  const kept = !found && credentials && credentials.text !== '' ? credentials : undefined;
  return {
    detail,
    has: (key) => reader.map.has(key),
    get: (key) => (key === 'smtpUsername' ? nested?.text('username') : undefined) ?? reader.text(key),
    password: found ? inYaml(found) : kept && { text: kept.text, origin: kept.origin, elsewhere: true },
  };
}

function inYaml({ text, origin }: { text: string; origin: ImportOrigin }): NonNullable<JenkinsAccount['password']> {
  const meaning = jcasc(text);
  // A default may be the secret itself, so it is not shown.
  if (meaning.kind === 'reference') return { text, origin, elsewhere: true };
  if (meaning.kind === 'fallback') return { text: '', origin, elsewhere: true };
  return { text: meaning.text, origin, elsewhere: /^\{AQAAA[\w+/=]+\}$/.test(text) };
}

function readAccount(
  account: JenkinsAccount,
  from: Typed<string> | undefined,
  replyTo: Typed<string> | undefined,
  draft: ImportDraft,
): void {
  const profile = draft.profile();
  readServer(account, profile, draft);
  const user = account.get('smtpUsername') ?? account.get('smtpAuthUsername');
  if (user) profile.set('signIn.username', user.value, user.origin);
  const signsIn = (user && user.value !== '') || account.password;
  profile.settings.signIn.method = signsIn ? 'password' : 'none';
  const origin = user?.origin ?? account.password?.origin;
  if (signsIn && origin) profile.trace('signIn.method', origin);
  if (account.get('useOAuth2')?.value === 'true') {
    draft.warn('An account uses OAuth 2.0 with tokens that Jenkins keeps. Choose OAuth 2.0 and sign in anew.');
  }
  if (account.password?.elsewhere) profile.reference('password', account.password.text, account.password.origin);
  else if (account.password) profile.secret('password', account.password.text, account.password.origin);
  const own = account.get('address');
  setMailbox(profile, draft, 'sender.from', own && !/not configured yet/.test(own.value) ? own : from);
  setMailbox(profile, draft, 'sender.replyTo', replyTo ?? account.get('replyToAddress'));
  profile.finish(NAME, account.detail);
}

function readServer(account: JenkinsAccount, profile: ProfileDraft, draft: ImportDraft): void {
  const { server } = profile.settings;
  const ssl = account.get('useSsl');
  const tls = account.get('useTls');
  const on = (found: Typed<string> | undefined) => /^(?:true|yes|on)$/i.test(found?.value ?? '');
  server.security = on(ssl) ? 'tls' : on(tls) ? 'starttls' : 'none';
  const origin = on(ssl) ? ssl?.origin : (tls ?? ssl)?.origin;
  if (origin) profile.trace('server.security', origin);
  if (ssl && on(ssl) && on(tls)) {
    draft.warn(`Line ${ssl.origin.line}: useSsl and useTls are both on. Jenkins then uses TLS from the first byte.`);
  }
  // A host that is kept elsewhere is not the default one.
  server.host = account.has('smtpHost') ? '' : 'localhost';
  server.port = on(ssl) ? 465 : on(tls) ? 587 : 25;
  const host = account.get('smtpHost');
  if (host) profile.set('server.host', host.value, host.origin);
  setPort(profile, draft, account.get('smtpPort'));
  const properties = account.get('advProperties');
  if (properties) readProperties(properties, profile, draft);
}

/** Lines of JavaMail properties, as far as they mean something here. */
function readProperties({ value, origin }: Typed<string>, profile: ProfileDraft, draft: ImportDraft): void {
  for (const line of value.split(/\r?\n/)) {
    const match = /^\s*mail\.smtps?\.([\w.]+)\s*[=:]\s*(.*?)\s*$/.exec(line);
    const [, name, text] = match ?? [];
    if (name === undefined || text === undefined) {
      if (line.trim() !== '') draft.ignore(origin, 'Relaysmith knows only mail.smtp properties here.');
    } else if (name === 'ssl.trust' && (text === '*' || text === profile.settings.server.host)) {
      profile.set('tls.verifyCertificate', false, origin);
    } else if (name === 'localhost') profile.set('server.ehloName', text, origin);
    else if (name === 'from') profile.set('sender.envelopeFrom', text, origin);
    else if (name === 'starttls.enable' && text === 'true' && profile.settings.server.security === 'none') {
      profile.set('server.security', 'starttls-if-offered', origin);
    } else draft.ignore(origin, 'Relaysmith has no place for one of these properties.');
  }
}
