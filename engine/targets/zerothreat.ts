import { appErrorOf } from '../../shared/errors.ts';
import type { ProfileSettings } from '../../shared/profile.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { ApplyStep, TargetInfo, TargetLimit } from '../../shared/target.ts';
import { type FormSheet, onOff, sheetMask, sheetSteps, sheetText } from './entry-sheet.ts';
import { JsonDocument, type JsonValue } from './json/document.ts';
import { type JsonChanges, JsonEditor } from './json/edit.ts';
import { JsonSection } from './json/section.ts';
import { PLAIN_STYLE, writeJson } from './json/write.ts';
import { commonLimits, lossy, refused } from './limits.ts';
import { maskText } from './mask-lines.ts';
import { readAccounts } from './nodemailer-import.ts';
import { choice } from './options.ts';
import { secretText } from './secret-policy.ts';
import type { SourceDocument } from './source.ts';
import type { ExportContext, Target } from './target.ts';

const NAME = 'ZeroThreat';

const info: TargetInfo = {
  id: 'zerothreat',
  name: 'ZeroThreat On-Prem',
  fileName: 'mail-server.json',
  summary: 'The fields of Organization Settings > Mail Server Configuration',
  merges: true,
  options: [
    choice('form', 'Form', 'How the settings get into the portal.', [
      ['file', 'The fields as JSON'],
      ['sheet', 'Entry sheet for the form'],
    ]),
  ],
};

/** The fields of the portal's form, in its shape (nodemailer's). */
function fields(settings: ProfileSettings, { secrets }: ExportContext): Record<string, JsonChanges[string]> {
  const { server, signIn, sender, tls } = settings;
  const pass = signIn.method === 'password' ? secretText(secrets, 'password', null) : '';
  const user = signIn.method === 'password' ? signIn.username : '';
  return {
    from: sender.from.address,
    host: server.host,
    port: server.port,
    secure: server.security === 'tls',
    auth: { user, ...(pass !== null && { pass }) },
    tls: { rejectUnauthorized: tls.verifyCertificate },
  };
}

function oauthRefused({ signIn }: ProfileSettings): Result<never> | null {
  if (signIn.method !== 'oauth2') return null;
  const reason = 'it takes a user name and a password only.';
  return fail(appErrorOf('TARGET_REFUSES', { target: NAME, field: 'signIn.method', reason }));
}

/** The fields of the form in its own order and words. */
function sheet(settings: ProfileSettings): Result<FormSheet> {
  const { server, signIn, sender, tls } = settings;
  const signsIn = signIn.method === 'password';
  const place = 'ZeroThreat > Organization Settings > Mail Server Configuration';
  const fields: FormSheet['fields'] = [
    { label: 'From', enter: sender.from.address, isRequired: true, help: 'The address alone, without a name.' },
    { label: 'Host', enter: server.host, isRequired: true },
    { label: 'Port', enter: String(server.port), isRequired: true },
    { label: 'Username', enter: signsIn ? signIn.username : '', isRequired: true },
    { label: 'Password', enter: '', isRequired: true, ...(signsIn && { secret: 'password' as const }) },
    { label: 'Secure', enter: onOff(server.security === 'tls'), help: 'On for TLS from the first byte.' },
    { label: 'TLS Reject Unauthorized', enter: onOff(tls.verifyCertificate), help: 'On checks the certificate.' },
  ];
  return oauthRefused(settings) ?? ok({ place, fields });
}

function render(settings: ProfileSettings, context: ExportContext): Result<string> {
  const problem = oauthRefused(settings);
  if (problem) return problem;
  if (context.options.form === 'sheet') {
    const form = sheet(settings);
    return form.ok ? sheetText(NAME, form.value, context.secrets) : form;
  }
  return ok(`${writeJson(fields(settings, context) as Record<string, JsonValue>, PLAIN_STYLE)}\n`);
}

function merge(existing: string, settings: ProfileSettings, context: ExportContext): Result<string> {
  const problem = oauthRefused(settings);
  if (problem) return problem;
  if (context.options.form === 'sheet') {
    const instead = 'Choose the form The fields as JSON.';
    return fail(appErrorOf('NOT_AVAILABLE', { what: 'Merging a sheet into a file', instead }));
  }
  const read = JsonDocument.read(existing);
  if (!read.ok) return read;
  const document = read.value;
  if (!document.isObject(document.root)) {
    return fail(appErrorOf('TARGET_REFUSES', { target: NAME, field: 'this file', reason: 'it is no JSON object.' }));
  }
  const editor = new JsonEditor(document);
  const changes = fields(settings, context);
  for (const key of ['auth', 'tls']) {
    const found = document.member(document.root, key);
    if (!found || !document.isObject(found.valueStart)) continue;
    editor.change(found.valueStart, changes[key] as Record<string, JsonValue>);
    delete changes[key];
  }
  editor.change(document.root, changes);
  return ok(editor.result());
}

function recognise(source: SourceDocument): number {
  if (!source.looksLikeJson()) return 0;
  const read = source.json();
  if (!read.ok) return 0;
  const { value: document } = read;
  const root = new JsonSection(document, [document.root], '');
  const keys = document.members(document.root).map(({ key }) => key);
  const exact = keys.every((key) => ['from', 'host', 'port', 'secure', 'auth', 'tls'].includes(key));
  if (!exact || !root.has('from') || !root.has('host') || !root.has('secure')) return 0;
  return root.section('tls')?.has('rejectUnauthorized') ? 0.75 : 0.4;
}

function limits(settings: ProfileSettings, { secrets }: ExportContext): TargetLimit[] {
  const { server, signIn, sender } = settings;
  const found: TargetLimit[] = [];
  if (signIn.method !== 'oauth2' && (signIn.method === 'none' || signIn.username === '')) {
    found.push(refused('signIn.method', `${NAME} requires a user name and a password.`));
  }
  if (signIn.method === 'oauth2')
    found.push(refused('signIn.method', `${NAME} takes a user name and a password only.`));
  if (sender.from.address === '') found.push(refused('sender.from.address', `${NAME} requires a From address.`));
  if (server.security === 'none') {
    found.push(lossy('server.security', `${NAME} uses STARTTLS whenever the server offers it.`));
  }
  if (signIn.method === 'password' && secrets.policy === 'environment') {
    found.push(lossy('signIn.method', `${NAME} cannot take the password from the environment. Type it in the portal.`));
  }
  return [
    ...found,
    ...commonLimits(settings, NAME, ['verifyCertificate'], {
      organizations: 'has these settings in each organization by itself. Fill in the form of each.',
    }),
  ];
}

function apply(settings: ProfileSettings): ApplyStep[] {
  const form = sheet(settings);
  return [
    { title: 'In the portal, open Organization Settings > Mail Server Configuration', command: '' },
    ...(form.ok ? sheetSteps(form.value) : []),
    {
      title: 'Choose Save, then start a scan or invite someone to see a message arrive: the form has no test',
      command: '',
    },
  ];
}

const maskSheet = sheetMask('Password');

/** ZeroThreat On-Prem: a form of the portal; there is no file that it would read by itself. */
export const zerothreat: Target = {
  info,
  recognise,
  fileName: ({ options }) => (options.form === 'sheet' ? 'zerothreat-entry-sheet.txt' : 'mail-server.json'),
  render,
  merge,
  parse: (source) => {
    const read = source.json();
    return read.ok ? readAccounts(read.value, NAME) : read;
  },
  limits,
  sheet,
  apply,
  mask: (text, from, to) => (/^\ufeff?\s*[[{]/.test(text) ? maskText(text, from, to) : maskSheet(text, from, to)),
};
