import { splitAddress } from '../../../shared/address.ts';
import { appErrorOf } from '../../../shared/errors.ts';
import { bareHost } from '../../../shared/host.ts';
import type { ProfileSettings } from '../../../shared/profile.ts';
import { fail, type Result } from '../../../shared/result.ts';
import { ImportDraft, type ProfileDraft } from '../draft.ts';
import { type FoundText, LineSection } from '../lines/section.ts';
import { setPort } from '../product.ts';
import { isTrue, readJavaMail } from '../properties/javamail.ts';
import { readSheet } from '../properties/sheet.ts';
import { readPropertiesFile } from '../properties/write.ts';
import type { SourceDocument } from '../source.ts';
import type { ParsedImport } from '../target.ts';

const NAME = 'Zuora';

/** Zuora's fields as JavaMail properties; those that JavaMail does not have carry Zuora's name. */
export const FIELDS = {
  host: 'mail.smtp.host',
  port: 'mail.smtp.port',
  authentication: 'mail.smtp.auth',
  mechanisms: 'mail.smtp.auth.mechanisms',
  starttls: 'mail.smtp.starttls.enable',
  username: 'mail.smtp.user',
  password: 'mail.smtp.password',
  provider: 'zuora.oauth2.provider',
  factoryPort: 'mail.smtp.socketFactory.port',
  factoryClass: 'mail.smtp.socketFactory.class',
  fallback: 'mail.smtp.socketFactory.fallback',
  selected: 'zuora.selectExternalServer',
} as const;

/** See {@link FIELDS}. */
export type ZuoraField = keyof typeof FIELDS;

/** Labels of the page, in its order. */
export const LABELS: Partial<Record<ZuoraField, string>> = {
  host: 'SMTP Server Name',
  port: 'SMTP Port',
  authentication: 'Authentication',
  starttls: 'SMTP Enable StartTLS',
  username: 'SMTP User Name',
  password: 'Password',
  provider: 'OAuth2.0 Provider',
  factoryPort: 'SMTP SocketFactory Port',
  factoryClass: 'SMTP SocketFactory Class',
  fallback: 'SMTP SocketFactory Fallback',
  selected: 'Select External SMTP Server',
};

/** True for a sheet of the page's labels. */
export function isSheet(text: string): boolean {
  return /^\ufeff?SMTP (?:Server Name|User Name|Port|SocketFactory \w+|Enable StartTLS):/m.test(text);
}

/** How surely a text is Zuora's sheet, or properties of JavaMail. */
export function recogniseZuora({ lines: text }: SourceDocument): number {
  if (isSheet(text)) return 0.9;
  if (/^[ \t]*zuora\.\w+(?:\.\w+)?[ \t]*[=:]/m.test(text)) return 0.9;
  return /^[ \t]*mail\.smtps?\.(?:host|port|auth|user|socketFactory\.\w+|starttls\.\w+)[ \t]*[=:]/m.test(text)
    ? 0.6
    : 0;
}

/** Reads the sheet, or JavaMail's properties mail.smtp and mail.smtps. */
export function parseZuora(source: SourceDocument): Result<ParsedImport> {
  const draft = new ImportDraft();
  const sheet = isSheet(source.text);
  const read = sheet
    ? ({ ok: true, value: readSheet(source.text, Object.values(LABELS)) } as const)
    : readPropertiesFile(source.text.replace(/^\ufeff/, ''));
  if (!read.ok) return read;
  const mail = read.value.entries.filter(({ key }) => sheet || /^(?:mail\.|zuora\.)/.test(key));
  const section = new LineSection(mail);
  // smtps is the same set of properties for TLS from the first byte.
  const smtps = !sheet && section.has('mail.smtps.host');
  const get = (field: ZuoraField): FoundText | undefined => {
    if (sheet) return LABELS[field] === undefined ? undefined : section.filled(LABELS[field] ?? '');
    return section.filled(smtps ? FIELDS[field].replace(/^mail\.smtp\./, 'mail.smtps.') : FIELDS[field]);
  };
  if (!get('host') && !get('username')) return fail(appErrorOf('NO_MAIL_SETTINGS', { target: NAME }));
  for (const { key, line } of section.duplicates())
    draft.warn(`Line ${line}: ${key} stands more than once. The last one counts.`);
  const profile = draft.profile();
  readServer(get, profile, draft, smtps);
  const name = (key: string) => (smtps ? `mail.smtps.${key}` : `mail.smtp.${key}`);
  const lookup = sheet ? (key: string) => sheetProperty(key, get) : (key: string) => section.filled(name(key));
  readJavaMail(lookup, profile, draft, smtps || isTrue(section.filled('mail.smtp.ssl.enable')));
  readSignIn(get, profile, sheet, section.get(sheet ? (LABELS.password ?? '') : name('password')));
  readOptions(get, profile, draft);
  for (const key of ['mail.transport.protocol', 'mail.debug']) section.get(key);
  for (const origin of section.rest()) draft.ignore(origin, 'This has no counterpart here.');
  profile.finish(NAME);
  return draft.result();
}

type Lookup = (field: ZuoraField) => FoundText | undefined;

/** The fields of the sheet that JavaMail knows by another name. */
function sheetProperty(key: string, get: Lookup): FoundText | undefined {
  if (key === 'starttls.enable') return get('starttls');
  return key === 'socketFactory.class' ? get('factoryClass') : undefined;
}

function readServer(get: Lookup, profile: ProfileDraft, draft: ImportDraft, smtps: boolean): void {
  profile.settings.server.port = smtps ? 465 : 25;
  const host = get('host');
  if (host) profile.set('server.host', bareHost(host.value), host.origin);
  setPort(profile, draft, get('port'));
}

function readSignIn(get: Lookup, profile: ProfileDraft, sheet: boolean, password: FoundText | undefined): void {
  const kind = get('authentication');
  const isOAuth = /OAUTH/i.test((sheet ? kind : get('mechanisms'))?.value ?? '');
  const signsIn = sheet || isTrue(kind);
  profile.settings.signIn.method = isOAuth ? 'oauth2' : signsIn ? 'password' : 'none';
  if (kind) profile.trace('signIn.method', kind.origin);
  const user = get('username');
  if (user) {
    profile.set('signIn.username', user.value, user.origin);
    // "The email address of the sender", says the page.
    if (splitAddress(user.value)) profile.set('sender.from.address', user.value, user.origin);
  }
  if (password && signsIn && !isOAuth) profile.secret('password', password.value, password.origin);
}

function readOptions(get: Lookup, profile: ProfileDraft, draft: ImportDraft): void {
  const own: NonNullable<ProfileSettings['products']['zuora']> = {};
  const [provider, factory, port, fallback, selected] = (
    ['provider', 'factoryClass', 'factoryPort', 'fallback', 'selected'] as const
  ).map(get);
  if (provider) {
    own.oauthProvider = provider.value;
    profile.trace('products.zuora.oauthProvider', provider.origin);
  }
  if (factory) {
    own.socketFactoryClass = factory.value;
    profile.trace('products.zuora.socketFactoryClass', factory.origin);
  }
  if (port && /^\d{1,5}$/.test(port.value)) {
    own.socketFactoryPort = Number(port.value);
    profile.trace('products.zuora.socketFactoryPort', port.origin);
  }
  if (fallback) {
    own.socketFactoryFallback = isTrue(fallback);
    profile.trace('products.zuora.socketFactoryFallback', fallback.origin);
  }
  if (factory && (!fallback || isTrue(fallback))) {
    draft.warn(
      `Line ${(fallback ?? factory).origin.line}: The fallback is on, so that mail goes on in plain text when TLS fails.`,
    );
  }
  if (selected) {
    own.selected = isTrue(selected);
    profile.set('status', isTrue(selected) ? 'active' : 'inactive', selected.origin);
  }
  if (Object.keys(own).length > 0) profile.settings.products = { zuora: own };
}
