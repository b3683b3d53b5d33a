import { appErrorOf } from '../../../shared/errors.ts';
import { bareHost } from '../../../shared/host.ts';
import type { ProfileSettings } from '../../../shared/profile.ts';
import { fail, type Result } from '../../../shared/result.ts';
import type { ImportOrigin } from '../../../shared/target.ts';
import { ImportDraft, type ProfileDraft } from '../draft.ts';
import type { JsonDocument, JsonValue } from '../json/document.ts';
import { JsonSection } from '../json/section.ts';
import type { SourceDocument } from '../source.ts';
import type { ParsedImport } from '../target.ts';

const NAME = 'Keepnet';

/** Settings of one answer that are read. */
const MAX_SETTINGS = 500;

/** How surely a text is a request to, or an answer of, Keepnet's API. */
export function recogniseKeepnet(source: SourceDocument): number {
  const read = source.looksLikeJson() ? source.json() : null;
  if (!read?.ok) return 0;
  return settingsOffsets(read.value).length > 0 ? 0.95 : 0;
}

/** Reads one setting, an answer with one, or a list of them. Errors: PARSE_FAILED, NO_MAIL_SETTINGS, TEMPLATE_FILE. */
export function parseKeepnet(source: SourceDocument): Result<ParsedImport> {
  const read = source.json();
  if (!read.ok) return read;
  const draft = new ImportDraft();
  const offsets = settingsOffsets(read.value);
  for (const offset of offsets) readSetting(new JsonSection(read.value, [offset], ''), draft);
  return offsets.length > 0 ? draft.result() : fail(appErrorOf('NO_MAIL_SETTINGS', { target: NAME }));
}

/** Objects with a server and a port: the text itself, its `data`, or the items of `data.results`. */
function settingsOffsets(document: JsonDocument): number[] {
  const data = document.member(document.root, 'data')?.valueStart;
  const results = data === undefined ? undefined : document.member(data, 'results')?.valueStart;
  const lists = [document.root, data, results].flatMap((offset) =>
    offset === undefined ? [] : document.elements(offset),
  );
  const all = [document.root, ...(data === undefined ? [] : [data]), ...lists.slice(0, MAX_SETTINGS)];
  return all.filter(
    (offset) => new JsonSection(document, [offset], '').has('serverAddress') && isSetting(document, offset),
  );
}

function isSetting(document: JsonDocument, offset: number): boolean {
  return new JsonSection(document, [offset], '').has('serverPort', 'useSSL', 'hasSMTPRelay', 'useAuthentication');
}

function readSetting(read: JsonSection, draft: ImportDraft): void {
  const profile = draft.profile();
  const name = read.get('name');
  const label = typeof name?.value === 'string' ? name.value : '';
  takeText(read, 'serverAddress', 'server.host', profile, (text) => bareHost(text.trim()));
  const port = read.get('serverPort');
  if (port && /^\d{1,5}$/.test(String(port.value))) profile.set('server.port', Number(port.value), port.origin);
  else if (port) draft.ignore(port.origin, 'This is no port number. 587 stands instead.');
  readSwitches(read, profile);
  takeText(read, 'userName', 'signIn.username', profile);
  const password = read.get('password');
  if (typeof password?.value === 'string' && profile.settings.signIn.method === 'password') {
    profile.secret('password', password.value, password.origin);
  }
  takeText(read, 'replyTo', 'sender.replyTo.address', profile);
  takeText(read, 'errorTo', 'sender.errorsTo', profile);
  for (const field of ['cc', 'bcc'] as const) readList(read, field, profile);
  readHeaders(read, profile, draft);
  readOwn(read, profile);
  for (const origin of read.rest()) {
    if (!/^(userId|statusId|companyResourceId|createTime)$/.test(origin.key))
      draft.ignore(origin, 'This is not taken over.');
  }
  profile.finish(NAME, label);
}

function readSwitches(read: JsonSection, profile: ProfileDraft): void {
  const on = (value: JsonValue) => value === true || value === 1 || value === 'true';
  const ssl = read.get('useSSL');
  // One switch for both kinds of TLS: the port tells which one the server expects.
  const encrypted = profile.settings.server.port === 465 ? 'tls' : 'starttls';
  profile.settings.server.security = ssl && on(ssl.value) ? encrypted : 'none';
  if (ssl) profile.trace('server.security', ssl.origin);
  const auth = read.get('useAuthentication');
  profile.settings.signIn.method = auth && on(auth.value) ? 'password' : 'none';
  if (auth) profile.trace('signIn.method', auth.origin);
  const relay = read.get('hasSMTPRelay');
  if (relay) profile.set('sender.relayAllowed', on(relay.value), relay.origin);
  const status = read.get('statusName');
  if (typeof status?.value === 'string') {
    profile.set('status', /inactive|passive|disabled/i.test(status.value) ? 'inactive' : 'active', status.origin);
  }
}

function takeText(
  read: JsonSection,
  key: string,
  field: string,
  profile: ProfileDraft,
  change = (text: string) => text,
): void {
  const found = read.get(key);
  if (typeof found?.value === 'string' && found.value !== '') profile.set(field, change(found.value), found.origin);
}

function readList(read: JsonSection, field: 'cc' | 'bcc', profile: ProfileDraft): void {
  const found = read.get(field);
  if (typeof found?.value !== 'string' || found.value.trim() === '') return;
  profile.set(
    `sender.${field}`,
    found.value
      .split(/[,;]/)
      .map((item) => item.trim())
      .filter(Boolean),
    found.origin,
  );
}

function readHeaders(read: JsonSection, profile: ProfileDraft, draft: ImportDraft): void {
  const found = read.get('customHeader');
  if (typeof found?.value !== 'string' || found.value === '') return;
  const headers = found.value.split(/\r?\n/).flatMap((line) => {
    const match = /^([!-9;-~]{1,76}):[ \t]?(.*)$/.exec(line);
    if (!match?.[1]) return [];
    return [{ name: match[1], value: match[2] ?? '' }];
  });
  if (headers.length === 0) draft.ignore(found.origin, 'This is no header of the form Name: value.');
  profile.settings.sender.headers = headers;
  profile.trace('sender.headers', found.origin);
}

function readOwn(read: JsonSection, profile: ProfileDraft): void {
  const own: NonNullable<ProfileSettings['products']['keepnet']> = {};
  const note = (key: keyof typeof own, origin: ImportOrigin) => profile.trace(`products.keepnet.${key}`, origin);
  const resource = read.get('resourceId');
  if (typeof resource?.value === 'string' && resource.value !== '') {
    own.resourceId = resource.value;
    note('resourceId', resource.origin);
  }
  const requests = read.get('availableForRequests');
  if (Array.isArray(requests?.value) && requests.value.every(isRequest)) {
    own.availableForRequests = requests.value.map(({ type, resourceId }) => ({ type, resourceId }));
    note('availableForRequests', requests.origin);
  }
  readCompanies(read, own, profile);
  if (Object.keys(own).length > 0) profile.settings.products = { keepnet: own };
}

/** The companies of an answer. Sent back without them, the setting would be taken from all of them. */
function readCompanies(
  read: JsonSection,
  own: NonNullable<ProfileSettings['products']['keepnet']>,
  profile: ProfileDraft,
): void {
  const list = read.get('availableForList');
  if (!list || !Array.isArray(list.value)) return;
  const companies = list.value.flatMap((item) => {
    if (typeof item !== 'object' || item === null || Array.isArray(item)) return [];
    const { typeName, targetResourceId, targetName } = item;
    if (typeof typeName !== 'string' || typeof targetResourceId !== 'string') return [];
    return [{ type: typeName, resourceId: targetResourceId, name: typeof targetName === 'string' ? targetName : '' }];
  });
  if (companies.length === 0) return;
  own.availableForRequests ??= companies.map(({ type, resourceId }) => ({ type, resourceId }));
  profile.trace('products.keepnet.availableForRequests', list.origin);
  const names = companies.map(({ name }) => name).filter((name) => name !== '');
  if (names.length > 0) profile.set('organizations', names, list.origin);
}

function isRequest(value: JsonValue): value is { type: string; resourceId: string } {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  return typeof value.type === 'string' && typeof value.resourceId === 'string';
}
