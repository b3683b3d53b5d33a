import { appErrorOf } from '../../../shared/errors.ts';
import { bareHost } from '../../../shared/host.ts';
import type { Security } from '../../../shared/profile.ts';
import { fail, ok, type Result } from '../../../shared/result.ts';
import { ImportDraft, type ProfileDraft } from '../draft.ts';
import type { JsonDocument } from '../json/document.ts';
import { JsonSection } from '../json/section.ts';
import { type Assignment, type FoundText, LineSection } from '../lines/section.ts';
import { setPort } from '../product.ts';
import { readPropertiesFile } from '../properties/write.ts';
import type { SourceDocument } from '../source.ts';
import type { ParsedImport } from '../target.ts';

const NAME = 'SonarQube';

/** Settings of versions before 10.7 under the names that the API has since. */
const OLD_KEYS: Record<string, string> = {
  'email.smtp_host': 'host',
  'email.smtp_port': 'port',
  'email.smtp_secure_connection': 'securityProtocol',
  'email.smtp_username': 'username',
  'email.smtp_password': 'basicPassword',
  'email.from': 'fromAddress',
  'email.fromName': 'fromName',
  'email.prefix': 'subjectPrefix',
};

const PROTOCOLS: Record<string, Security> = {
  '': 'none',
  NONE: 'none',
  STARTTLS: 'starttls',
  SSL: 'tls',
  SSLTLS: 'tls',
};

/** How surely a text is a body or an answer of SonarQube's API, or its old settings. */
export function recogniseSonarqube(source: SourceDocument): number {
  if (/^[ \t]*email\.smtp_\w+(?:\.secured)?[ \t]*=/m.test(source.lines)) return 0.95;
  if (!source.looksLikeJson()) return 0;
  if (/"email\.smtp_host(?:\.secured)?"/.test(source.text)) return 0.95;
  return /"securityProtocol"/.test(source.text) && /"(?:fromAddress|authMethod|basicPassword)"/.test(source.text)
    ? 0.95
    : 0;
}

/** Reads a body or an answer of the API, of either generation, or old settings as properties. */
export function parseSonarqube(source: SourceDocument): Result<ParsedImport> {
  const found = assignments(source);
  if (!found.ok) return found;
  const same = (key: string, wanted: string) => (OLD_KEYS[key.replace(/\.secured$/, '')] ?? key) === wanted;
  const section = new LineSection(found.value, '', same);
  if (!section.has('host', 'username', 'fromAddress')) return fail(appErrorOf('NO_MAIL_SETTINGS', { target: NAME }));
  const draft = new ImportDraft();
  const profile = draft.profile();
  readServer(section, profile, draft);
  readSignIn(section, profile);
  const from = section.filled('fromAddress');
  if (from) profile.set('sender.from.address', from.value, from.origin);
  const name = section.filled('fromName');
  if (name) profile.set('sender.from.name', name.value, name.origin);
  for (const key of ['id', 'isBasicPasswordSet', 'isOauthClientIdSet', 'isOauthClientSecretSet']) section.get(key);
  for (const origin of section.rest()) draft.ignore(origin, 'This has nothing to do with the mail server.');
  profile.finish(NAME);
  return draft.result();
}

function assignments(source: SourceDocument): Result<Assignment[]> {
  if (!source.looksLikeJson()) {
    const read = readPropertiesFile(source.text.replace(/^\ufeff/, ''));
    return read.ok ? ok(read.value.entries.filter(({ key }) => key.startsWith('email.'))) : read;
  }
  const read = source.json();
  return read.ok ? ok(fromJson(read.value)) : read;
}

function fromJson(document: JsonDocument): Assignment[] {
  const list = document.member(document.root, 'emailConfigurations');
  const settings = document.member(document.root, 'settings');
  if (settings) {
    // api/settings/values: a list of keys with values.
    return document.elements(settings.valueStart).flatMap((offset) => {
      const entry = new JsonSection(document, [offset], '');
      const [key, value] = [entry.get('key'), entry.get('value')];
      const isMail = typeof key?.value === 'string' && key.value.startsWith('email.');
      return isMail
        ? [{ key: String(key.value), value: String(value?.value ?? ''), line: (value ?? key).origin.line }]
        : [];
    });
  }
  const start = list ? (document.elements(list.valueStart)[0] ?? -1) : document.root;
  return document.members(start).flatMap((member) => {
    // Containers are no values of ours; what is longer than any of them is none either.
    if (/[{[]/.test(document.text[member.valueStart] ?? '') || member.valueEnd - member.valueStart > 100_000) return [];
    const value = document.value(member);
    return value === null ? [] : [{ key: member.key, value: String(value), line: document.lineAt(member.valueStart) }];
  });
}

function readServer(section: LineSection, profile: ProfileDraft, draft: ImportDraft): void {
  const { server } = profile.settings;
  server.port = 25;
  server.security = 'none';
  const host = section.filled('host');
  if (host) profile.set('server.host', bareHost(host.value), host.origin);
  setPort(profile, draft, section.get('port'));
  const protocol = section.get('securityProtocol');
  const key = protocol?.value.toUpperCase() ?? '';
  const known = Object.hasOwn(PROTOCOLS, key) ? PROTOCOLS[key] : undefined;
  if (protocol && known) profile.set('server.security', known, protocol.origin);
  else if (protocol) draft.ignore(protocol.origin, 'Use one of NONE, STARTTLS, SSLTLS.');
}

function readSignIn(section: LineSection, profile: ProfileDraft): void {
  const method = section.get('authMethod');
  const user = section.filled('username');
  const isOAuth = method?.value.toUpperCase() === 'OAUTH';
  const origin = isOAuth ? method?.origin : user?.origin;
  if (origin) profile.set('signIn.method', isOAuth ? 'oauth2' : 'password', origin);
  if (user) profile.set('signIn.username', user.value, user.origin);
  const password = section.get('basicPassword');
  if (password && !isOAuth && (user || password.value !== ''))
    profile.secret('password', password.value, password.origin);
  if (isOAuth) readOAuth((key) => section.filled(key), profile);
}

function readOAuth(get: (key: string) => FoundText | undefined, profile: ProfileDraft): void {
  const { oauth } = profile.settings.signIn;
  oauth.grant = 'client-credentials';
  const host = get('oauthAuthenticationHost');
  const tenant = get('oauthTenant');
  const isMicrosoft = !host || /^(?:https:\/\/)?login\.microsoftonline\.com\/?$/.test(host.value);
  oauth.provider = isMicrosoft ? 'microsoft' : 'other';
  if (host) profile.trace('signIn.oauth.provider', host.origin);
  if (tenant && tenant.value !== 'common') profile.set('signIn.oauth.tenant', tenant.value, tenant.origin);
  const client = get('oauthClientId');
  if (client) profile.set('signIn.oauth.clientId', client.value, client.origin);
  const secret = get('oauthClientSecret');
  if (secret) profile.secret('clientSecret', secret.value, secret.origin);
}
