import { appErrorOf } from '../../../shared/errors.ts';
import { fail, type Result } from '../../../shared/result.ts';
import { CodeSettings } from '../code/value.ts';
import { ImportDraft, type ProfileDraft } from '../draft.ts';
import { parseProduct } from '../env/product.ts';
import { setMailbox } from '../env/read-profile.ts';
import { DJANGO, exclusivePair } from '../env/vocabularies/python.ts';
import { readPython } from '../python/read.ts';
import type { SourceDocument } from '../source.ts';
import type { ParsedImport } from '../target.ts';

const NAME = 'Django';

/** Names of settings that are about outgoing mail. */
export const isMailSetting = (name: string) => /^(EMAIL_\w+|DEFAULT_FROM_EMAIL|SERVER_EMAIL)$/.test(name);

const SETTING =
  /^(EMAIL_(HOST|PORT|BACKEND|HOST_USER|HOST_PASSWORD|USE_TLS|USE_SSL)|DEFAULT_FROM_EMAIL)[ \t]*(:[^=\n]{1,60})?=/m;
const PYTHON = /^(?:from \S+ import |import \w|def \w+\(|class \w+)|^[A-Z][A-Z0-9_]* (?:= |\+= )|^INSTALLED_APPS\b/m;

/** True for a text of Python rather than an env file, which may have the same names. */
function isPython(source: SourceDocument): boolean {
  return SETTING.test(source.text) && PYTHON.test(source.text) && !source.looksLikeJson();
}

/** How surely a text is settings.py, or variables for one. */
export function recogniseDjango(source: SourceDocument): number {
  if (isPython(source)) return 0.92;
  return source.variableMatches().find(({ id }) => id === DJANGO.id)?.score ?? 0;
}

/** Reads settings.py or variables. Errors: NO_MAIL_SETTINGS, TEMPLATE_FILE. */
export function parseDjango(source: SourceDocument): Result<ParsedImport> {
  if (!isPython(source)) return parseProduct(DJANGO, source.variables(), source.text);
  const draft = new ImportDraft();
  const { entries, inBlocks } = readPython(source.text, isMailSetting);
  for (const { key, line } of inBlocks)
    draft.ignore({ key, line }, 'This is inside of a block and holds only at times.');
  const read = new CodeSettings(entries, draft);
  if (!read.has('EMAIL_HOST', 'EMAIL_BACKEND', 'EMAIL_PORT', 'EMAIL_HOST_USER', 'DEFAULT_FROM_EMAIL')) {
    return fail(appErrorOf('NO_MAIL_SETTINGS', { target: NAME }));
  }
  const profile = draft.profile();
  readServer(read, profile, draft);
  const username = read.text('EMAIL_HOST_USER');
  if (username) profile.set('signIn.username', username.value, username.origin);
  const elsewhere = read.get('EMAIL_HOST_USER')?.value.kind === 'expression';
  profile.settings.signIn.method = username?.value || elsewhere ? 'password' : 'none';
  if (username) profile.trace('signIn.method', username.origin);
  read.secret('EMAIL_HOST_PASSWORD', profile);
  const from = read.text('DEFAULT_FROM_EMAIL');
  if (from) setMailbox(from, 'from', profile);
  const backend = read.text('EMAIL_BACKEND');
  if (backend) profile.set('status', /(^|\.)smtp\./.test(backend.value) ? 'active' : 'inactive', backend.origin);
  for (const origin of read.rest()) draft.ignore(origin, 'This is not taken over.');
  profile.finish(NAME);
  return draft.result();
}

function readServer(read: CodeSettings, profile: ProfileDraft, draft: ImportDraft): void {
  const { server } = profile.settings;
  server.port = 25;
  if (read.has('EMAIL_HOST')) read.take('EMAIL_HOST', 'server.host', profile);
  else server.host = 'localhost';
  const port = read.number('EMAIL_PORT');
  if (port) profile.set('server.port', port.value, port.origin);
  const security = exclusivePair(read.flag('EMAIL_USE_TLS'), read.flag('EMAIL_USE_SSL'), NAME, draft);
  profile.settings.server.security = security.value;
  if (security.origin) profile.trace('server.security', security.origin);
  const timeout = read.number('EMAIL_TIMEOUT');
  if (timeout) profile.set('server.connectTimeoutSeconds', timeout.value, timeout.origin);
}
