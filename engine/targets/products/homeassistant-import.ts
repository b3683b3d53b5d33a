import { appErrorOf } from '../../../shared/errors.ts';
import type { Security } from '../../../shared/profile.ts';
import { fail, type Result } from '../../../shared/result.ts';
import { ImportDraft, type ProfileDraft } from '../draft.ts';
import { setHost, setPort } from '../product.ts';
import type { SourceDocument } from '../source.ts';
import type { ParsedImport } from '../target.ts';
import type { YamlFile } from '../yaml/document.ts';
import { type YamlList, type YamlMap, YamlScalar } from '../yaml/nodes.ts';
import { YamlReader } from '../yaml/reader.ts';

const NAME = 'Home Assistant';

/** Notifiers of one file that are read. */
const MAX_PROFILES = 50;

const SECURITIES: ReadonlyMap<string, Security> = new Map([
  ['tls', 'tls'],
  ['starttls', 'starttls'],
  ['none', 'none'],
]);

/** How surely a text is Home Assistant's configuration, or the list of notifiers that it includes. */
export function recogniseHomeAssistant(source: SourceDocument): number {
  const { lines: text } = source;
  const smtp = /^\s*-?\s*platform\s*:\s*["']?smtp["']?\s*(?:#.*)?$/m.test(text);
  const home = /^(?:homeassistant|default_config|lovelace|automation)\s*:/m.test(text);
  if (!smtp && !home) return 0;
  const read = source.yaml();
  if (!read.ok) return smtp ? 0.5 : home ? 0.3 : 0;
  if (notifyPlaces(read.value).lists.some((list) => smtpItems(list).length > 0)) return 0.95;
  return home && read.value.maps().some((map) => map.has('homeassistant', 'default_config')) ? 0.7 : 0;
}

/** The lists of notifiers: under `notify` and `notify anything`, or the file itself; and the line of an include. */
export function notifyPlaces(file: YamlFile): { lists: YamlList[]; included: number | null } {
  const lists = file.lists().filter((list) => smtpItems(list).length > 0);
  let included: number | null = null;
  for (const root of file.maps()) {
    for (const { key, line } of root.entries()) {
      if (!/^notify(?:\s.*)?$/.test(key)) continue;
      const found = root.at(key);
      if (found instanceof YamlScalar) included ??= line;
      else if (found && 'items' in found) lists.push(found);
    }
  }
  return { lists, included: lists.length > 0 ? null : included };
}

/** The notifiers of the smtp platform. */
export function smtpItems(list: YamlList): YamlMap[] {
  return list.maps().filter((item) => item.scalar('platform')?.text === 'smtp');
}

/** Reads every smtp notifier. */
export function parseHomeAssistant(source: SourceDocument): Result<ParsedImport> {
  const read = source.yaml();
  if (!read.ok) return read;
  const items = notifyPlaces(read.value).lists.flatMap(smtpItems);
  if (items.length === 0) return fail(appErrorOf('NO_MAIL_SETTINGS', { target: NAME }));
  const draft = new ImportDraft();
  for (const item of items.slice(0, MAX_PROFILES)) readItem(new YamlReader(item, draft, NAME), draft);
  return draft.result();
}

function readItem(read: YamlReader, draft: ImportDraft): void {
  const profile = draft.profile();
  read.reportDuplicates('Home Assistant takes the last one.');
  profile.settings.server.connectTimeoutSeconds = 5;
  setHost(profile, read, 'server', 'localhost');
  setPort(profile, draft, read.text('port'));
  const timeout = read.number('timeout');
  if (timeout) profile.set('server.connectTimeoutSeconds', timeout.value, timeout.origin);
  const encryption = read.text('encryption');
  const security = SECURITIES.get(encryption?.value ?? 'starttls');
  if (encryption && security) profile.set('server.security', security, encryption.origin);
  else if (encryption) draft.ignore(encryption.origin, 'Home Assistant knows only tls, starttls and none here.');
  const verify = read.boolean('verify_ssl');
  if (verify) profile.set('tls.verifyCertificate', verify.value, verify.origin);
  const sender = read.text('sender');
  if (sender) profile.set('sender.from.address', sender.value, sender.origin);
  const senderName = read.text('sender_name');
  if (senderName) profile.set('sender.from.name', senderName.value, senderName.origin);
  readSignIn(read, profile);
  const name = read.text('name');
  const recipient = read.map.entry('recipient');
  if (recipient) {
    draft.ignore({ key: read.map.join('recipient'), line: recipient.line }, 'Recipients stay in Home Assistant.');
  }
  read.raw('platform');
  read.reportRest('This key has nothing to do with the mail server.');
  profile.finish(NAME, name?.value ?? '');
}

function readSignIn(read: YamlReader, profile: ProfileDraft): void {
  const user = read.raw('username');
  const password = read.raw('password');
  // It signs in only with both.
  if (user && (user.text !== '' || user.tag !== '') && password) profile.set('signIn.method', 'password', user.origin);
  const text = read.text('username');
  if (text) profile.set('signIn.username', text.value, text.origin);
  if (!password) {
    // Left out on purpose, as an export of ours does: the account is meant all the same.
    if (text && text.value !== '') profile.set('signIn.method', 'password', text.origin);
    return;
  }
  if (password.tag !== '') profile.reference('password', `${password.tag} ${password.text}`, password.origin);
  else profile.secret('password', password.text, password.origin);
}
