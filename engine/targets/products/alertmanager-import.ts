import { appErrorOf } from '../../../shared/errors.ts';
import type { TlsVersion } from '../../../shared/profile.ts';
import { fail, type Result } from '../../../shared/result.ts';
import { ImportDraft, type ProfileDraft } from '../draft.ts';
import { setMailbox, splitHostPort } from '../product.ts';
import type { SourceDocument } from '../source.ts';
import type { ParsedImport } from '../target.ts';
import type { YamlFile } from '../yaml/document.ts';
import type { YamlMap } from '../yaml/nodes.ts';
import { YamlReader } from '../yaml/reader.ts';

const NAME = 'Alertmanager';

/** Accounts of one file that are read. */
const MAX_PROFILES = 50;

const VERSIONS: ReadonlyMap<string, TlsVersion> = new Map([
  ['TLS10', 'TLSv1'],
  ['TLS11', 'TLSv1.1'],
  ['TLS12', 'TLSv1.2'],
  ['TLS13', 'TLSv1.3'],
]);

/** How surely a text is Alertmanager's own file, or holds one as a part (Helm values). */
export function recogniseAlertmanager(source: SourceDocument): number {
  const { lines: text } = source;
  const own = /^\s*["']?smtp_(?:smarthost|from|auth_username|require_tls)["']?\s*:/m.test(text);
  const routed = /^\s*route\s*:/m.test(text) && /^\s*receivers\s*:/m.test(text);
  if ((!own && !routed) || source.looksLikeJson()) return 0;
  const read = source.yaml();
  if (!read.ok) return own ? 0.5 : 0;
  const configs = alertmanagerConfigs(read.value);
  if (configs.length === 0) return 0;
  return configs.some((config) => config.map('global')?.has('smtp_smarthost', 'smtp_from')) ? 0.95 : 0.7;
}

/** The configurations of a file: the file itself, or the block of a Helm chart that holds one. */
export function alertmanagerConfigs(file: YamlFile): YamlMap[] {
  return file.maps().flatMap((root) => {
    const places = [
      root,
      root.down('config'),
      root.down('alertmanager', 'config'),
      root.down('kube-prometheus-stack', 'alertmanager', 'config'),
      root.down('prometheus', 'alertmanager', 'config'),
      root.down('alertmanagerFiles', 'alertmanager.yml'),
    ];
    const found = places.find((place) => place && isConfig(place));
    return found ? [found] : [];
  });
}

function isConfig(map: YamlMap): boolean {
  const global = map.map('global');
  const smtp = global?.entries().some(({ key }) => key.startsWith('smtp_')) ?? false;
  return smtp || (map.has('route') && map.has('receivers'));
}

/** Reads the mail settings of `global` and of receivers that have a server of their own. */
export function parseAlertmanager(source: SourceDocument): Result<ParsedImport> {
  const read = source.yaml();
  if (!read.ok) return read;
  const draft = new ImportDraft();
  let count = 0;
  for (const config of alertmanagerConfigs(read.value)) count += readConfig(config, draft);
  return count === 0 ? fail(appErrorOf('NO_MAIL_SETTINGS', { target: NAME })) : draft.result();
}

function readConfig(config: YamlMap, draft: ImportDraft): number {
  const global = config.map('global');
  const shared = global?.scalar('smtp_smarthost')?.text ?? '';
  let count = 0;
  if (global && shared !== '') {
    const read = new YamlReader(global, draft, NAME);
    read.reportDuplicates('Alertmanager does not start with it.');
    readAccount(read, 'smtp_', '', draft);
    for (const origin of global.rest()) {
      if (/\.smtp_/.test(`.${origin.key}`)) draft.ignore(origin, 'Relaysmith has no place for this key.');
    }
    count++;
  }
  for (const { receiver, email } of receiversOf(config)) {
    const own = email.scalar('smarthost')?.text ?? '';
    if (own === '' || own === shared || count >= MAX_PROFILES) continue;
    readAccount(new YamlReader(email, draft, NAME), '', receiver, draft);
    count++;
  }
  return count;
}

function receiversOf(config: YamlMap): { receiver: string; email: YamlMap }[] {
  const receivers = config.list('receivers')?.maps() ?? [];
  return receivers.flatMap((receiver) => {
    const name = receiver.scalar('name')?.text ?? '';
    return (receiver.list('email_configs')?.maps() ?? []).map((email) => ({ receiver: name, email }));
  });
}

/** @param prefix `smtp_` in `global`, nothing in a receiver. */
function readAccount(read: YamlReader, prefix: string, receiver: string, draft: ImportDraft): void {
  const profile = draft.profile();
  const smarthost = read.text(`${prefix}smarthost`);
  if (smarthost) {
    const { host, port } = splitHostPort(smarthost.value);
    profile.set('server.host', host, smarthost.origin);
    if (port !== null) profile.set('server.port', port, smarthost.origin);
    else {
      profile.settings.server.port = 25;
      draft.warn(`Line ${smarthost.origin.line}: the port is missing. Alertmanager does not start without it.`);
    }
  }
  readSecurity(read, prefix, profile);
  readTls(read, prefix, profile, draft);
  const hello = read.text(`${prefix}hello`);
  if (hello && hello.value !== 'localhost') profile.set('server.ehloName', hello.value, hello.origin);
  setMailbox(profile, draft, 'sender.from', read.text(`${prefix}from`));
  readSignIn(read, prefix, profile, draft);
  profile.finish(NAME, receiver);
}

function readSecurity(read: YamlReader, prefix: string, profile: ProfileDraft): void {
  const implicit = read.boolean(`${prefix}force_implicit_tls`);
  const required = read.boolean(`${prefix}require_tls`);
  const tls = implicit ? implicit.value : profile.settings.server.port === 465;
  profile.settings.server.security = tls ? 'tls' : (required?.value ?? true) ? 'starttls' : 'none';
  const origin = tls ? implicit?.origin : (required?.origin ?? implicit?.origin);
  if (origin) profile.trace('server.security', origin);
}

function readTls(read: YamlReader, prefix: string, profile: ProfileDraft, draft: ImportDraft): void {
  const map = read.map.map(`${prefix}tls_config`);
  if (!map) return;
  const tls = read.on(map);
  const skip = tls.boolean('insecure_skip_verify');
  if (skip) profile.set('tls.verifyCertificate', !skip.value, skip.origin);
  const name = tls.text('server_name');
  if (name) profile.set('tls.serverName', name.value, name.origin);
  const ca = tls.text('ca');
  if (ca) profile.set('tls.caPem', ca.value, ca.origin);
  const version = tls.text('min_version');
  const known = VERSIONS.get(version?.value ?? '');
  if (version && known) profile.set('tls.minVersion', known, version.origin);
  else if (version) draft.ignore(version.origin, 'Alertmanager knows only TLS10 to TLS13 here.');
  tls.reportRest('A path on that server, or a key without a place here. Paste the certificate as text.');
}

function readSignIn(read: YamlReader, prefix: string, profile: ProfileDraft, draft: ImportDraft): void {
  const user = read.text(`${prefix}auth_username`);
  const password = read.raw(`${prefix}auth_password`);
  const secret = read.raw(`${prefix}auth_secret`);
  const files = ['auth_password_file', 'auth_secret_file'].flatMap((key) => read.raw(`${prefix}${key}`) ?? []);
  if (user && user.value !== '') {
    profile.set('signIn.username', user.value, user.origin);
    profile.set('signIn.method', 'password', user.origin);
  }
  const given = password ?? secret;
  if (given && (given.text !== '' || user)) profile.secret('password', given.text, given.origin);
  const cramFile = files[0]?.origin.key.endsWith('secret_file') ?? false;
  if (user && !password && (secret || cramFile)) {
    profile.set('signIn.mechanism', 'CRAM-MD5', secret?.origin ?? files[0]?.origin ?? user.origin);
  }
  for (const file of files) {
    if (given)
      draft.warn(`Line ${file.origin.line}: ${file.origin.key} excludes the value. Alertmanager does not start.`);
    else profile.secret('password', `file://${file.text}`, file.origin);
  }
}
