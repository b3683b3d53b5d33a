import { formatMailbox } from '../../../shared/address.ts';
import { appErrorOf } from '../../../shared/errors.ts';
import type { ProfileSettings, Security } from '../../../shared/profile.ts';
import { fail, ok, type Result } from '../../../shared/result.ts';
import type { ApplyStep, TargetInfo, TargetLimit } from '../../../shared/target.ts';
import { ImportDraft, type ProfileDraft } from '../draft.ts';
import { commonLimits, lossy } from '../limits.ts';
import { choice, freeText } from '../options.ts';
import { fromLimits, oauthRefusal, passwordSteps, refusal, setMailbox, setPort, signInLimits } from '../product.ts';
import { mergingEach } from '../render-many.ts';
import { secretText } from '../secret-policy.ts';
import type { SourceDocument } from '../source.ts';
import type { ExportContext, ParsedImport, Target } from '../target.ts';
import type { YamlFile } from '../yaml/document.ts';
import { maskYaml } from '../yaml/mask.ts';
import { editYaml, newText } from '../yaml/merge.ts';
import type { YamlMap } from '../yaml/nodes.ts';
import { YamlReader } from '../yaml/reader.ts';
import { YamlWord, type YamlWritable } from '../yaml/write.ts';

const NAME = 'Zabbix';

const info: TargetInfo = {
  id: 'zabbix',
  name: NAME,
  fileName: 'zbx_export_mediatypes.yaml',
  summary: 'mail media type for Alerts > Media types > Import',
  merges: true,
  options: [
    freeText('name', 'Name of the media type', 'Which one to change when there are several, or how to call a new one.'),
    choice('version', 'Version', 'Version of the Zabbix server, for a new file.', [
      ['7.0', '7.0'],
      ['6.0', '6.0'],
      ['6.4', '6.4'],
      ['7.2', '7.2'],
      ['7.4', '7.4'],
    ]),
  ],
};

type Keys = Record<string, YamlWritable | undefined>;

const word = (text: string) => new YamlWord(text);

/** Every value is a text or one of the product's own words; the port is a text too. */
function wanted(settings: ProfileSettings, { secrets }: ExportContext): Keys {
  const { server, signIn, sender, tls } = settings;
  const signsIn = signIn.method === 'password';
  const verify = server.security !== 'none' && tls.verifyCertificate ? 'YES' : 'NO';
  const password = signsIn ? secretText(secrets, 'password', null) : null;
  return {
    smtp_server: server.host,
    smtp_port: String(server.port),
    smtp_helo: server.ehloName || undefined,
    smtp_email: sender.from.address === '' ? undefined : formatMailbox(sender.from),
    smtp_security: word(
      { none: 'NONE', 'starttls-if-offered': 'STARTTLS', starttls: 'STARTTLS', tls: 'SSL_OR_TLS' }[server.security],
    ),
    smtp_verify_peer: verify,
    smtp_verify_host: verify,
    smtp_authentication: word(signsIn ? 'PASSWORD' : 'NONE'),
    username: signsIn ? signIn.username : undefined,
    ...(signsIn ? password !== null && { password } : { password: undefined }),
    status: word(settings.status === 'active' ? 'ENABLED' : 'DISABLED'),
  };
}

function newItem(settings: ProfileSettings, context: ExportContext): Record<string, YamlWritable> {
  const keys = { name: context.options.name || settings.name, type: word('EMAIL'), ...wanted(settings, context) };
  const kept = Object.entries(keys).filter(([, value]) => value !== undefined);
  return Object.fromEntries(kept) as Record<string, YamlWritable>;
}

function newFile(settings: ProfileSettings, context: ExportContext): string {
  const version = context.options.version ?? '7.0';
  return newText({ zabbix_export: { version, media_types: [newItem(settings, context)] } });
}

function render(settings: ProfileSettings, context: ExportContext): Result<string> {
  return oauthRefusal(NAME, settings) ?? ok(newFile(settings, context));
}

function merge(existing: string, settings: ProfileSettings, context: ExportContext): Result<string> {
  const problem = oauthRefusal(NAME, settings);
  if (problem) return problem;
  let several = false;
  const merged = editYaml(existing, NAME, newFile(settings, context), (file, editor) => {
    const root = exportOf(file);
    if (!root) return false;
    const mail = mailTypes(root);
    const name = context.options.name ?? '';
    const [only] = name === '' ? mail : mail.filter((type) => type.scalar('name')?.text === name);
    several = name === '' && mail.length > 1;
    const list = root.list('media_types');
    if (only)
      editor.change(only, { ...wanted(settings, context), ...(only.has('provider') && { provider: word('SMTP') }) });
    else if (list && list.node.items.length > 0) editor.append(list, newItem(settings, context));
    else editor.change(root, { media_types: [newItem(settings, context)] });
    return true;
  });
  return several
    ? refusal(NAME, 'this file', 'it has several mail media types. Enter the name of the one to change.')
    : merged;
}

function exportOf(file: YamlFile): YamlMap | undefined {
  return file.maps().flatMap((map) => map.map('zabbix_export') ?? [])[0];
}

function mailTypes(root: YamlMap): YamlMap[] {
  return (root.list('media_types')?.maps() ?? []).filter((type) => type.scalar('type')?.text === 'EMAIL');
}

function recognise(source: SourceDocument): number {
  if (!/^["{\s]*zabbix_export["']?\s*:/m.test(source.lines)) return 0;
  const read = source.yaml();
  if (!read.ok) return 0.5;
  const root = exportOf(read.value);
  return root ? (mailTypes(root).length > 0 ? 0.95 : 0.7) : 0;
}

function parse(source: SourceDocument): Result<ParsedImport> {
  const read = source.yaml();
  if (!read.ok) return read;
  const root = exportOf(read.value);
  const mail = root ? mailTypes(root).slice(0, 50) : [];
  if (mail.length === 0) return fail(appErrorOf('NO_MAIL_SETTINGS', { target: NAME }));
  const draft = new ImportDraft();
  for (const type of mail) readType(new YamlReader(type, draft, NAME), draft);
  return draft.result();
}

/** Hosts of the media types that are made for one provider: the export leaves them out. */
const PROVIDERS: ReadonlyMap<string, { host: string; port: number; security: Security }> = new Map([
  ['GMAIL', { host: 'smtp.gmail.com', port: 587, security: 'starttls' }],
  ['GMAIL_RELAY', { host: 'smtp-relay.gmail.com', port: 587, security: 'starttls' }],
  ['OFFICE365', { host: 'smtp.office365.com', port: 587, security: 'starttls' }],
]);

const SECURITIES: ReadonlyMap<string, Security> = new Map([
  ['NONE', 'none'],
  ['STARTTLS', 'starttls'],
  ['SSL_OR_TLS', 'tls'],
]);

function readType(read: YamlReader, draft: ImportDraft): void {
  const profile = draft.profile();
  const { server } = profile.settings;
  const name = read.text('name');
  read.raw('type');
  server.port = 25;
  server.security = 'none';
  const provider = read.text('provider');
  const known = PROVIDERS.get(provider?.value ?? '');
  if (known && provider) {
    profile.set('server.host', known.host, provider.origin);
    profile.set('server.port', known.port, provider.origin);
    profile.set('server.security', known.security, provider.origin);
  }
  const host = read.text('smtp_server');
  if (host) profile.set('server.host', host.value, host.origin);
  setPort(profile, draft, read.text('smtp_port'));
  const helo = read.text('smtp_helo');
  if (helo) profile.set('server.ehloName', helo.value, helo.origin);
  const security = read.text('smtp_security');
  const mode = SECURITIES.get(security?.value ?? '');
  if (security && mode) profile.set('server.security', mode, security.origin);
  else if (security) draft.ignore(security.origin, 'Zabbix knows only NONE, STARTTLS and SSL_OR_TLS here.');
  readVerification(read, profile, draft);
  setMailbox(profile, draft, 'sender.from', read.text('smtp_email'));
  readSignIn(read, profile, draft);
  const status = read.text('status');
  if (status) profile.set('status', status.value === 'DISABLED' ? 'inactive' : 'active', status.origin);
  read.reportRest('This key has nothing to do with the mail server.');
  profile.finish(NAME, name?.value ?? '');
}

function readVerification(read: YamlReader, profile: ProfileDraft, draft: ImportDraft): void {
  const peer = read.text('smtp_verify_peer');
  const host = read.text('smtp_verify_host');
  // Both are off unless said; one alone is no full check.
  const verified = peer?.value === 'YES' && host?.value === 'YES';
  if (profile.settings.server.security === 'none') return;
  profile.settings.tls.verifyCertificate = verified;
  const origin = (peer?.value === 'YES' ? host : peer)?.origin ?? host?.origin;
  if (origin) profile.trace('tls.verifyCertificate', origin);
  if (!verified && (peer?.value === 'YES' || host?.value === 'YES')) {
    draft.warn('Only one of smtp_verify_peer and smtp_verify_host is on. The certificate counts as not checked.');
  }
}

function readSignIn(read: YamlReader, profile: ProfileDraft, draft: ImportDraft): void {
  const authentication = read.text('smtp_authentication');
  const method = authentication?.value ?? 'NONE';
  if (authentication && method === 'PASSWORD') profile.set('signIn.method', 'password', authentication.origin);
  else if (authentication && method === 'OAUTH') {
    draft.ignore(authentication.origin, 'Zabbix keeps its OAuth tokens itself. Choose OAuth 2.0 and sign in anew.');
  } else if (authentication) profile.trace('signIn.method', authentication.origin);
  const user = read.text('username');
  if (user) profile.set('signIn.username', user.value, user.origin);
  const password = read.raw('password');
  if (password && (method === 'PASSWORD' || password.text !== '')) {
    profile.secret('password', password.text, password.origin);
  }
}

function limits(settings: ProfileSettings, { secrets }: ExportContext): TargetLimit[] {
  const found = [
    ...signInLimits(NAME, settings),
    ...fromLimits(settings, `${NAME} sends nothing without a From address.`, 'refused'),
  ];
  if (settings.server.security === 'starttls-if-offered') {
    found.push(lossy('server.security', `${NAME} has no STARTTLS if offered. It is required instead.`));
  }
  if (settings.signIn.method === 'password' && secrets.policy !== 'include') {
    found.push(
      lossy('signIn.method', `${NAME} replaces the whole media type on import. Enter the password afterwards.`),
    );
  }
  return [
    ...found,
    ...commonLimits(settings, NAME, ['inactive', 'requireStarttls', 'ehloName', 'verifyCertificate', 'fromName']),
  ];
}

function apply(settings: ProfileSettings, context: ExportContext): ApplyStep[] {
  return [
    { title: 'In Zabbix, open Alerts > Media types, choose Import and the file', command: '' },
    ...passwordSteps(settings, context, {
      key: 'Password of the media type',
      elsewhere: { title: 'Enter the password in the media type: Zabbix reads none from elsewhere', command: '' },
    }),
    { title: 'Choose Test beside the media type', command: '' },
  ];
}

/** Zabbix: a mail media type, as exported and imported in its web interface. */
export const zabbix: Target = {
  info,
  recognise,
  fileName: () => 'zbx_export_mediatypes.yaml',
  render,
  renderMany: mergingEach({ render, merge }, 'name'),
  merge,
  parse,
  limits,
  apply,
  mask: maskYaml,
};
