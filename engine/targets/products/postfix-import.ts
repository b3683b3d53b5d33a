import { appErrorOf } from '../../../shared/errors.ts';
import { bareHost, isIPv6 } from '../../../shared/host.ts';
import { type PasswordMechanism, TLS_VERSIONS } from '../../../shared/profile.ts';
import { fail, type Result } from '../../../shared/result.ts';
import type { ImportOrigin } from '../../../shared/target.ts';
import { ImportDraft, type ProfileDraft } from '../draft.ts';
import { readPostfix } from '../lines/main-cf.ts';
import { type FoundText, LineSection } from '../lines/section.ts';
import type { SourceDocument } from '../source.ts';
import type { ParsedImport } from '../target.ts';
import { findTemplate } from '../templates.ts';

const NAME = 'Postfix';

/** Lines of one table that are read. */
const MAX_RELAYS = 100;

const SERVICES: Record<string, number> = { smtp: 25, submission: 587, submissions: 465, smtps: 465 };

const MECHANISMS: Record<string, PasswordMechanism> = {
  plain: 'PLAIN',
  login: 'LOGIN',
  'cram-md5': 'CRAM-MD5',
  'scram-sha-1': 'SCRAM-SHA-1',
  'scram-sha-256': 'SCRAM-SHA-256',
};

/** True for a text whose every line is a relay in brackets with user name and password. */
export function isPasswordTable(text: string): boolean {
  const lines = text.split('\n').filter((line) => !/^\s*(?:#|$)/.test(line));
  return lines.length > 0 && lines.every((line) => /^\[[^\]\s]+\](?::\w+)?[ \t]+[^:]*:/.test(line) || /^\s/.test(line));
}

/** How surely a text is a main.cf, or a table of passwords. */
export function recognisePostfix({ lines: text }: SourceDocument): number {
  if (/^(?:relayhost|smtp_tls_security_level|smtp_sasl_password_maps)[ \t]*=/m.test(text)) return 0.92;
  if (/^(?:smtpd_\w+|mydestination|inet_interfaces)[ \t]*=/m.test(text)) return 0.7;
  return isPasswordTable(text) ? 0.75 : 0;
}

/** Reads main.cf, or a table of passwords. */
export function parsePostfix(source: SourceDocument): Result<ParsedImport> {
  const draft = new ImportDraft();
  if (isPasswordTable(source.text)) return parseTable(source.text, draft);
  const reading = readPostfix(source.text, 'parameters');
  if (reading.fault) {
    const { line, column, detail } = reading.fault;
    const template = findTemplate(source.text, line);
    if (template) return fail(appErrorOf('TEMPLATE_FILE', template));
    return fail(appErrorOf('PARSE_FAILED', { format: 'main.cf', line, column, detail: `${detail}.` }));
  }
  const entries = reading.entries.filter(({ key }) => /^(?:relayhost$|smtp_)/.test(key));
  const file = new LineSection(entries.map((entry) => ({ ...entry, value: expand(entry.value, reading.entries) })));
  const relay = file.filled('relayhost');
  // Without a relay, mail goes straight to the receivers' servers: there is no server to take over.
  if (!relay) return fail(appErrorOf('NO_MAIL_SETTINGS', { target: NAME }));
  for (const { key, line } of file.duplicates())
    draft.warn(`Line ${line}: ${key} stands more than once. ${NAME} takes the last one.`);
  const profile = draft.profile();
  readRelay(relay.value, relay.origin, profile, draft);
  readTls(file, profile, draft);
  readRest(file, profile, draft);
  for (const origin of file.rest()) draft.ignore(origin, 'This parameter has no counterpart here.');
  profile.finish(NAME);
  return draft.result();
}

/** A value with the parameters of the same file put in, and doubled dollar signs made single ones. */
function expand(value: string, entries: readonly { key: string; value: string }[]): string {
  return value.replace(/\$(?:\$|\{(\w+)\}|\((\w+)\)|(\w+))/g, (mark, ...names: (string | undefined)[]) => {
    if (mark === '$$') return '$';
    const name = names.slice(0, 3).find((part) => part !== undefined);
    return entries.findLast(({ key }) => key === name)?.value ?? mark;
  });
}

function readRelay(text: string, origin: ImportOrigin, profile: ProfileDraft, draft: ImportDraft): void {
  const [first = '', ...others] = text.split(/[\s,]+/).filter((part) => part !== '');
  if (others.length > 0) draft.warn(`Line ${origin.line}: Several relays are named. Import takes the first.`);
  const bare = isIPv6(first) ? [first, first] : /^(.*?)(?::(\w+))?$/.exec(first);
  const host = (bare?.[1] ?? first).replace(/^\[(.*)\]$/, '$1').replace(/^ipv6:/i, '');
  const port = isIPv6(first) ? undefined : bare?.[2];
  profile.set('server.host', bareHost(host), origin);
  if (!first.startsWith('[')) {
    draft.warn(`Line ${origin.line}: Without brackets, ${NAME} sends to the mail exchangers of this name, not to it.`);
  }
  profile.settings.server.port = 25;
  const known = port === undefined ? undefined : Object.hasOwn(SERVICES, port) ? SERVICES[port] : Number(port);
  if (known !== undefined && Number.isInteger(known)) profile.set('server.port', known, origin);
  else if (port !== undefined) draft.ignore(origin, 'This is no port that is known here.');
}

function readTls(file: LineSection, profile: ProfileDraft, draft: ImportDraft): void {
  const { server, tls } = profile.settings;
  const wrapper = file.filled('smtp_tls_wrappermode');
  const old = ['smtp_enforce_tls', 'smtp_use_tls'].map((key) => file.filled(key));
  const [enforce, use] = old;
  const level = file.filled('smtp_tls_security_level');
  const kind = level?.value ?? (isYes(enforce) ? 'verify' : isYes(use) ? 'may' : 'none');
  const isWrapped = isYes(wrapper) && kind !== 'none';
  if (kind === 'none') server.security = 'none';
  else server.security = isWrapped ? 'tls' : /^(?:may|dane)$/.test(kind) ? 'starttls-if-offered' : 'starttls';
  const origin = (isWrapped ? wrapper : (level ?? enforce ?? use))?.origin;
  if (origin) profile.trace('server.security', origin);
  if (isYes(wrapper) && !isWrapped && wrapper)
    draft.warn(
      `Line ${wrapper.origin.line}: smtp_tls_wrappermode needs the level encrypt or a stricter one. Nothing is sent so.`,
    );
  // Optional TLS never looks at the certificate, and encrypt does not either.
  if (kind !== 'none') tls.verifyCertificate = !/^(?:may|encrypt|dane)$/.test(kind);
  if (kind !== 'none' && origin) profile.trace('tls.verifyCertificate', (level ?? enforce ?? use)?.origin ?? origin);
  const match = file.filled('smtp_tls_secure_cert_match');
  if (match && /^[\w-]+(?:\.[\w-]+)+$/.test(match.value)) profile.set('tls.serverName', match.value, match.origin);
  readVersions(file, profile);
  for (const key of ['smtp_tls_CAfile', 'smtp_tls_cert_file', 'smtp_tls_key_file']) {
    const path = file.filled(key);
    if (path) draft.ignore(path.origin, 'A path is not followed. Paste the certificate into the profile.');
  }
}

function readVersions(file: LineSection, profile: ProfileDraft): void {
  const { security } = profile.settings.server;
  const found = file.filled(security === 'starttls-if-offered' ? 'smtp_tls_protocols' : 'smtp_tls_mandatory_protocols');
  if (!found || security === 'none') return;
  const least = /(?:^|[\s,:])>=(TLSv1(?:\.\d)?)/.exec(found.value)?.[1];
  const allowed = TLS_VERSIONS.filter((version) => !found.value.split(/[\s,:]+/).includes(`!${version}`));
  const oldest = TLS_VERSIONS.find((version) => version === least) ?? allowed[0];
  if (oldest) profile.set('tls.minVersion', oldest, found.origin);
}

function readRest(file: LineSection, profile: ProfileDraft, draft: ImportDraft): void {
  const auth = file.filled('smtp_sasl_auth_enable');
  if (auth) profile.set('signIn.method', isYes(auth) ? 'password' : 'none', auth.origin);
  const filter = file.filled('smtp_sasl_mechanism_filter');
  const mechanism = filter && Object.hasOwn(MECHANISMS, filter.value) ? MECHANISMS[filter.value] : undefined;
  if (filter && mechanism) profile.set('signIn.mechanism', mechanism, filter.origin);
  else if (filter)
    draft.ignore(filter.origin, 'Only one of plain, login, cram-md5 and scram-sha-256 or -1 can be chosen here.');
  const maps = file.filled('smtp_sasl_password_maps');
  const fixed = /^static:([^:]*):(.*)$/.exec(maps?.value ?? '');
  if (maps && fixed) {
    profile.set('signIn.username', fixed[1] ?? '', maps.origin);
    profile.secret('password', fixed[2] ?? '', maps.origin);
  } else if (maps && isYes(auth)) {
    profile.reference('password', /^\w+:\/[^{}]*$/.test(maps.value) ? maps.value : '', maps.origin);
    draft.warn(
      `Line ${maps.origin.line}: User name and password stand in a file of their own. Import that one for them.`,
    );
  }
  for (const key of ['smtp_sasl_security_options', 'smtp_sasl_tls_security_options']) file.get(key);
  const helo = file.filled('smtp_helo_name');
  if (helo) profile.set('server.ehloName', helo.value, helo.origin);
  const timeout = file.filled('smtp_connect_timeout');
  const seconds = /^(\d{1,6})([smh]?)$/.exec(timeout?.value ?? '');
  const unit = { s: 1, m: 60, h: 3600 }[seconds?.[2] || 's'] ?? 1;
  // 0 leaves the limit to the system.
  if (timeout && seconds && Number(seconds[1]) > 0)
    profile.set('server.connectTimeoutSeconds', Number(seconds[1]) * unit, timeout.origin);
}

function isYes(found: FoundText | undefined): boolean {
  return found?.value.toLowerCase() === 'yes';
}

/** One account for each relay of a table. */
function parseTable(text: string, draft: ImportDraft): Result<ParsedImport> {
  for (const { key, value, line } of readPostfix(text, 'table').entries.slice(0, MAX_RELAYS)) {
    const origin = { key, line };
    const profile = draft.profile();
    readRelay(key, origin, profile, draft);
    const { server } = profile.settings;
    server.security = server.port === 465 ? 'tls' : 'starttls';
    const colon = value.indexOf(':');
    profile.set('signIn.method', 'password', origin);
    profile.set('signIn.username', value.slice(0, Math.max(colon, 0)), origin);
    profile.secret('password', value.slice(colon + 1), origin);
    profile.finish(NAME);
  }
  draft.warn('The file says nothing of TLS. The safe kind for the port was taken: main.cf has the real one.');
  return draft.result();
}
