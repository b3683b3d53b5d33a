import wellKnown from 'nodemailer/lib/well-known';
import { parseMailbox } from '../../shared/address.ts';
import { appErrorOf } from '../../shared/errors.ts';
import { bareHost } from '../../shared/host.ts';
import { TLS_VERSIONS } from '../../shared/profile.ts';
import { fail, type Result } from '../../shared/result.ts';
import { ImportDraft, type ProfileDraft } from './draft.ts';
import type { JsonDocument, JsonValue } from './json/document.ts';
import { type Found, JsonSection } from './json/section.ts';
import { findAccounts, firstOf, HOST_KEYS, PASS_KEYS, PORT_KEYS, USER_KEYS } from './nodemailer-accounts.ts';
import { readAuth, takeText } from './nodemailer-auth.ts';
import type { SourceDocument } from './source.ts';
import type { ParsedImport } from './target.ts';

const NAME = 'nodemailer';

/** How surely a text holds a mail account in nodemailer's shape; at most 0.7, since other shapes are more telling. */
export function recogniseNodemailer(source: SourceDocument): number {
  if (!source.looksLikeJson()) return 0;
  const read = source.json();
  if (!read.ok) return 0;
  const best = Math.max(0, ...findAccounts(read.value).map(({ evidence }) => evidence));
  return best === 0 ? 0 : Math.min(0.7, 0.3 + best * 0.07);
}

/** Reads every account of a file. */
export function parseNodemailer(source: SourceDocument): Result<ParsedImport> {
  const read = source.json();
  if (!read.ok) return read;
  return readAccounts(read.value, NAME);
}

/**
 * Reads the accounts of a file.
 * @param product Name for messages and profiles.
 */
export function readAccounts(document: JsonDocument, product: string): Result<ParsedImport> {
  const accounts = findAccounts(document);
  if (accounts.length === 0) return fail(appErrorOf('NO_MAIL_SETTINGS', { target: product }));
  const draft = new ImportDraft();
  const root = new JsonSection(document, [document.root], '');
  for (const { path, offset, parent } of accounts) {
    const account = new JsonSection(document, [offset], path);
    const profile = draft.profile();
    for (const { key, line } of account.duplicates()) {
      draft.warn(`Line ${line}: ${key} stands more than once. The last one counts.`);
    }
    readServer(account, profile, draft);
    readTls(account, profile, draft);
    readAuth(account, profile, draft, { user: USER_KEYS, pass: PASS_KEYS });
    // Beside the account where each has its own, else once for all.
    const defaults = defaultsBeside(document, parent, path) ?? root.section('defaults');
    readSender([account, ...(defaults ? [defaults] : []), ...(offset === document.root ? [] : [root])], profile, draft);
    for (const origin of account.rest()) draft.ignore(origin, 'This is no setting of the mail server.');
    for (const origin of defaults?.rest() ?? []) draft.ignore(origin, 'This is no setting of the sender.');
    profile.finish(product, accounts.length > 1 ? path : '');
  }
  return draft.result();
}

function defaultsBeside(document: JsonDocument, parent: number, path: string): JsonSection | undefined {
  if (parent === document.root || !document.isObject(parent)) return undefined;
  return new JsonSection(document, [parent], path.split('.').slice(0, -1).join('.')).section('defaults');
}

function readServer(account: JsonSection, profile: ProfileDraft, draft: ImportDraft): void {
  const service = account.get('service');
  const known = typeof service?.value === 'string' ? wellKnown(service.value) : false;
  const host = firstOf(account, HOST_KEYS);
  const port = firstOf(account, PORT_KEYS);
  const secure = asBoolean(account.get('secure'));
  const tls = account.get('tls');
  // Some programs write "tls": true for TLS from the first byte (MeshCentral).
  let implicit = secure ?? (typeof tls?.value === 'boolean' ? tls.value : undefined);
  if (service && known) {
    profile.set('server.host', known.host ?? '', service.origin);
    profile.set('server.port', Number(known.port ?? 587), service.origin);
    implicit = known.secure ?? false;
  } else {
    if (service) draft.ignore(service.origin, 'nodemailer knows no service of this name.');
    if (host && typeof host.value === 'string') profile.set('server.host', host.value, host.origin);
    const number = Number(port?.value);
    if (port && Number.isInteger(number)) profile.set('server.port', number, port.origin);
    else if (port) draft.ignore(port.origin, 'This is no port number.');
    // nodemailer's own rule for a missing "secure".
    implicit ??= number === 465;
    if (!port) profile.settings.server.port = implicit ? 465 : 587;
  }
  readUrl(account, profile, draft);
  readSecurity(account, profile, implicit);
  readTimes(account, profile, draft);
  const name = account.get('name');
  if (name && typeof name.value === 'string') profile.set('server.ehloName', name.value, name.origin);
  readProxy(account, profile, draft);
}

function readSecurity(account: JsonSection, profile: ProfileDraft, implicit: boolean): void {
  const origin = (
    account.get('secure') ??
    account.get('requireTLS') ??
    account.get('ignoreTLS') ??
    account.get('service')
  )?.origin;
  const ignore = asBoolean(account.get('ignoreTLS')) ?? false;
  const require = asBoolean(account.get('requireTLS')) ?? false;
  const upgraded = ignore ? 'none' : require ? 'starttls' : 'starttls-if-offered';
  if (profile.settings.server.security !== 'tls' || account.has('secure')) {
    profile.settings.server.security = implicit ? 'tls' : upgraded;
  }
  if (origin) profile.trace('server.security', origin);
}

/** `smtps://user:pass@host:465`; what is set beside it wins, as in nodemailer. */
function readUrl(account: JsonSection, profile: ProfileDraft, draft: ImportDraft): void {
  const found = account.get('url');
  if (!found || typeof found.value !== 'string') return;
  const url = URL.canParse(found.value) ? new URL(found.value) : null;
  if (!url || !/^smtps?:$/.test(url.protocol)) {
    draft.ignore(found.origin, 'This is no address of the form smtp://host:port.');
    return;
  }
  const { origin } = found;
  if (profile.settings.server.host === '') profile.set('server.host', bareHost(url.hostname), origin);
  const port = url.port === '' ? (url.protocol === 'smtps:' ? 465 : 587) : Number(url.port);
  if (!account.has(...PORT_KEYS)) profile.set('server.port', port, origin);
  if (url.protocol === 'smtps:') profile.set('server.security', 'tls', origin);
  else if (profile.settings.server.port === 465) profile.set('server.security', 'tls', origin);
  if (url.username === '') return;
  profile.set('signIn.method', 'password', origin);
  profile.set('signIn.username', decoded(url.username), origin);
  profile.secret('password', decoded(url.password), origin);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function readTimes(account: JsonSection, profile: ProfileDraft, draft: ImportDraft): void {
  const fields = [
    ['connectionTimeout', 'server.connectTimeoutSeconds'],
    ['socketTimeout', 'server.commandTimeoutSeconds'],
  ] as const;
  for (const [key, field] of fields) {
    const found = account.get(key);
    if (!found) continue;
    if (typeof found.value === 'number') profile.set(field, Math.max(1, Math.ceil(found.value / 1000)), found.origin);
    else draft.ignore(found.origin, 'This is no number of milliseconds.');
  }
  // One limit of ours covers connection and greeting.
  account.get('greetingTimeout');
}

function readProxy(account: JsonSection, profile: ProfileDraft, draft: ImportDraft): void {
  const found = account.get('proxy');
  if (!found || found.value === '') return;
  const match = /^(socks5?|http):\/\/(\[[^\]]+\]|[^:/@[\]]+):(\d{1,5})\/?$/i.exec(String(found.value));
  if (!match?.[1] || !match[2]) {
    draft.ignore(found.origin, 'Only a SOCKS 5 or an HTTP proxy with a port and without sign-in can be taken over.');
    return;
  }
  profile.set('server.proxy.kind', match[1].toLowerCase() === 'http' ? 'http-connect' : 'socks5', found.origin);
  profile.set('server.proxy.host', bareHost(match[2]), found.origin);
  profile.set('server.proxy.port', Number(match[3]), found.origin);
}

function readTls(account: JsonSection, profile: ProfileDraft, draft: ImportDraft): void {
  const tls = account.section('tls');
  if (!tls) return;
  const verify = asBoolean(tls.get('rejectUnauthorized'));
  const origin = tls.get('rejectUnauthorized')?.origin;
  if (verify !== undefined && origin) profile.set('tls.verifyCertificate', verify, origin);
  takeText(tls, 'servername', 'tls.serverName', profile);
  const version = tls.get('minVersion');
  if (version) {
    if (TLS_VERSIONS.some((known) => known === version.value)) {
      profile.set('tls.minVersion', String(version.value), version.origin);
    } else draft.ignore(version.origin, `Use one of ${TLS_VERSIONS.join(', ')}.`);
  }
  readCa(tls.get('ca'), profile, draft);
  const certificate = tls.get('cert');
  if (typeof certificate?.value === 'string' && certificate.value.includes('-----BEGIN CERTIFICATE')) {
    profile.set('tls.clientCertificatePem', certificate.value, certificate.origin);
  } else if (certificate) draft.ignore(certificate.origin, 'Only a certificate in PEM form can be taken over.');
  const key = tls.get('key');
  if (typeof key?.value === 'string') profile.secret('clientKey', key.value, key.origin);
  for (const rest of tls.rest()) draft.ignore(rest, 'This setting of TLS has no counterpart here.');
}

function readCa(found: Found | undefined, profile: ProfileDraft, draft: ImportDraft): void {
  if (!found) return;
  const list = (Array.isArray(found.value) ? found.value : [found.value]).filter((item) => typeof item === 'string');
  const pem = list.join('\n');
  if (pem.includes('-----BEGIN CERTIFICATE')) profile.set('tls.caPem', pem, found.origin);
  else draft.ignore(found.origin, 'This is no certificate in PEM form. A path is not followed.');
}

/** The sender may stand in the account, in `defaults`, or beside the account. */
function readSender(places: JsonSection[], profile: ProfileDraft, draft: ImportDraft): void {
  const find = (key: string) => places.map((place) => place.get(key)).find((found) => found !== undefined);
  readMailbox(find('from'), 'sender.from', profile, draft);
  readMailbox(find('replyTo'), 'sender.replyTo', profile, draft);
  for (const key of ['cc', 'bcc'] as const) {
    const found = find(key);
    if (!found) continue;
    const list = typeof found.value === 'string' ? found.value.split(',') : found.value;
    const addresses = (Array.isArray(list) ? list : []).map((item) => mailboxOf(item)?.address);
    if (addresses.some((address) => address === undefined))
      draft.ignore(found.origin, 'Not every entry is one mail address.');
    profile.set(
      `sender.${key}`,
      addresses.filter((address) => address !== undefined),
      found.origin,
    );
  }
  const envelope = places.map((place) => place.section('envelope')).find((section) => section !== undefined);
  if (envelope) takeText(envelope, 'from', 'sender.envelopeFrom', profile);
  readHeaders(find('headers'), profile, draft);
}

function readMailbox(
  found: Found | undefined,
  field: 'sender.from' | 'sender.replyTo',
  profile: ProfileDraft,
  draft: ImportDraft,
): void {
  if (!found || found.value === '') return;
  const mailbox = mailboxOf(
    Array.isArray(found.value) && found.value.length === 1 ? (found.value[0] ?? '') : found.value,
  );
  if (!mailbox) {
    draft.ignore(found.origin, 'This is not exactly one mail address.');
    return;
  }
  profile.set(`${field}.address`, mailbox.address, found.origin);
  if (mailbox.name !== '') profile.set(`${field}.name`, mailbox.name, found.origin);
}

function mailboxOf(value: JsonValue): { address: string; name: string } | null {
  if (typeof value === 'string') return parseMailbox(value);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  const { address, name } = value;
  return typeof address === 'string' ? { address, name: typeof name === 'string' ? name : '' } : null;
}

function readHeaders(found: Found | undefined, profile: ProfileDraft, draft: ImportDraft): void {
  if (!found) return;
  if (typeof found.value !== 'object' || found.value === null || Array.isArray(found.value)) {
    draft.ignore(found.origin, 'Headers are taken over only as names with values.');
    return;
  }
  const headers: { name: string; value: string }[] = [];
  for (const [name, values] of Object.entries(found.value)) {
    for (const value of Array.isArray(values) ? values : [values]) {
      if (typeof value !== 'string') draft.ignore(found.origin, 'A header whose value is no text was left out.');
      else if (name.toLowerCase() === 'errors-to') profile.set('sender.errorsTo', value, found.origin);
      else headers.push({ name, value });
    }
  }
  profile.settings.sender.headers = headers;
  profile.trace('sender.headers', found.origin);
}

/** A switch, also as the text that some files hold instead. */
export function asBoolean(found: Found | undefined): boolean | undefined {
  if (typeof found?.value === 'boolean') return found.value;
  if (found?.value === 'true') return true;
  return found?.value === 'false' ? false : undefined;
}
