import { appErrorOf } from '../../shared/errors.ts';
import { bareHost } from '../../shared/host.ts';
import type { Security } from '../../shared/profile.ts';
import { fail, type Result } from '../../shared/result.ts';
import type { ImportOrigin } from '../../shared/target.ts';
import { ImportDraft, type ProfileDraft } from './draft.ts';
import { readEnv } from './env/env.ts';
import type { Variable } from './env/variables.ts';
import { caselessKey, type JsonDocument } from './json/document.ts';
import { type Found, JsonSection } from './json/section.ts';
import type { SourceDocument } from './source.ts';
import type { ParsedImport } from './target.ts';

const NAME = 'Mattermost';

const SWITCHES = [
  'EnableSignUpWithEmail',
  'EnableSignInWithEmail',
  'EnableSignInWithUsername',
  'UseChannelInEmailNotifications',
  'RequireEmailVerification',
  'SendPushNotifications',
  'EnableEmailBatching',
  'EnablePreviewModeBanner',
] as const;

const TEXTS = [
  'FeedbackOrganization',
  'PushNotificationServer',
  'PushNotificationContents',
  'EmailNotificationContentsType',
  'LoginButtonColor',
  'LoginButtonBorderColor',
  'LoginButtonTextColor',
] as const;

const NUMBERS = ['PushNotificationBuffer', 'EmailBatchingBufferSize', 'EmailBatchingInterval'] as const;

const SECURITIES: ReadonlyMap<string, Security> = new Map([
  ['', 'none'],
  // Up to 5.x a word for no encryption.
  ['PLAIN', 'none'],
  ['TLS', 'tls'],
  // STARTTLS goes on in plain text when it fails, so it is the opportunistic kind (mail.go drops the error).
  ['STARTTLS', 'starttls-if-offered'],
]);

/** Where the values of one import come from: sections of a file, or variables. */
interface Source {
  email: Lookup;
  service: Lookup;
}
type Lookup = (key: string) => Found | undefined;

/** How surely a text is Mattermost's: its section of that name, its variables, or the section's own keys. */
export function recogniseMattermost(source: SourceDocument): number {
  if (!source.looksLikeJson())
    return /^[ \t]*(?:export[ \t]+)?MM_EMAILSETTINGS_\w+[ \t]*=/im.test(source.text) ? 0.95 : 0;
  const read = source.json();
  if (!read.ok) return /"EmailSettings"\s*:/i.test(source.text) ? 0.5 : 0;
  const { value: document } = read;
  const root = new JsonSection(document, [document.root], '', caselessKey);
  const email = root.section('EmailSettings');
  if (email) return email.has('SMTPServer', 'FeedbackEmail', 'ConnectionSecurity') ? 0.95 : 0.8;
  if (root.has('SMTPServer') && root.has('ConnectionSecurity', 'EnableSMTPAuth', 'FeedbackEmail')) return 0.8;
  return root.has('SqlSettings') && root.has('ServiceSettings', 'TeamSettings') ? 0.6 : 0;
}

/** Reads config.json of any version, a part of it, or the variables. */
export function parseMattermost(source: SourceDocument): Result<ParsedImport> {
  const draft = new ImportDraft();
  if (!source.looksLikeJson()) return parseVariables(source.text, draft);
  const read = source.json();
  if (!read.ok) return read;
  const { value: document } = read;
  const root = new JsonSection(document, [document.root], '', caselessKey);
  const email = root.section('EmailSettings') ?? (root.has('SMTPServer', 'SMTPPort') ? root : undefined);
  if (!email) return fail(appErrorOf('NO_MAIL_SETTINGS', { target: NAME }));
  const service = root.section('ServiceSettings');
  reportFile(document, root, email, draft);
  readProfile({ email: (key) => email.get(key), service: (key) => service?.get(key) }, draft);
  for (const origin of email.rest()) draft.ignore(origin, 'This key has nothing to do with the mail server.');
  return draft.result();
}

function parseVariables(text: string, draft: ImportDraft): Result<ParsedImport> {
  const variables = readEnv(text).flatMap(({ key, value, line, open }) => {
    if (!open || !OWN_VARIABLE.test(key)) return [{ name: key, value, line, key }];
    draft.ignore({ key, line }, 'The value has several lines, which no mail setting can have.');
    return [];
  });
  if (!readMattermostVariables(variables, draft)) return fail(appErrorOf('NO_MAIL_SETTINGS', { target: NAME }));
  return draft.result();
}

const OWN_VARIABLE = /^MM_(EMAIL|SERVICE)SETTINGS_/i;

/** Reads the variables of a server's environment; false when none of them is about mail. */
export function readMattermostVariables(variables: readonly Variable[], draft: ImportDraft): boolean {
  const entries = new Map<string, Found>();
  for (const { name, value, key, line } of variables) {
    if (OWN_VARIABLE.test(name)) entries.set(name.toUpperCase(), { value, origin: { key, line } });
  }
  const lookup = (section: string) => (key: string) => entries.get(`MM_${section}_${key}`.toUpperCase());
  if (![...entries.keys()].some((key) => key.startsWith('MM_EMAILSETTINGS_'))) return false;
  readProfile({ email: lookup('EMAILSETTINGS'), service: lookup('SERVICESETTINGS') }, draft);
  return true;
}

function reportFile(document: JsonDocument, root: JsonSection, email: JsonSection, draft: ImportDraft): void {
  if (document.bom) draft.warn('The file begins with a byte order mark. Mattermost does not start with it.');
  for (const { key, line } of email.duplicates()) {
    draft.warn(`Line ${line}: ${key} stands more than once. Mattermost takes the last one.`);
  }
  const relay = root.section('MessageExportSettings')?.section('GlobalRelaySettings');
  const account = relay?.get('SMTPUsername');
  if (account && account.value !== '') {
    draft.ignore(
      account.origin,
      'This is a second account, for compliance export only. Import takes the one for mail.',
    );
  }
}

function readProfile(source: Source, draft: ImportDraft): void {
  const profile = draft.profile();
  const read = new Reader(source.email, draft);
  readServer(read, profile, draft);
  readSignIn(read, profile, draft);
  readSender(read, profile, draft);
  const notifications = read.boolean('SendEmailNotifications') ?? negated(read.boolean('ByPassEmail'));
  if (notifications) profile.set('status', notifications.value ? 'active' : 'inactive', notifications.origin);
  readOptions(read, new Reader(source.service, draft), profile);
  profile.finish(NAME);
}

function readServer(read: Reader, profile: ProfileDraft, draft: ImportDraft): void {
  const host = read.text('SMTPServer');
  const port = read.text('SMTPPort');
  // Versions 0.5 to 0.7 have no port key: the host carries it.
  const joined = port ? null : /^(.+):(\d{1,5})$/.exec(host?.value ?? '');
  const name = joined?.[1] ?? host?.value ?? '';
  if (name === '') {
    draft.warn(
      `${host ? `Line ${host.origin.line}: ` : ''}No mail server is set. Mattermost then uses its placeholder, localhost:10025.`,
    );
  }
  profile.settings.server.port = 10_025;
  profile.settings.server.connectTimeoutSeconds = 10;
  if (host) profile.set('server.host', bareHost(name) || 'localhost', host.origin);
  else profile.settings.server.host = 'localhost';
  if (joined?.[2] && host) profile.set('server.port', Number(joined[2]), host.origin);
  if (port && port.value !== '') readPort(port, profile, draft);
  if (name === 'dockerhost') draft.warn('dockerhost is Mattermost’s own placeholder, not a mail server.');
  readSecurity(read, profile, draft);
  const timeout = read.number('SMTPServerTimeout');
  if (timeout && timeout.value !== 0) profile.set('server.connectTimeoutSeconds', timeout.value, timeout.origin);
  const skip = negated(read.boolean('SkipServerCertificateVerification'));
  if (skip) profile.set('tls.verifyCertificate', skip.value, skip.origin);
}

function readPort({ value, origin }: Typed<string>, profile: ProfileDraft, draft: ImportDraft): void {
  if (/^\d{1,5}$/.test(value)) profile.set('server.port', Number(value), origin);
  else draft.ignore(origin, 'This is no port number. 10025 stands instead, as Mattermost has it.');
}

function readSecurity(read: Reader, profile: ProfileDraft, draft: ImportDraft): void {
  profile.settings.server.security = 'none';
  const security = read.text('ConnectionSecurity');
  if (!security) {
    const tls = read.boolean('UseTLS');
    const starttls = read.boolean('UseStartTLS');
    if (tls?.value) profile.set('server.security', 'tls', tls.origin);
    else if (starttls) profile.set('server.security', starttls.value ? 'starttls-if-offered' : 'none', starttls.origin);
    else if (tls) profile.set('server.security', 'none', tls.origin);
    return;
  }
  const known = SECURITIES.get(security.value);
  if (known) profile.set('server.security', known, security.origin);
  else
    draft.ignore(
      security.origin,
      'Mattermost knows only TLS, STARTTLS and nothing here, and does not start with this.',
    );
}

function readSignIn(read: Reader, profile: ProfileDraft, draft: ImportDraft): void {
  const username = read.text('SMTPUsername');
  if (username) profile.set('signIn.username', username.value, username.origin);
  const enabled = read.boolean('EnableSMTPAuth');
  const encrypted = profile.settings.server.security !== 'none';
  // Without the key, current servers sign in exactly when the connection is to be encrypted (SetDefaults).
  const signsIn = enabled ? enabled.value : encrypted;
  profile.settings.signIn.method = signsIn ? 'password' : 'none';
  if (enabled) profile.trace('signIn.method', enabled.origin);
  else if (encrypted)
    draft.warn('EnableSMTPAuth is missing. Mattermost then signs in, since the connection is encrypted.');
  if (enabled?.value && !encrypted) {
    draft.warn(
      `Line ${enabled.origin.line}: Mattermost never signs in without TLS, so no message leaves with these settings.`,
    );
  }
  const password = read.text('SMTPPassword');
  if (password && (signsIn || password.value !== '')) profile.secret('password', password.value, password.origin);
}

function readSender(read: Reader, profile: ProfileDraft, draft: ImportDraft): void {
  const from = read.text('FeedbackEmail');
  if (from) profile.set('sender.from.address', from.value, from.origin);
  const name = read.text('FeedbackName');
  if (name) profile.set('sender.from.name', name.value, name.origin);
  const replyTo = read.text('ReplyToAddress');
  if (replyTo) profile.set('sender.replyTo.address', replyTo.value, replyTo.origin);
  if (from?.value === 'test@example.com') {
    draft.warn(`Line ${from.origin.line}: test@example.com is Mattermost’s own placeholder, not an address of yours.`);
  }
}

function readOptions(email: Reader, service: Reader, profile: ProfileDraft): void {
  const options: Record<string, string | number | boolean> = {};
  const take = (key: string, found: Typed<string | number | boolean> | undefined) => {
    if (!found) return;
    options[key] = found.value;
    profile.trace(`products.mattermost.${key}`, found.origin);
  };
  for (const key of SWITCHES) take(key, email.boolean(key));
  for (const key of TEXTS) take(key, email.text(key));
  for (const key of NUMBERS) take(key, email.number(key));
  take('EnableSecurityFixAlert', service.boolean('EnableSecurityFixAlert'));
  if (Object.keys(options).length > 0) profile.settings.products = { mattermost: options };
}

interface Typed<T> {
  value: T;
  origin: ImportOrigin;
}

function negated(found: Typed<boolean> | undefined): Typed<boolean> | undefined {
  return found && { ...found, value: !found.value };
}

/** Looks keys up with their type; a value of another type is taken where its meaning is plain, and reported. */
class Reader {
  private readonly lookup: Lookup;
  private readonly draft: ImportDraft;

  constructor(lookup: Lookup, draft: ImportDraft) {
    this.lookup = lookup;
    this.draft = draft;
  }

  text(key: string): Typed<string> | undefined {
    const found = this.lookup(key);
    if (!found) return undefined;
    if (typeof found.value === 'string') return { value: found.value, origin: found.origin };
    if (typeof found.value !== 'number') return this.wrong(found, 'a text');
    this.draft.warn(`Line ${found.origin.line}: ${key} is a number. Mattermost wants it in quotes and does not start.`);
    return { value: String(found.value), origin: found.origin };
  }

  /** Switches; in variables as Go's ParseBool takes them. */
  boolean(key: string): Typed<boolean> | undefined {
    const found = this.lookup(key);
    if (!found) return undefined;
    if (typeof found.value === 'boolean') return { value: found.value, origin: found.origin };
    const text = typeof found.value === 'string' ? found.value : '';
    if (/^(1|t|true)$/i.test(text)) return { value: true, origin: found.origin };
    if (/^(0|f|false)$/i.test(text)) return { value: false, origin: found.origin };
    return this.wrong(found, 'true or false');
  }

  number(key: string): Typed<number> | undefined {
    const found = this.lookup(key);
    if (!found) return undefined;
    if (typeof found.value === 'number') return { value: found.value, origin: found.origin };
    if (typeof found.value === 'string' && /^-?\d{1,9}$/.test(found.value)) {
      return { value: Number(found.value), origin: found.origin };
    }
    return this.wrong(found, 'a whole number');
  }

  private wrong({ origin }: Found, wanted: string): undefined {
    this.draft.ignore(origin, `Mattermost expects ${wanted} here. Its default stands instead.`);
    return undefined;
  }
}
