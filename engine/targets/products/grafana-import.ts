import { parseMailbox } from '../../../shared/address.ts';
import { appErrorOf } from '../../../shared/errors.ts';
import type { Security } from '../../../shared/profile.ts';
import { fail, type Result } from '../../../shared/result.ts';
import { ImportDraft, type ProfileDraft } from '../draft.ts';
import { GO_INI_KIND, readIniFile } from '../ini/file.ts';
import { goIniSection, ownVariables } from '../ini/go-ini.ts';
import { interpolate } from '../ini/interpolate.ts';
import { type FoundText, LineSection } from '../lines/section.ts';
import { readSwitch } from '../lines/switch.ts';
import { setMailbox, splitHostPort } from '../product.ts';
import type { SourceDocument } from '../source.ts';
import type { ParsedImport } from '../target.ts';

const NAME = 'Grafana';

/** The section of headers that every message gets. */
export const HEADERS = 'smtp.static_headers';

const VARIABLE = /^[ \t]*(?:export[ \t]+)?GF_SMTP_\w+[ \t]*=/m;
const OWN_KEY = /^[ \t]*[;#]*[ \t]*(?:from_address|ehlo_identity|skip_verify|startTLS_policy)[ \t]*=/m;

const POLICIES: Record<string, Security> = {
  NoStartTLS: 'none',
  OpportunisticStartTLS: 'starttls-if-offered',
  MandatoryStartTLS: 'starttls',
};

/** How surely a text is Grafana's: its section with one of its own keys, commented out or not, or its variables. */
export function recogniseGrafana({ lines: text }: SourceDocument): number {
  if (/^\[smtp(?:\.static_headers)?\]/m.test(text) && OWN_KEY.test(text)) return 0.92;
  return VARIABLE.test(text) ? 0.96 : 0;
}

/** Reads grafana.ini, a part of it, or the variables. */
export function parseGrafana(source: SourceDocument): Result<ParsedImport> {
  const draft = new ImportDraft();
  const found =
    VARIABLE.test(source.text) && !/^\s*\[/m.test(source.text) ? variables(source.text, draft) : file(source.text);
  if (!found.ok) return found;
  const { smtp, headers } = found.value;
  if (!smtp.has('host', 'user', 'from_address', 'password', 'enabled')) {
    return fail(appErrorOf('NO_MAIL_SETTINGS', { target: NAME }));
  }
  for (const { key, line } of [...smtp.duplicates(), ...headers.duplicates()]) {
    draft.warn(`Line ${line}: ${key} stands more than once. ${NAME} takes the last one.`);
  }
  const profile = draft.profile();
  readServer(smtp, profile, draft);
  readSignIn(smtp, profile);
  readSender(smtp, profile, draft);
  readHeaders(headers, profile, draft);
  for (const key of ['cert_file', 'key_file']) {
    const path = smtp.filled(key);
    if (path) draft.ignore(path.origin, 'A path is not followed. Paste the certificate into the profile.');
  }
  for (const origin of smtp.rest()) draft.ignore(origin, 'This key has nothing to do with the mail server.');
  profile.finish(NAME);
  return draft.result();
}

interface Sections {
  smtp: LineSection;
  headers: LineSection;
}

function file(text: string): Result<Sections> {
  const read = readIniFile(text, GO_INI_KIND);
  if (!read.ok) return read;
  const entries = interpolate(read.value.entries);
  return { ok: true, value: { smtp: goIniSection(entries, 'smtp'), headers: goIniSection(entries, HEADERS) } };
}

function variables(text: string, draft: ImportDraft): Result<Sections> {
  const whole = ownVariables(text, /^GF_SMTP_/, draft);
  const smtp = new LineSection(whole, '', (found, wanted) => found === `GF_SMTP_${wanted.toUpperCase()}`);
  return { ok: true, value: { smtp, headers: new LineSection([]) } };
}

/** A value that stands in the text itself; one that Grafana fetches from elsewhere is reported. */
function plain(section: LineSection, key: string, draft: ImportDraft): FoundText | undefined {
  const found = section.filled(key);
  if (!found || !/\$(?:__\w+)?\{[^}]+\}/.test(found.value)) return found;
  draft.ignore(found.origin, 'This points to a variable or a file of the server. Enter the value by hand.');
  return undefined;
}

function readServer(smtp: LineSection, profile: ProfileDraft, draft: ImportDraft): void {
  profile.settings.server.host = 'localhost';
  profile.settings.server.port = 25;
  const address = plain(smtp, 'host', draft);
  if (address) {
    const { host, port } = splitHostPort(address.value);
    profile.set('server.host', host, address.origin);
    if (port !== null) profile.set('server.port', port, address.origin);
    else draft.warn(`Line ${address.origin.line}: The port is missing. ${NAME} sends nothing without it.`);
  } else if (!smtp.filled('host')) draft.warn(`No mail server is named. ${NAME} then uses localhost:25.`);
  readSecurity(smtp, profile, draft);
  const enabled = readSwitch(smtp.filled('enabled'), draft);
  profile.settings.status = enabled?.on ? 'active' : 'inactive';
  if (enabled) profile.trace('status', enabled.origin);
  else draft.warn(`enabled is missing. ${NAME} then sends no mail.`);
  const skip = readSwitch(smtp.filled('skip_verify'), draft);
  if (skip) profile.set('tls.verifyCertificate', !skip.on, skip.origin);
  const ehlo = plain(smtp, 'ehlo_identity', draft);
  if (ehlo) profile.set('server.ehloName', ehlo.value, ehlo.origin);
}

function readSecurity(smtp: LineSection, profile: ProfileDraft, draft: ImportDraft): void {
  const policy = plain(smtp, 'startTLS_policy', draft);
  const known = policy && Object.hasOwn(POLICIES, policy.value) ? POLICIES[policy.value] : undefined;
  if (policy && !known) {
    draft.warn(`Line ${policy.origin.line}: ${NAME} does not know this policy and uses STARTTLS if it is offered.`);
  }
  // The mail library begins with TLS on port 465, whatever the policy, and on no other.
  const implicit = profile.settings.server.port === 465;
  profile.settings.server.security = implicit ? 'tls' : (known ?? 'starttls-if-offered');
  const origin = implicit ? smtp.get('host')?.origin : policy?.origin;
  if (origin) profile.trace('server.security', origin);
}

function readSignIn(smtp: LineSection, profile: ProfileDraft): void {
  const user = smtp.filled('user');
  if (user) {
    profile.set('signIn.method', 'password', user.origin);
    if (/^\$(?:__\w+)?\{[^}]+\}$/.test(user.value)) profile.trace('signIn.username', user.origin);
    else profile.set('signIn.username', user.value, user.origin);
  }
  const password = smtp.get('password');
  const file = smtp.filled('password__FILE');
  if (file) profile.reference('password', file.value, file.origin);
  else if (password && /^\$(?:__\w+)?\{[^}]+\}$/.test(password.value)) {
    profile.reference('password', password.value, password.origin);
  } else if (password && (user || password.value !== '')) {
    profile.secret('password', password.value, password.origin);
  }
}

function readSender(smtp: LineSection, profile: ProfileDraft, draft: ImportDraft): void {
  const from = plain(smtp, 'from_address', draft);
  if (from) profile.set('sender.from.address', from.value, from.origin);
  else if (!smtp.filled('from_address')) {
    profile.settings.sender.from.address = 'admin@grafana.localhost';
    draft.warn(`from_address is missing. ${NAME} then sends as admin@grafana.localhost.`);
  }
  const name = plain(smtp, 'from_name', draft);
  if (name) profile.set('sender.from.name', name.value, name.origin);
  else if (!smtp.filled('from_name')) profile.settings.sender.from.name = 'Grafana';
}

function readHeaders(headers: LineSection, profile: ProfileDraft, draft: ImportDraft): void {
  const own: { name: string; value: string }[] = [];
  for (const { key, found } of headers.all()) {
    if (found.value === '') continue;
    if (!/^[A-Z][A-Za-z0-9]*(?:-[A-Z][A-Za-z0-9]*)*$/.test(key)) {
      draft.warn(`Line ${found.origin.line}: ${NAME} does not start with a header of this name: ${key}.`);
    }
    if (key.toLowerCase() === 'reply-to' && parseMailbox(found.value))
      setMailbox(profile, draft, 'sender.replyTo', found);
    else {
      own.push({ name: key, value: found.value });
      profile.trace(`sender.headers.${own.length - 1}`, found.origin);
    }
  }
  profile.settings.sender.headers = own;
}
