import { appErrorOf } from '../../../shared/errors.ts';
import type { ProfileSettings } from '../../../shared/profile.ts';
import { fail, ok, type Result } from '../../../shared/result.ts';
import type { ApplyStep, TargetInfo, TargetLimit } from '../../../shared/target.ts';
import { type FormSheet, onOff, sheetMask, sheetText } from '../entry-sheet.ts';
import { JsonDocument, type JsonValue } from '../json/document.ts';
import { type JsonChanges, JsonEditor } from '../json/edit.ts';
import { maskJson } from '../json/mask.ts';
import { PLAIN_STYLE, writeJson } from '../json/write.ts';
import { commonLimits, lossy, refused } from '../limits.ts';
import { choice } from '../options.ts';
import { oauthRefusal, passwordSteps, refusal, signInLimits } from '../product.ts';
import { secretText } from '../secret-policy.ts';
import { shellQuote } from '../shell.ts';
import type { ExportContext, Target } from '../target.ts';
import { parseKeepnet, recogniseKeepnet } from './keepnet-import.ts';

const NAME = 'Keepnet';

/** Most characters of each field, as the API has them. */
const MAX = { name: 64, serverAddress: 200, userName: 200, password: 200, customHeader: 2_048 } as const;

const info: TargetInfo = {
  id: 'keepnet',
  name: 'Keepnet',
  fileName: 'smtp-settings.json',
  summary: 'The body of a request to its API, or a sheet to fill in its form from',
  merges: true,
  options: [
    choice('form', 'Form', 'How the settings get into Keepnet.', [
      ['file', 'Body for the API'],
      ['sheet', 'Entry sheet for the form'],
    ]),
  ],
};

/** The API wants a user name and a password also where none is used. */
const UNUSED = 'unused';

function headerText({ sender }: ProfileSettings): string {
  return sender.headers.map(({ name, value }) => `${name}: ${value}`).join('\n');
}

function nameOf({ name }: ProfileSettings): string {
  return name.trim().slice(0, MAX.name).toWellFormed().trim();
}

/** The body of POST and PUT /api/companies/smtp-settings. A key that is not there is left as it is. */
function body(settings: ProfileSettings, context: ExportContext): JsonChanges {
  const { server, signIn, sender } = settings;
  const signsIn = signIn.method === 'password';
  const password = signsIn ? secretText(context.secrets, 'password', null) : UNUSED;
  const requests = settings.products.keepnet?.availableForRequests;
  return {
    name: nameOf(settings),
    serverAddress: server.host,
    // A text in the API's schema, unlike in that of its test request.
    serverPort: String(server.port),
    userName: signsIn ? signIn.username : UNUSED,
    ...(password !== null && { password }),
    useAuthentication: signsIn,
    useSSL: server.security !== 'none',
    hasSMTPRelay: sender.relayAllowed,
    replyTo: sender.replyTo.address || null,
    errorTo: sender.errorsTo || null,
    cc: sender.cc[0] ?? null,
    bcc: sender.bcc[0] ?? null,
    customHeader: headerText(settings) || null,
    ...(requests && { availableForRequests: requests }),
  };
}

/** What Keepnet would not accept; null when it takes the settings. */
function problem(settings: ProfileSettings, context: ExportContext): Result<never> | null {
  const oauth = oauthRefusal(NAME, settings);
  if (oauth) return oauth;
  const password = context.secrets.values.password ?? '';
  if (settings.signIn.method === 'password' && settings.signIn.username === '') {
    return refusal(NAME, 'signIn.username', 'it takes no password without a user name.');
  }
  const lengths = [
    ['server.host', settings.server.host, MAX.serverAddress],
    ['signIn.username', settings.signIn.username, MAX.userName],
    ['password', password, MAX.password],
    ['sender.headers', headerText(settings), MAX.customHeader],
  ] as const;
  const long = lengths.find(([, text, max]) => text.length > max);
  return long ? refusal(NAME, long[0], `it takes at most ${long[2]} characters here.`) : null;
}

/** The choice of the form that stands for this server; choosing one fills in host and port. */
function serviceProvider({ server, products }: ProfileSettings): string {
  const byHost: Record<string, string> = { 'smtp.gmail.com': 'Gsuite', 'smtp.office365.com': 'O365' };
  return products.keepnet?.serviceProvider ?? byHost[server.host.toLowerCase()] ?? 'Custom';
}

/** The fields of the form in its own order and words. */
function sheet(settings: ProfileSettings, context: ExportContext): Result<FormSheet> {
  const { server, signIn, sender, status, organizations } = settings;
  const signsIn = signIn.method === 'password';
  const requests = settings.products.keepnet?.availableForRequests ?? [];
  const fields: FormSheet['fields'] = [
    { label: 'SMTP Setting Name', enter: nameOf(settings), isRequired: true },
    { label: 'Service Provider', enter: serviceProvider(settings), isRequired: true },
    { label: 'SMTP Server Address', enter: server.host, isRequired: true },
    { label: 'Port', enter: String(server.port), isRequired: true },
    { label: 'Username or Email Address', enter: signsIn ? signIn.username : '', isRequired: signsIn },
    { label: 'Password', enter: '', isRequired: signsIn, ...(signsIn && { secret: 'password' as const }) },
    { label: 'Use Authentication', enter: onOff(signsIn) },
    { label: 'Use SSL', enter: onOff(server.security !== 'none') },
    { label: 'Has SMTP Relay', enter: onOff(sender.relayAllowed) },
    {
      label: 'Make Available For',
      enter:
        organizations.length > 0 ? organizations.join(', ') : requests.map(({ resourceId }) => resourceId).join(', '),
      help: 'Only system admins with a Reseller role have this field.',
    },
    { label: 'Reply To', enter: sender.replyTo.address },
    { label: 'Error To', enter: sender.errorsTo },
    { label: 'CC', enter: sender.cc[0] ?? '' },
    { label: 'BCC', enter: sender.bcc[0] ?? '' },
    { label: 'Custom Header', enter: headerText(settings) },
    { label: 'Status', enter: status === 'active' ? 'Active' : 'Inactive', help: 'In the list, once it is saved.' },
  ];
  return problem(settings, context) ?? ok({ place: 'Keepnet > Company Settings > SMTP Settings > New', fields });
}

function render(settings: ProfileSettings, context: ExportContext): Result<string> {
  const found = problem(settings, context);
  if (found) return found;
  if (context.options.form === 'sheet') {
    const form = sheet(settings, context);
    return form.ok ? sheetText(NAME, form.value, context.secrets) : form;
  }
  return ok(`${writeJson(body(settings, context) as Record<string, JsonValue>, PLAIN_STYLE)}\n`);
}

function merge(existing: string, settings: ProfileSettings, context: ExportContext): Result<string> {
  const found = problem(settings, context);
  if (found) return found;
  if (context.options.form === 'sheet') {
    const instead = 'Choose the form Body for the API.';
    return fail(appErrorOf('NOT_AVAILABLE', { what: 'Merging a sheet into a file', instead }));
  }
  const read = JsonDocument.read(existing);
  if (!read.ok) return read;
  const { value: document } = read;
  if (!document.isObject(document.root)) return refusal(NAME, 'this file', 'it is no JSON object.');
  const data = document.member(document.root, 'data');
  const inner = data && document.isObject(data.valueStart) ? data.valueStart : document.root;
  if (document.member(inner, 'results')) {
    return refusal(NAME, 'this file', 'it is a list of settings. Merge into a single one.');
  }
  const editor = new JsonEditor(document);
  editor.change(inner, body(settings, context));
  return ok(editor.result());
}

function limits(settings: ProfileSettings, { secrets, options }: ExportContext): TargetLimit[] {
  const { server, signIn, sender, status } = settings;
  const found = signInLimits(NAME, settings);
  if (server.security === 'starttls-if-offered' || server.security === 'starttls') {
    found.push(
      lossy('server.security', `${NAME} has one switch for both kinds of TLS. It is on, and the port decides.`),
    );
  }
  if (server.security === 'starttls' && server.port === 465) {
    found.push(lossy('server.security', `${NAME} is likely to begin with TLS on port 465.`));
  }
  if (server.security === 'tls' && server.port !== 465) {
    found.push(lossy('server.security', `${NAME} is likely to use STARTTLS on a port other than 465.`));
  }
  if (signIn.method === 'none') {
    found.push(
      lossy(
        'signIn.username',
        `${NAME} wants a user name and a password all the same. The word ${UNUSED} stands for both.`,
      ),
    );
  }
  if (signIn.method === 'password' && secrets.policy !== 'include') {
    found.push(refused('signIn.method', `${NAME} takes no settings without the password. Add it to what you send.`));
  }
  if (nameOf(settings) !== settings.name)
    found.push(lossy('name', `${NAME} takes at most ${MAX.name} characters of a name.`));
  for (const field of ['cc', 'bcc'] as const) {
    if (sender[field].length > 1)
      found.push(lossy(`sender.${field}`, `${NAME} takes one address here. The first is written.`));
  }
  if (sender.from.address !== '') {
    found.push(lossy('sender.from.address', `${NAME} sets From with each template, not here.`));
  }
  if (sender.relayDomains.length > 0) {
    found.push(lossy('sender.relayDomains', `${NAME} only knows that relaying is allowed, not for which domains.`));
  }
  if (options.form === 'file' && status === 'inactive') {
    found.push(lossy('status', `The number that ${NAME} has for inactive is not known. Switch it off in its list.`));
  }
  const common = commonLimits(
    settings,
    NAME,
    ['inactive', 'requireStarttls', 'replyTo', 'errorsTo', 'cc', 'bcc', 'headers', 'relay'],
    {
      fromName: 'sets the name for From with each template.',
      organizations: 'names companies by ids of its own. Choose them in the form.',
    },
  );
  return [...found, ...common];
}

function apply(settings: ProfileSettings, context: ExportContext): ApplyStep[] {
  if (context.options.form === 'sheet') {
    return [
      { title: 'In Keepnet, open Company Settings > SMTP Settings and choose New', command: '' },
      { title: 'Enter the values of the sheet, from top to bottom', command: '' },
      { title: 'Send the test message; only then can the settings be saved', command: '' },
    ];
  }
  const id = settings.products.keepnet?.resourceId;
  const url = `https://api.keepnetlabs.com/api/companies/smtp-settings${id ? `/${encodeURIComponent(id)}` : ''}`;
  const send = `curl -X ${id ? 'PUT' : 'POST'} -H @keepnet-token.header -H 'Content-Type: application/json' --data-binary @keepnet-smtp.json ${shellQuote(url)}`;
  return [
    {
      title: 'Write the line Authorization: Bearer and your token into keepnet-token.header, readable only by you',
      command: '',
    },
    ...passwordSteps(settings, context, {
      key: 'password in keepnet-smtp.json',
      elsewhere: {
        title: 'Enter the password as password in keepnet-smtp.json: its API reads none from elsewhere',
        command: '',
      },
    }),
    { title: id ? 'Replace the setting' : 'Create the setting', command: send },
    { title: 'In Keepnet, under Company Settings > SMTP Settings, send a test message', command: '' },
  ];
}

const maskSheet = sheetMask('Password');

/** Keepnet: a setting of the company, by its API (SmtpSettings) or by hand. */
export const keepnet: Target = {
  info,
  recognise: recogniseKeepnet,
  fileName: ({ options }) => (options.form === 'sheet' ? 'keepnet-entry-sheet.txt' : 'keepnet-smtp.json'),
  render,
  merge,
  parse: parseKeepnet,
  limits,
  sheet,
  apply,
  mask: (text, from, to) => (JsonDocument.read(text).ok ? maskJson(text, from, to) : maskSheet(text, from, to)),
};
