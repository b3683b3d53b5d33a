import { appErrorOf } from '../../../shared/errors.ts';
import { fail, type Result } from '../../../shared/result.ts';
import { ImportDraft, type ProfileDraft } from '../draft.ts';
import { CONFIG_PARSER_KIND, readIniFile } from '../ini/file.ts';
import { type FoundText, LineSection } from '../lines/section.ts';
import { setMailbox, setPort } from '../product.ts';
import type { SourceDocument } from '../source.ts';
import type { ParsedImport } from '../target.ts';

const NAME = 'Odoo';

const MAIL_KEY = /^[ \t]*[;#]*[ \t]*(?:smtp_server|smtp_port|smtp_ssl|smtp_user|smtp_password|email_from)[ \t]*[=:]/im;
const OTHER_KEY = /^[ \t]*[;#]*[ \t]*(?:addons_path|admin_passwd|xmlrpc_port|dbfilter)[ \t]*[=:]/im;

/** How surely a text is an odoo.conf. */
export function recogniseOdoo({ lines: text }: SourceDocument): number {
  if (!/^\ufeff?\[options\]/m.test(text)) return 0;
  if (MAIL_KEY.test(text)) return 0.9;
  return OTHER_KEY.test(text) ? 0.7 : 0;
}

/** Reads odoo.conf or a part of it. */
export function parseOdoo(source: SourceDocument): Result<ParsedImport> {
  const read = readIniFile(source.text, CONFIG_PARSER_KIND);
  if (!read.ok) return read;
  const { entries, sections } = read.value;
  // `False` and nothing at all both mean that a key is not set.
  const set = entries.filter(({ section, value }) => section === 'options' && !/^(?:false|none|)$/i.test(value));
  const mail = set.filter(({ key }) => /^(?:smtp_|email_from$|from_filter$)/i.test(key));
  if (mail.length === 0) return fail(appErrorOf('NO_MAIL_SETTINGS', { target: NAME }));
  const draft = new ImportDraft();
  if (source.text.startsWith('\ufeff'))
    draft.warn(`The file begins with a byte order mark. ${NAME} does not start with it.`);
  const options = new LineSection(mail, '', (found, wanted) => found.toLowerCase() === wanted);
  const all = new LineSection(
    entries.filter(({ section }) => section === 'options'),
    '',
    sameCaseless,
  );
  for (const { key, line } of all.duplicates())
    draft.warn(`Line ${line}: ${key} stands twice. ${NAME} does not start with it.`);
  const heads = sections.filter(({ name }, index) => sections.findIndex((head) => head.name === name) < index);
  for (const { line } of heads) draft.warn(`Line ${line}: This section stands twice. ${NAME} does not start with it.`);
  const profile = draft.profile();
  readServer(options, profile, draft);
  readSignIn(
    options,
    entries.find(({ section, key }) => section === 'options' && key.toLowerCase() === 'smtp_password'),
    profile,
  );
  const from = options.get('email_from');
  setMailbox(profile, draft, 'sender.from', from);
  for (const key of ['smtp_ssl_certificate_filename', 'smtp_ssl_private_key_filename']) {
    const path = options.get(key);
    if (path) draft.ignore(path.origin, 'A path is not followed. Paste the certificate into the profile.');
  }
  const filter = options.get('from_filter');
  if (filter)
    draft.ignore(filter.origin, 'This says for which senders the server is used. It has no counterpart here.');
  for (const origin of options.rest()) draft.ignore(origin, 'This key has nothing to do with the mail server.');
  profile.finish(NAME);
  return draft.result();
}

function sameCaseless(found: string, wanted: string): boolean {
  return found.toLowerCase() === wanted.toLowerCase();
}

function readServer(options: LineSection, profile: ProfileDraft, draft: ImportDraft): void {
  const { server, tls } = profile.settings;
  server.host = 'localhost';
  server.port = 25;
  const host = options.get('smtp_server');
  if (host) profile.set('server.host', host.value, host.origin);
  else draft.warn(`No mail server is named. ${NAME} then uses localhost.`);
  setPort(profile, draft, options.get('smtp_port'));
  const ssl = options.get('smtp_ssl');
  // On is STARTTLS, without a look at the certificate (ir_mail_server.py: only the "strict" kinds have one).
  profile.settings.server.security = isOn(ssl) ? 'starttls' : 'none';
  profile.settings.tls = { ...tls, verifyCertificate: !isOn(ssl) };
  if (ssl) {
    profile.trace('server.security', ssl.origin);
    profile.trace('tls.verifyCertificate', ssl.origin);
  }
}

function isOn(found: FoundText | undefined): boolean {
  return found !== undefined && !/^0$/.test(found.value);
}

function readSignIn(
  options: LineSection,
  written: { key: string; line: number } | undefined,
  profile: ProfileDraft,
): void {
  const user = options.get('smtp_user');
  if (user) {
    profile.set('signIn.method', 'password', user.origin);
    profile.set('signIn.username', user.value, user.origin);
  }
  const password = options.get('smtp_password');
  if (password) profile.secret('password', password.value, password.origin);
  else if (written && user) profile.secret('password', '', { key: written.key, line: written.line });
}
