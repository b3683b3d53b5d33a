import { appErrorOf } from '../../../shared/errors.ts';
import type { Security } from '../../../shared/profile.ts';
import { fail, type Result } from '../../../shared/result.ts';
import { CodeSettings } from '../code/value.ts';
import { ImportDraft, type ProfileDraft } from '../draft.ts';
import { setMechanism } from '../env/read-profile.ts';
import { keyOf, readRuby } from '../ruby/read.ts';
import type { SourceDocument } from '../source.ts';
import type { ParsedImport } from '../target.ts';

const NAME = 'GitLab';

/** The table of gitlab.rb that holds mail, and a key of it. */
export const TABLE = 'gitlab_rails';
/** The key as gitlab.rb spells it. */
export const railsKey = (name: string) => keyOf(TABLE, name);

const ABOUT_MAIL = /\['(smtp_|gitlab_email_)/;

/** The Ruby of a source: gitlab.rb itself, or what the variable GITLAB_OMNIBUS_CONFIG holds. */
function rubyOf(source: SourceDocument): { text: string; line: number } {
  const variable = source.variables().findLast(({ name }) => name === 'GITLAB_OMNIBUS_CONFIG');
  return variable ? { text: variable.value, line: variable.line } : { text: source.text, line: 1 };
}

/** How surely a text is gitlab.rb, or the same in a variable. */
export function recogniseGitlab(source: SourceDocument): number {
  if (!/gitlab_rails\[['"]/.test(source.text) || source.looksLikeJson()) return 0;
  const { text } = rubyOf(source);
  if (/^[ \t]*gitlab_rails\[['"](smtp_|gitlab_email_)/m.test(text)) return 0.95;
  return /^[ \t#]*(gitlab_rails|external_url|nginx|postgresql)\b/m.test(text) ? 0.6 : 0;
}

/** Reads gitlab.rb. Errors: NO_MAIL_SETTINGS, TEMPLATE_FILE. */
export function parseGitlab(source: SourceDocument): Result<ParsedImport> {
  const { text, line } = rubyOf(source);
  const draft = new ImportDraft();
  if (readGitlab(text, line, draft)) return draft.result();
  return fail(appErrorOf('NO_MAIL_SETTINGS', { target: NAME }));
}

/**
 * Reads the mail settings of a text of Ruby into a draft; false when there are none.
 * @param firstLine Line of the file at which the text begins.
 */
export function readGitlab(text: string, firstLine: number, draft: ImportDraft): boolean {
  const entries = readRuby(text, TABLE)
    .entries.filter(({ key }) => ABOUT_MAIL.test(key))
    .map((entry) => ({ ...entry, line: entry.line + firstLine - 1 }));
  const read = new CodeSettings(entries, draft);
  const signs = ['smtp_enable', 'smtp_address', 'smtp_port', 'gitlab_email_from'].map(railsKey);
  if (!read.has(...signs)) return false;
  const profile = draft.profile();
  readServer(read, profile, draft);
  readSignIn(read, profile, draft);
  read.take(railsKey('gitlab_email_from'), 'sender.from.address', profile);
  read.take(railsKey('gitlab_email_display_name'), 'sender.from.name', profile);
  read.take(railsKey('gitlab_email_reply_to'), 'sender.replyTo.address', profile);
  readStatus(read, profile, draft);
  for (const origin of read.rest()) draft.ignore(origin, 'This is not taken over.');
  profile.finish(NAME);
  return true;
}

function readServer(read: CodeSettings, profile: ProfileDraft, draft: ImportDraft): void {
  // Without the keys, the mail library takes the machine itself.
  profile.settings.server.port = 25;
  if (read.has(railsKey('smtp_address'))) read.take(railsKey('smtp_address'), 'server.host', profile);
  else profile.settings.server.host = 'localhost';
  const port = read.number(railsKey('smtp_port'));
  if (port) profile.set('server.port', port.value, port.origin);
  read.take(railsKey('smtp_domain'), 'server.ehloName', profile);
  const security = readSecurity(read, draft);
  profile.settings.server.security = security.value;
  if (security.origin) profile.trace('server.security', security.origin);
  const connect = read.number(railsKey('smtp_open_timeout'));
  profile.settings.server.connectTimeoutSeconds = 30;
  if (connect) profile.set('server.connectTimeoutSeconds', connect.value, connect.origin);
  const command = read.number(railsKey('smtp_read_timeout'));
  profile.settings.server.commandTimeoutSeconds = 60;
  if (command) profile.set('server.commandTimeoutSeconds', command.value, command.origin);
  const mode = read.text(railsKey('smtp_openssl_verify_mode'));
  if (mode) profile.set('tls.verifyCertificate', mode.value !== 'none', mode.origin);
  const ca = read.text(railsKey('smtp_ca_file')) ?? read.text(railsKey('smtp_ca_path'));
  if (ca && ca.value !== '' && !/^\/(opt\/gitlab\/embedded|etc\/ssl\/certs)\//.test(ca.value)) {
    draft.ignore(ca.origin, 'This is a path on the server. Paste the CA certificate itself under TLS.');
  }
}

function readSecurity(
  read: CodeSettings,
  draft: ImportDraft,
): { value: Security; origin?: { key: string; line: number } } {
  const tls = [read.flag(railsKey('smtp_tls')), read.flag(railsKey('smtp_ssl'))].find((flag) => flag?.value);
  const starttls = read.flag(railsKey('smtp_enable_starttls_auto'));
  if (tls && starttls?.value) {
    draft.warn(
      `Line ${tls.origin.line}: smtp_tls and smtp_enable_starttls_auto are both on. GitLab refuses that from version 16 on.`,
    );
  }
  if (tls) return { value: 'tls', origin: tls.origin };
  if (starttls) return { value: starttls.value ? 'starttls-if-offered' : 'none', origin: starttls.origin };
  return { value: 'starttls-if-offered' };
}

function readSignIn(read: CodeSettings, profile: ProfileDraft, draft: ImportDraft): void {
  const username = read.text(railsKey('smtp_user_name'));
  if (username) profile.set('signIn.username', username.value, username.origin);
  const elsewhere = !username && read.get(railsKey('smtp_user_name'))?.value.kind === 'expression';
  profile.settings.signIn.method = username?.value || elsewhere ? 'password' : 'none';
  if (username) profile.trace('signIn.method', username.origin);
  const mechanism = read.text(railsKey('smtp_authentication'));
  if (mechanism) setMechanism(mechanism, profile, draft);
  read.secret(railsKey('smtp_password'), profile);
}

function readStatus(read: CodeSettings, profile: ProfileDraft, draft: ImportDraft): void {
  const smtp = read.flag(railsKey('smtp_enable'));
  const email = read.flag(railsKey('gitlab_email_enabled'));
  const off = [smtp, email].find((flag) => flag && !flag.value);
  if (off) profile.set('status', 'inactive', off.origin);
  else if (smtp) profile.set('status', 'active', smtp.origin);
  else {
    profile.settings.status = 'inactive';
    draft.warn('smtp_enable is not set. GitLab then sends through sendmail, not through this server.');
  }
}
