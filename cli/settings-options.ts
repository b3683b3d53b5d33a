import type { Engine } from '../engine/index.ts';
import { parseMailbox } from '../shared/address.ts';
import { appErrorOf } from '../shared/errors.ts';
import { applyPreset, PRESETS, presetById } from '../shared/presets.ts';
import { type ProfileSettings, problemsOf } from '../shared/profile.ts';
import type { Values } from './command.ts';
import { type CliResult, usage } from './failure.ts';
import { setByPath } from './settings-path.ts';
import type { SENDER_OPTIONS, SERVER_OPTIONS } from './settings-table.ts';

type ServerValues = Values<typeof SERVER_OPTIONS>;
type SenderValues = Values<typeof SENDER_OPTIONS>;
/** Values of the options that change settings; the sender's are absent where a command does not take them. */
export type SettingsValues = ServerValues & Partial<SenderValues>;

/** True when any option that changes settings was given. */
export function changesSettings(values: SettingsValues, names: readonly string[]): boolean {
  const given = values as Readonly<Record<string, unknown>>;
  return names.some((name) => {
    const value = given[name];
    return Array.isArray(value) ? value.length > 0 : value !== undefined && value !== false;
  });
}

/**
 * New settings with the options applied: preset first, then single fields, then `--set`. Fails on the first option that
 * cannot be read, and with INVALID_INPUT when the result does not fit the schema.
 */
export async function applyOptions(
  settings: ProfileSettings,
  values: SettingsValues,
  engine: Engine,
): Promise<CliResult<ProfileSettings>> {
  let next = structuredClone(settings);
  if (values.preset !== undefined) {
    if (!presetById(values.preset)) {
      return usage('--preset does not know that provider.', `It is one of: ${PRESETS.map(({ id }) => id).join(', ')}.`);
    }
    next = applyPreset(next, values.preset);
  }
  applyServer(next, values);
  applySignIn(next, values);
  const sender = applySender(next, values);
  if (!sender.ok) return sender;
  const proxy = applyProxy(next, values.proxy);
  if (!proxy.ok) return proxy;
  const files = await applyFiles(next, values, engine);
  if (!files.ok) return files;
  for (const assignment of values.set) {
    const set = setByPath(next, assignment);
    if (!set.ok) return set;
    next = set.value;
  }
  const problems = problemsOf(next);
  if (problems.length > 0) return { ok: false, error: appErrorOf('INVALID_INPUT', { problems }) };
  return { ok: true, value: next };
}

function applyServer({ server, tls }: ProfileSettings, values: SettingsValues): void {
  server.host = values.host ?? server.host;
  server.port = values.port ?? server.port;
  server.security = values.security ?? server.security;
  server.ehloName = values['ehlo-name'] ?? server.ehloName;
  server.connectTimeoutSeconds = values.timeout ?? server.connectTimeoutSeconds;
  server.commandTimeoutSeconds = values.timeout ?? server.commandTimeoutSeconds;
  tls.serverName = values['server-name'] ?? tls.serverName;
  if (values['no-verify']) tls.verifyCertificate = false;
  if (values.verify) tls.verifyCertificate = true;
  const minimum = values['min-tls'];
  if (minimum !== undefined) tls.minVersion = minimum === '1.0' ? 'TLSv1' : (`TLSv${minimum}` as typeof tls.minVersion);
}

function applySignIn({ signIn }: ProfileSettings, values: SettingsValues): void {
  signIn.username = values.user ?? signIn.username;
  // A user name alone says that one signs in.
  if (values.user !== undefined && signIn.method === 'none') signIn.method = 'password';
  signIn.method = values.auth ?? signIn.method;
  signIn.mechanism = values.mechanism ?? signIn.mechanism;
  if (values['allow-plain-password']) signIn.allowWithoutTls = true;
  const { oauth } = signIn;
  oauth.provider = values['oauth-provider'] ?? oauth.provider;
  oauth.grant = values['oauth-grant'] ?? oauth.grant;
  oauth.tokenUrl = values['oauth-token-url'] ?? oauth.tokenUrl;
  oauth.tenant = values['oauth-tenant'] ?? oauth.tenant;
  oauth.scope = values['oauth-scope'] ?? oauth.scope;
  oauth.clientId = values['oauth-client-id'] ?? oauth.clientId;
}

function applySender(settings: ProfileSettings, values: SettingsValues): CliResult<null> {
  const { sender } = settings;
  settings.name = values.name ?? settings.name;
  settings.notes = values.notes ?? settings.notes;
  settings.status = values.status ?? settings.status;
  if (values.environment === 'none') delete settings.environment;
  else if (values.environment !== undefined) settings.environment = values.environment;
  settings.testRecipient = values['test-recipient'] ?? settings.testRecipient;
  settings.organizations = listOr(values.organization, settings.organizations);
  sender.envelopeFrom = values['envelope-from'] ?? sender.envelopeFrom;
  sender.errorsTo = values['errors-to'] ?? sender.errorsTo;
  sender.cc = listOr(values.cc, sender.cc);
  sender.bcc = listOr(values.bcc, sender.bcc);
  for (const [option, field] of [
    ['from', 'from'],
    ['reply-to', 'replyTo'],
  ] as const) {
    const text = values[option];
    if (text === undefined) continue;
    const mailbox = text === '' ? { address: '', name: '' } : parseMailbox(text);
    if (!mailbox)
      return usage(`--${option} is not one mail address.`, `Such as --${option} "Acme Alerts <alerts@acme.example>".`);
    sender[field] = mailbox;
  }
  return applyHeaders(settings, values.header ?? []);
}

function applyHeaders({ sender }: ProfileSettings, headers: readonly string[]): CliResult<null> {
  if (headers.length > 0) sender.headers = [];
  for (const header of headers.filter((text) => text !== '')) {
    const match = /^([^:\s]+):\s*(.*)$/s.exec(header);
    if (!match) return usage('--header needs "Name: value".', 'Such as --header "X-Environment: production".');
    sender.headers.push({ name: match[1] ?? '', value: match[2] ?? '' });
  }
  return { ok: true, value: null };
}

function applyProxy({ server }: ProfileSettings, proxy: string | undefined): CliResult<null> {
  if (proxy === undefined) return { ok: true, value: null };
  if (proxy === 'none') {
    server.proxy = { ...server.proxy, kind: 'none' };
    return { ok: true, value: null };
  }
  const match = /^(socks5|http):\/\/([^@/]+):(\d{1,5})\/?$/.exec(proxy);
  if (!match)
    return usage(
      '--proxy needs socks5://HOST:PORT, http://HOST:PORT or none.',
      'A proxy with sign-in is not supported.',
    );
  const [, scheme, host = '', port] = match;
  server.proxy = { kind: scheme === 'http' ? 'http-connect' : 'socks5', host, port: Number(port) };
  return { ok: true, value: null };
}

async function applyFiles({ tls }: ProfileSettings, values: SettingsValues, engine: Engine): Promise<CliResult<null>> {
  if (values.ca !== undefined) {
    const pem = await readCertificates(values.ca, engine);
    if (!pem.ok) return pem;
    tls.caPem = pem.value;
  }
  if (values['client-cert'] !== undefined) {
    const pem = await readCertificates(values['client-cert'], engine);
    if (!pem.ok) return pem;
    tls.clientCertificatePem = pem.value;
  }
  return { ok: true, value: null };
}

/** Reads a PEM file of certificates through the engine; "" for none. */
export async function readCertificates(path: string, engine: Engine): Promise<CliResult<string>> {
  if (path === '') return { ok: true, value: '' };
  const opened = await engine.client('files.open', { purpose: 'certificate', path });
  if (!opened.ok) return opened;
  if (!opened.value) return usage('No file was chosen.', 'Name a PEM file.');
  const read = await engine.client('files.readCertificates', { token: opened.value.token });
  return read.ok ? { ok: true, value: read.value.pem } : read;
}

/** A list option replaces the whole list; one empty value clears it. */
function listOr(given: readonly string[] | undefined, before: string[]): string[] {
  return given === undefined || given.length === 0 ? before : given.filter((item) => item !== '');
}
