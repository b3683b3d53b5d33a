import { appErrorOf } from '../../../shared/errors.ts';
import type { PasswordMechanism, Security } from '../../../shared/profile.ts';
import { fail, type Result } from '../../../shared/result.ts';
import { ImportDraft, type ProfileDraft } from '../draft.ts';
import { setHost, setMailbox, setPort, splitHostPort } from '../product.ts';
import type { SourceDocument } from '../source.ts';
import type { ParsedImport } from '../target.ts';
import type { YamlFile } from '../yaml/document.ts';
import type { YamlMap } from '../yaml/nodes.ts';
import { type Interpolate, YamlReader } from '../yaml/reader.ts';

const NAME = 'Ansible';

/** A value with Jinja in it is made when the playbook runs. */
const jinja: Interpolate = (text) => (/\{\{|\{%|\{#/.test(text) ? { kind: 'reference' } : { kind: 'text', text });

const MECHANISMS: ReadonlyMap<string, PasswordMechanism> = new Map([
  ['plain', 'PLAIN'],
  ['login', 'LOGIN'],
  ['cram_md5', 'CRAM-MD5'],
]);

const POLICIES: ReadonlyMap<string, Security> = new Map([
  ['NoStartTLS', 'none'],
  ['MandatoryStartTLS', 'starttls'],
]);

/** How surely a text holds variables of a role that is known. */
export function recogniseAnsible(source: SourceDocument): number {
  const { lines: text } = source;
  if (!/^\s*(?:gitlab_smtp_\w+|gitlab_email_from|grafana_smtp|alertmanager_smtp)\s*:/m.test(text)) return 0;
  const read = source.yaml();
  if (!read.ok) return 0.5;
  return rootsOf(read.value).some((map) => placesIn(map).length > 0) ? 0.96 : 0.7;
}

/** A file of variables, or the plays of a playbook. */
function rootsOf(file: YamlFile): YamlMap[] {
  return [...file.maps(), ...file.lists().flatMap((list) => list.maps())];
}

/** The maps that hold variables: the file itself, and `vars` of the plays of a playbook. */
function placesIn(root: YamlMap): YamlMap[] {
  const places = [root, root.map('vars')].flatMap((map) => map ?? []);
  return places.filter(
    (map) =>
      map.has('gitlab_smtp_address', 'gitlab_smtp_enable') ||
      hasKeys(map.map('grafana_smtp')) ||
      hasKeys(map.map('alertmanager_smtp')),
  );
}

function hasKeys(map: YamlMap | undefined): boolean {
  return map !== undefined && map.entries().length > 0;
}

/** Reads the variables of every role that the file is for. */
export function parseAnsible(source: SourceDocument): Result<ParsedImport> {
  const read = source.yaml();
  if (!read.ok) return read;
  const draft = new ImportDraft();
  let count = 0;
  for (const map of rootsOf(read.value).flatMap(placesIn).slice(0, 50)) {
    if (map.has('gitlab_smtp_address', 'gitlab_smtp_enable'))
      count += readGitlab(new YamlReader(map, draft, NAME, jinja), draft);
    const grafana = map.map('grafana_smtp');
    if (grafana && hasKeys(grafana)) count += readGrafana(new YamlReader(grafana, draft, NAME, jinja), draft);
    const alertmanager = map.map('alertmanager_smtp');
    if (alertmanager && hasKeys(alertmanager))
      count += readAlertmanager(new YamlReader(alertmanager, draft, NAME, jinja), draft);
  }
  return count === 0 ? fail(appErrorOf('NO_MAIL_SETTINGS', { target: NAME })) : draft.result();
}

function readGitlab(read: YamlReader, draft: ImportDraft): number {
  const profile = draft.profile();
  profile.settings.server.port = 25;
  setHost(profile, read, 'gitlab_smtp_address', 'localhost');
  setPort(profile, draft, read.text('gitlab_smtp_port'));
  const domain = read.text('gitlab_smtp_domain');
  if (domain && domain.value !== '') profile.set('server.ehloName', domain.value, domain.origin);
  const tls = read.boolean('gitlab_smtp_tls');
  const starttls = read.boolean('gitlab_smtp_enable_starttls_auto');
  profile.settings.server.security = tls?.value ? 'tls' : starttls?.value ? 'starttls-if-offered' : 'none';
  const origin = (tls?.value ? tls : (starttls ?? tls))?.origin;
  if (origin) profile.trace('server.security', origin);
  if (tls?.value && starttls?.value) {
    draft.warn(
      `Line ${tls.origin.line}: gitlab_smtp_tls and gitlab_smtp_enable_starttls_auto exclude each other. GitLab stops.`,
    );
  }
  const mode = read.text('gitlab_smtp_openssl_verify_mode');
  if (mode) profile.set('tls.verifyCertificate', mode.value !== 'none', mode.origin);
  readAccount(read, 'gitlab_smtp_user_name', ['gitlab_smtp_password'], profile);
  const authentication = read.text('gitlab_smtp_authentication');
  const mechanism = MECHANISMS.get(authentication?.value ?? '');
  if (authentication && mechanism) profile.set('signIn.mechanism', mechanism, authentication.origin);
  const enabled = read.boolean('gitlab_smtp_enable');
  if (enabled) profile.set('status', enabled.value ? 'active' : 'inactive', enabled.origin);
  setMailbox(profile, draft, 'sender.from', read.text('gitlab_email_from'));
  const name = read.text('gitlab_email_display_name');
  if (name) profile.set('sender.from.name', name.value, name.origin);
  setMailbox(profile, draft, 'sender.replyTo', read.text('gitlab_email_reply_to'));
  profile.finish('GitLab');
  return 1;
}

/** Reads the keys of grafana.ini's section smtp that a map holds. */
export function readGrafana(read: YamlReader, draft: ImportDraft): number {
  const profile = draft.profile();
  setHostPort(read, 'host', profile);
  const policy = read.text('startTLS_policy');
  profile.settings.server.security =
    profile.settings.server.port === 465 ? 'tls' : (POLICIES.get(policy?.value ?? '') ?? 'starttls-if-offered');
  if (policy) profile.trace('server.security', policy.origin);
  const skip = read.boolean('skip_verify');
  if (skip) profile.set('tls.verifyCertificate', !skip.value, skip.origin);
  const hello = read.text('ehlo_identity');
  if (hello) profile.set('server.ehloName', hello.value, hello.origin);
  readAccount(read, 'user', ['password'], profile);
  setMailbox(profile, draft, 'sender.from', read.text('from_address'));
  const name = read.text('from_name');
  if (name) profile.set('sender.from.name', name.value, name.origin);
  const enabled = read.boolean('enabled');
  if (enabled) profile.set('status', enabled.value ? 'active' : 'inactive', enabled.origin);
  read.reportRest('Relaysmith has no place for this key.');
  profile.finish('Grafana');
  return 1;
}

function readAlertmanager(read: YamlReader, draft: ImportDraft): number {
  const profile = draft.profile();
  setHostPort(read, 'smarthost', profile);
  const required = read.boolean('require_tls');
  profile.settings.server.security =
    profile.settings.server.port === 465 ? 'tls' : (required?.value ?? true) ? 'starttls' : 'none';
  if (required) profile.trace('server.security', required.origin);
  const hello = read.text('hello');
  if (hello && hello.value !== 'localhost') profile.set('server.ehloName', hello.value, hello.origin);
  setMailbox(profile, draft, 'sender.from', read.text('from'));
  const secret = read.raw('auth_secret');
  const password = read.raw('auth_password');
  if (secret && !password) profile.set('signIn.mechanism', 'CRAM-MD5', secret.origin);
  readAccount(read, 'auth_username', ['auth_password', 'auth_secret'], profile);
  read.reportRest('Relaysmith has no place for this key.');
  profile.finish('Alertmanager');
  return 1;
}

function setHostPort(read: YamlReader, key: string, profile: ProfileDraft): void {
  profile.settings.server.port = 25;
  setHost(profile, read, key, 'localhost');
  const found = read.text(key);
  if (!found) return;
  const { host, port } = splitHostPort(found.value);
  profile.set('server.host', host, found.origin);
  if (port !== null) profile.set('server.port', port, found.origin);
}

function readAccount(read: YamlReader, userKey: string, passwordKeys: readonly string[], profile: ProfileDraft): void {
  const raw = read.raw(userKey);
  const user = read.text(userKey);
  if (raw && raw.text !== '') profile.set('signIn.method', 'password', raw.origin);
  if (user) profile.set('signIn.username', user.value, user.origin);
  const password = passwordKeys.flatMap((key) => read.raw(key) ?? [])[0];
  if (!password || (password.text === '' && !raw?.text)) return;
  if (password.tag === '!unsafe') profile.secret('password', password.text, password.origin);
  // A vault's cipher text says nothing to anybody and would only fill the screen.
  else if (password.tag !== '') profile.reference('password', password.tag, password.origin);
  // Grafana fills `$__env{NAME}` and `$__file{path}` in itself.
  else if (jinja(password.text).kind === 'reference' || /^\$__\w+\{[^}]*\}$/.test(password.text))
    profile.reference('password', password.text, password.origin);
  else profile.secret('password', password.text, password.origin);
}
