import { formatMailbox, type Mailbox, parseMailbox } from '../../shared/address.ts';
import { appErrorOf } from '../../shared/errors.ts';
import { hostPort } from '../../shared/host.ts';
import type { ProfileSettings } from '../../shared/profile.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { ApplyStep, TargetInfo } from '../../shared/target.ts';
import { escapeControls } from '../../shared/text.ts';
import { tokenEndpoint } from '../smtp/oauth/endpoint.ts';
import { JsonDocument, type JsonValue } from './json/document.ts';
import { type JsonChanges, JsonEditor } from './json/edit.ts';
import { PLAIN_STYLE, writeJson } from './json/write.ts';
import { maskText } from './mask-lines.ts';
import { mechanismWord } from './mechanism-word.ts';
import { type Account, findAccounts, PASS_KEYS, USER_KEYS } from './nodemailer-accounts.ts';
import { parseNodemailer, recogniseNodemailer } from './nodemailer-import.ts';
import { nodemailerLimits } from './nodemailer-limits.ts';
import { freeText } from './options.ts';
import { secretText } from './secret-policy.ts';
import type { ExportContext, Target } from './target.ts';

const NAME = 'nodemailer';

const METHODS = { auto: undefined, PLAIN: 'PLAIN', LOGIN: 'LOGIN', 'CRAM-MD5': 'CRAM-MD5' } as const;

const info: TargetInfo = {
  id: 'nodemailer',
  name: 'Node.js (nodemailer)',
  fileName: 'config.json',
  summary: 'The transport and defaults of a program that mails with nodemailer',
  merges: true,
  options: [freeText('account', 'Account', 'Where the account stands, for a file with several: smtp, accounts.0.')],
};

/** Keys of the transport. Undefined takes a key out of an existing one, an absent key is left as it is. */
function transport(settings: ProfileSettings, context: ExportContext): JsonChanges {
  const { server, signIn } = settings;
  const { kind, host, port } = server.proxy;
  return {
    // A service name would override host, port and secure.
    service: undefined,
    url: undefined,
    host: server.host,
    port: server.port,
    secure: server.security === 'tls',
    ignoreTLS: server.security === 'none' ? true : undefined,
    requireTLS: server.security === 'starttls' ? true : undefined,
    name: server.ehloName || undefined,
    connectionTimeout: server.connectTimeoutSeconds * 1000,
    greetingTimeout: server.connectTimeoutSeconds * 1000,
    socketTimeout: server.commandTimeoutSeconds * 1000,
    proxy: kind === 'none' ? undefined : `${kind === 'socks5' ? 'socks5' : 'http'}://${hostPort(host, port)}`,
    auth: signIn.method === 'none' ? undefined : present(auth(settings, context)),
    authMethod: signIn.method === 'password' ? mechanismWord<string | undefined>(METHODS, signIn.mechanism) : undefined,
    tls: server.security === 'none' ? undefined : present(tlsKeys(settings)),
  };
}

function tlsKeys({ tls }: ProfileSettings): JsonChanges {
  return {
    rejectUnauthorized: tls.verifyCertificate,
    minVersion: tls.minVersion,
    servername: tls.serverName || undefined,
    ca: tls.caPem || undefined,
  };
}

function auth({ signIn }: ProfileSettings, { secrets }: ExportContext): JsonChanges {
  const text = (kind: Parameters<typeof secretText>[1]) => secretText(secrets, kind, null);
  const oauthKeys = { type: undefined, clientId: undefined, clientSecret: undefined, refreshToken: undefined };
  if (signIn.method === 'password') {
    const pass = text('password');
    return {
      ...oauthKeys,
      accessToken: undefined,
      accessUrl: undefined,
      user: signIn.username,
      ...(pass !== null && { pass }),
    };
  }
  const { oauth } = signIn;
  const kinds =
    oauth.grant === 'access-token' ? (['accessToken'] as const) : (['clientSecret', 'refreshToken'] as const);
  const secretKeys = kinds.flatMap((kind) => {
    const value = text(kind);
    return value === null ? [] : [[kind, value]];
  });
  return {
    type: 'OAuth2',
    pass: undefined,
    user: signIn.username,
    // An access token is used as it is; nothing is asked for with it.
    clientId: (oauth.grant !== 'access-token' && oauth.clientId) || undefined,
    accessUrl: (oauth.grant !== 'access-token' && tokenEndpoint(oauth)) || undefined,
    ...(Object.fromEntries(secretKeys) as Record<string, string>),
  };
}

function defaults({ sender }: ProfileSettings): JsonChanges {
  const headers: Record<string, JsonValue> = {};
  for (const { name, value } of sender.headers) {
    const earlier = headers[name];
    headers[name] = earlier === undefined ? value : [earlier, value].flat();
  }
  if (sender.errorsTo !== '') headers['Errors-To'] = sender.errorsTo;
  return {
    from: sender.from.address ? mailbox(sender.from) : undefined,
    replyTo: sender.replyTo.address ? mailbox(sender.replyTo) : undefined,
    cc: sender.cc.length > 0 ? sender.cc : undefined,
    bcc: sender.bcc.length > 0 ? sender.bcc : undefined,
    headers: Object.keys(headers).length > 0 ? headers : undefined,
  };
}

/** A mailbox in one text, or as an object where the text would not be read back the same. */
function mailbox(box: Mailbox): JsonValue {
  const text = formatMailbox(box);
  const back = parseMailbox(text);
  return back?.name === box.name && back.address === box.address ? text : { name: box.name, address: box.address };
}

/** Without the keys that only take something out of an existing object. */
function present(changes: JsonChanges): Record<string, JsonValue> {
  const kept = Object.entries(changes).filter(([, value]) => value !== undefined);
  return Object.fromEntries(kept) as Record<string, JsonValue>;
}

/** One account's arguments of createTransport. */
function argumentsOf(settings: ProfileSettings, context: ExportContext): Record<string, JsonValue> {
  return { transport: present(transport(settings, context)), defaults: present(defaults(settings)) };
}

function render(settings: ProfileSettings, context: ExportContext): Result<string> {
  return ok(`${writeJson(argumentsOf(settings, context), PLAIN_STYLE)}\n`);
}

/** Each account under its name, for `createTransport(config.NAME.transport, config.NAME.defaults)`. */
const renderMany: Target['renderMany'] = (accounts, options) => {
  const whole = accounts.map(({ name, settings, secrets }) => [name, argumentsOf(settings, { options, secrets })]);
  return ok(`${writeJson(Object.fromEntries(whole) as Record<string, JsonValue>, PLAIN_STYLE)}\n`);
};

function merge(existing: string, settings: ProfileSettings, context: ExportContext): Result<string> {
  const read = JsonDocument.read(existing);
  if (!read.ok) return read;
  const document = read.value;
  const accounts = findAccounts(document);
  const editor = new JsonEditor(document);
  if (accounts.length === 0) {
    if (!document.isObject(document.root)) return refusesFile('it is no JSON object.');
    editor.change(document.root, argumentsOf(settings, context));
    return ok(editor.result());
  }
  const account = chooseAccount(accounts, context.options.account ?? '');
  if (!account.ok) return account;
  mergeAccount(document, editor, account.value, settings, context);
  return ok(editor.result());
}

function chooseAccount(accounts: Account[], wanted: string): Result<Account> {
  const named = accounts.find(({ path }) => path === wanted);
  const [first] = accounts;
  if (named) return ok(named);
  if (first && accounts.length === 1 && wanted === '') return ok(first);
  const paths = accounts.slice(0, 10).map(({ path }) => escapeControls(path.slice(0, 60)));
  return refusesFile(`it holds these accounts: ${paths.join(', ')}. Name one with the option Account.`);
}

function mergeAccount(
  document: JsonDocument,
  editor: JsonEditor,
  { offset, parent }: Account,
  settings: ProfileSettings,
  context: ExportContext,
): void {
  const isThere = (key: string) => document.member(offset, key) !== undefined;
  const senderAt = senderPlace(document, offset, parent);
  const changes = transport(settings, context);
  for (const [key, inner] of [
    ['auth', auth(settings, context)],
    ['tls', tlsKeys(settings)],
  ] as const) {
    const found = document.member(offset, key);
    if (!found || changes[key] === undefined || !document.isObject(found.valueStart)) continue;
    editor.change(found.valueStart, inner);
    delete changes[key];
  }
  // Programs that write user name and password beside the host read them there, too.
  const flatUser = isThere('auth') ? undefined : USER_KEYS.find(isThere);
  if (flatUser && settings.signIn.method !== 'oauth2') {
    const flatPass = PASS_KEYS.find(isThere) ?? 'pass';
    const { user, pass } = settings.signIn.method === 'none' ? { user: '', pass: '' } : auth(settings, context);
    Object.assign(changes, { auth: undefined, [flatUser]: user, ...(pass !== undefined && { [flatPass]: pass }) });
  }
  if (typeof smallValue(document, offset, 'tls') === 'boolean') {
    changes.tls = settings.server.security === 'tls';
    if (!isThere('secure')) delete changes.secure;
  }
  if (senderAt === offset) Object.assign(changes, defaults(settings));
  editor.change(offset, changes);
  if (senderAt === null) editor.change(document.root, { defaults: present(defaults(settings)) });
  else if (senderAt !== offset) editor.change(senderAt, defaults(settings));
}

/** Offset of the object that holds the sender; null when `defaults` is to be added beside the account. */
function senderPlace(document: JsonDocument, account: number, parent: number): number | null {
  const beside = document.isObject(parent) ? document.member(parent, 'defaults') : undefined;
  const found = beside ?? document.member(document.root, 'defaults');
  if (found && document.isObject(found.valueStart)) return found.valueStart;
  if (account === document.root || document.member(account, 'from') || !document.isObject(document.root))
    return account;
  return document.member(document.root, 'from') ? document.root : null;
}

function smallValue(document: JsonDocument, offset: number, key: string): JsonValue | undefined {
  const member = document.member(offset, key);
  return member && member.valueEnd - member.valueStart < 10 ? document.value(member) : undefined;
}

function refusesFile(reason: string): Result<never> {
  return fail(appErrorOf('TARGET_REFUSES', { target: NAME, field: 'this file', reason }));
}

function apply({ signIn }: ProfileSettings, { secrets }: ExportContext): ApplyStep[] {
  const steps = [
    {
      title: 'Hand both parts to nodemailer',
      command: 'nodemailer.createTransport(config.transport, config.defaults)',
    },
    { title: 'Restart the program', command: '' },
  ];
  if (signIn.method === 'none' || secrets.policy === 'include') return steps;
  const title = 'Give the program the secret, for example from its environment';
  const command = signIn.method === 'password' ? 'config.transport.auth.pass = process.env.SMTP_PASSWORD' : '';
  return [...steps, { title, command }];
}

/** nodemailer: the arguments of createTransport, and the shapes that programs keep them in. */
export const nodemailer: Target = {
  info,
  recognise: recogniseNodemailer,
  fileName: () => 'mail-transport.json',
  render,
  renderMany,
  merge,
  parse: parseNodemailer,
  limits: nodemailerLimits,
  apply,
  mask: maskText,
};
