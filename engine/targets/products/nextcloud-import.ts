import { appErrorOf } from '../../../shared/errors.ts';
import { bareHost } from '../../../shared/host.ts';
import { fail, type Result } from '../../../shared/result.ts';
import type { ImportOrigin } from '../../../shared/target.ts';
import { type CodeEntry, CodeSettings, type CodeValue } from '../code/value.ts';
import { ImportDraft, type ProfileDraft } from '../draft.ts';
import { parseProduct } from '../env/product.ts';
import { setMechanism } from '../env/read-profile.ts';
import { NEXTCLOUD } from '../env/vocabularies/php.ts';
import type { JsonDocument, JsonMember, JsonValue } from '../json/document.ts';
import { readPhpConfig } from '../php/read.ts';
import { splitHostPort } from '../product.ts';
import type { SourceDocument } from '../source.ts';
import type { ParsedImport } from '../target.ts';
import { findTemplate } from '../templates.ts';

const NAME = 'Nextcloud';

/** How surely a text is config.php, the JSON of occ, or the variables of the image. */
export function recogniseNextcloud(source: SourceDocument): number {
  if (source.looksLikeJson()) {
    const members = jsonMembers(source);
    if (members.some(({ key }) => key.startsWith('mail_'))) return 0.9;
    return members.some(({ key }) => key === 'instanceid' || key === 'overwrite.cli.url') ? 0.6 : 0;
  }
  if (/\$CONFIG\s*=\s*(array\s*\(|\[)/i.test(source.text)) return /['"]mail_/.test(source.text) ? 0.95 : 0.7;
  return source.variableMatches().find(({ id }) => id === NEXTCLOUD.id)?.score ?? 0;
}

/** Reads any of the three. Errors: PARSE_FAILED, TEMPLATE_FILE, NO_MAIL_SETTINGS. */
export function parseNextcloud(source: SourceDocument): Result<ParsedImport> {
  const draft = new ImportDraft();
  const nothing = () => fail(appErrorOf('NO_MAIL_SETTINGS', { target: NAME }));
  if (source.looksLikeJson()) {
    const read = source.json();
    if (!read.ok) return read;
    return readSettings(jsonEntries(source, read.value), draft) ? draft.result() : nothing();
  }
  if (!source.text.includes('$CONFIG')) return parseProduct(NEXTCLOUD, source.variables(), source.text);
  const reading = readPhpConfig(source.text);
  if (reading) return readSettings(reading.entries, draft) ? draft.result() : nothing();
  const template = findTemplate(source.text, 2_000);
  if (template) return fail(appErrorOf('TEMPLATE_FILE', template));
  const detail = 'The array $CONFIG is not there, or is not closed.';
  return fail(appErrorOf('PARSE_FAILED', { format: 'PHP', line: 1, column: 1, detail }));
}

/** The members of `system`, or of the whole when that is all there is. */
function jsonMembers(source: SourceDocument): readonly JsonMember[] {
  const read = source.json();
  if (!read.ok) return [];
  const system = read.value.member(read.value.root, 'system');
  return read.value.members(system?.valueStart ?? read.value.root);
}

function jsonEntries(source: SourceDocument, document: JsonDocument): CodeEntry[] {
  return jsonMembers(source)
    .filter(({ key, valueStart, valueEnd }) => key.startsWith('mail_') && valueEnd - valueStart < 60_000)
    .map((member) => ({
      section: '',
      key: `'${member.key}'`,
      value: '',
      line: document.lineAt(member.keyStart),
      start: member.keyStart,
      end: member.valueEnd,
      valueStart: member.valueStart,
      valueEnd: member.valueEnd,
      literal: codeValue(document.value(member)),
    }));
}

function codeValue(value: JsonValue): CodeValue {
  if (value === null) return { kind: 'nothing' };
  if (typeof value === 'string') return { kind: 'text', value };
  if (typeof value === 'number') return { kind: 'number', value };
  if (typeof value === 'boolean') return { kind: 'flag', value };
  const items = Object.entries(value).map(([key, item]) => ({
    key: Array.isArray(value) ? null : key,
    value: codeValue(item),
  }));
  return { kind: 'list', items };
}

/** A key as a reading has it: with quotes. */
export const phpKey = (name: string) => `'${name}'`;

function readSettings(all: readonly CodeEntry[], draft: ImportDraft): boolean {
  const entries = all
    .filter(({ key }) => key.startsWith("'mail_"))
    .map((entry) => ({ ...entry, key: entry.key.slice(1, -1) }));
  const read = new CodeSettings(entries, draft);
  if (!read.has('mail_smtphost', 'mail_smtpmode', 'mail_from_address', 'mail_smtpname')) return false;
  const profile = draft.profile();
  readServer(read, profile, draft);
  readSignIn(read, profile, draft);
  readFrom(read, profile);
  readMode(read, profile, draft);
  for (const origin of read.rest()) draft.ignore(origin, 'This says nothing about the mail server.');
  profile.finish(NAME);
  return true;
}

function readServer(read: CodeSettings, profile: ProfileDraft, draft: ImportDraft): void {
  const hosts = read.text('mail_smtphost');
  const [first = '', ...others] = (hosts?.value ?? '127.0.0.1').split(';').map((part) => part.trim());
  const { host, port: joined } = splitHostPort(first);
  if (hosts) profile.set('server.host', bareHost(host), hosts.origin);
  else profile.settings.server.host = read.get('mail_smtphost') ? '' : '127.0.0.1';
  if (hosts && others.length > 0) draft.ignore(hosts.origin, 'There are several servers. The first was taken.');
  const port = read.number('mail_smtpport');
  profile.settings.server.port = 25;
  if (joined !== null && hosts) profile.set('server.port', joined, hosts.origin);
  else if (port) profile.set('server.port', port.value, port.origin);
  readSecurity(read, profile, draft);
  profile.settings.server.connectTimeoutSeconds = 10;
  const timeout = read.number('mail_smtptimeout');
  if (timeout) profile.set('server.connectTimeoutSeconds', timeout.value, timeout.origin);
  readStreamOptions(read, profile, draft);
}

function readSecurity(read: CodeSettings, profile: ProfileDraft, draft: ImportDraft): void {
  const secure = read.text('mail_smtpsecure');
  const word = secure?.value ?? '';
  const { server } = profile.settings;
  // mail_smtpauthtype went with version 26, and with it the older mailer, for which nothing meant no TLS.
  const old = read.has('mail_smtpauthtype');
  if (word === 'ssl') server.security = 'tls';
  else if (word === 'tls') server.security = old ? 'starttls' : 'starttls-if-offered';
  else if (server.port === 465) server.security = 'tls';
  else server.security = old ? 'none' : 'starttls-if-offered';
  if (secure) profile.trace('server.security', secure.origin);
  if (old && server.security === 'none') {
    draft.warn(
      'The file looks older than version 26, where no word for the security means no TLS. Newer ones use STARTTLS when it is offered.',
    );
  }
}

function readStreamOptions(read: CodeSettings, profile: ProfileDraft, draft: ImportDraft): void {
  const options = read.get('mail_smtpstreamoptions');
  if (options?.value.kind !== 'list') return;
  const ssl = options.value.items.find(({ key }) => key === 'ssl')?.value;
  if (ssl?.kind !== 'list') return;
  const flag = (name: string) => {
    const value = ssl.items.find(({ key }) => key === name)?.value;
    return value && 'value' in value ? [true, 1, '1', 'true'].includes(value.value) : undefined;
  };
  const unsafe =
    flag('verify_peer') === false || flag('verify_peer_name') === false || flag('allow_self_signed') === true;
  profile.set('tls.verifyCertificate', !unsafe, options.origin);
  if (ssl.items.some(({ key }) => key === 'cafile')) {
    draft.ignore(options.origin, 'cafile is a path on the server. Paste the CA certificate itself under TLS.');
  }
  const peer = ssl.items.find(({ key }) => key === 'peer_name')?.value;
  if (peer?.kind === 'text') profile.set('tls.serverName', peer.value, options.origin);
}

function readSignIn(read: CodeSettings, profile: ProfileDraft, draft: ImportDraft): void {
  const auth = read.flag('mail_smtpauth');
  const username = read.text('mail_smtpname');
  if (username) profile.set('signIn.username', username.value, username.origin);
  const mechanism = read.text('mail_smtpauthtype');
  // LOGIN is the default of versions that have the key, not a choice.
  if (mechanism && mechanism.value !== 'LOGIN') setMechanism(mechanism, profile, draft);
  profile.settings.signIn.method = auth?.value ? 'password' : 'none';
  if (auth) profile.trace('signIn.method', auth.origin);
  read.secret('mail_smtppassword', profile);
}

function readFrom(read: CodeSettings, profile: ProfileDraft): void {
  const local = read.text('mail_from_address');
  const domain = read.text('mail_domain');
  if (local && domain && local.value !== '' && domain.value !== '') {
    profile.set('sender.from.address', `${local.value}@${domain.value}`, local.origin);
  }
}

function readMode(read: CodeSettings, profile: ProfileDraft, draft: ImportDraft): void {
  const mode = read.text('mail_smtpmode');
  if (!mode) return;
  profile.set('status', mode.value === 'smtp' || mode.value === '' ? 'active' : 'inactive', mode.origin);
  if (!['smtp', 'null', ''].includes(mode.value)) warnOfMode(mode.origin, draft);
}

function warnOfMode({ line }: ImportOrigin, draft: ImportDraft): void {
  draft.warn(`Line ${line}: mail goes through a program of the server (mail_smtpmode), not through SMTP.`);
}
