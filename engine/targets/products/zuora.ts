import { bareHost } from '../../../shared/host.ts';
import type { ProfileSettings } from '../../../shared/profile.ts';
import { ok, type Result } from '../../../shared/result.ts';
import type { ApplyStep, TargetInfo, TargetLimit } from '../../../shared/target.ts';
import { type FormField, type FormSheet, sheetSteps } from '../entry-sheet.ts';
import { isSecretKey } from '../json/mask.ts';
import { commonLimits, lossy, refused } from '../limits.ts';
import { editLines } from '../lines/edit.ts';
import { foreignText } from '../lines/foreign.ts';
import { maskEntries } from '../lines/mask.ts';
import { choice } from '../options.ts';
import { refusal } from '../product.ts';
import { readProperties } from '../properties/read.ts';
import { readSheet, SHEET_SYNTAX } from '../properties/sheet.ts';
import { PROPERTIES_SYNTAX, readPropertiesFile } from '../properties/write.ts';
import { secretText } from '../secret-policy.ts';
import type { ExportContext, Target } from '../target.ts';
import { FIELDS, isSheet, LABELS, parseZuora, recogniseZuora, type ZuoraField } from './zuora-import.ts';

const NAME = 'Zuora';
const SSL_FACTORY = 'javax.net.ssl.SSLSocketFactory';

const info: TargetInfo = {
  id: 'zuora',
  name: NAME,
  fileName: 'zuora-smtp.properties',
  summary: 'The external SMTP server of Zuora: a sheet to type in, or JavaMail properties',
  merges: true,
  options: [
    choice('form', 'Form', 'Zuora reads no file: an administrator types the values into a page.', [
      ['sheet', 'Sheet to type in'],
      ['file', 'JavaMail properties'],
    ]),
  ],
};

type Values = Partial<Record<ZuoraField, string | undefined>>;

/** The fields of the page. Undefined leaves one empty. */
function values(settings: ProfileSettings, { secrets, options }: ExportContext): Values {
  const { server, signIn, status, products } = settings;
  const own = products.zuora ?? {};
  const isTls = server.security === 'tls';
  const isOAuth = signIn.method === 'oauth2';
  const password = signIn.method === 'password' ? secretText(secrets, 'password', null) : undefined;
  const factory = own.socketFactoryClass ?? (isTls ? SSL_FACTORY : undefined);
  const port = own.socketFactoryPort ?? (isTls ? server.port : undefined);
  // Left alone, a failing TLS socket would be replaced by a plain one in silence (JavaMail's default).
  const fallback = own.socketFactoryFallback ?? (factory === undefined ? undefined : false);
  const authentication = isOAuth ? 'OAuth 2.0' : 'Username/Password';
  return {
    host: bareHost(server.host),
    port: String(server.port),
    authentication: options.form === 'file' ? String(signIn.method !== 'none') : authentication,
    starttls: String(server.security === 'starttls' || server.security === 'starttls-if-offered'),
    username: signIn.method === 'none' ? undefined : signIn.username || undefined,
    ...(password !== null && { password }),
    provider: isOAuth ? own.oauthProvider || undefined : undefined,
    factoryPort: port === undefined ? undefined : String(port),
    factoryClass: factory,
    fallback: fallback === undefined ? undefined : String(fallback),
    selected: String(own.selected ?? status === 'active'),
    ...(options.form === 'file' && { mechanisms: isOAuth ? 'XOAUTH2' : undefined }),
  };
}

function write(existing: string, settings: ProfileSettings, context: ExportContext): Result<string> {
  const foreign = foreignText(NAME, existing);
  if (foreign) return foreign;
  const sheet = context.options.form !== 'file';
  const wanted = Object.entries(values(settings, context)) as [ZuoraField, string | undefined][];
  for (const [field, value] of wanted) {
    if (sheet && value !== undefined && /[\r\n]/.test(value)) {
      return refusal(NAME, LABELS[field] ?? field, 'a field of the page has one line only.');
    }
  }
  const changes = wanted.flatMap(([field, value]) => {
    const key = sheet ? LABELS[field] : FIELDS[field];
    return key === undefined ? [] : [{ section: '', key, value }];
  });
  if (sheet) return ok(editLines(existing, readSheet(existing, Object.values(LABELS)), changes, SHEET_SYNTAX));
  const read = readPropertiesFile(existing);
  return read.ok ? ok(editLines(existing, read.value, changes, { ...PROPERTIES_SYNTAX, group: 'mail.smtp.' })) : read;
}

function limits(settings: ProfileSettings, { secrets }: ExportContext): TargetLimit[] {
  const { server, signIn, sender, products } = settings;
  const found: TargetLimit[] = [];
  if (signIn.method === 'none') found.push(refused('signIn.method', `${NAME} always signs in.`));
  if (signIn.method !== 'none' && signIn.username === '')
    found.push(refused('signIn.username', `${NAME} requires a user name.`));
  if (signIn.method === 'oauth2') {
    const text = `${NAME} keeps the OAuth 2.0 client in a provider object of its own. Here stands only its name.`;
    found.push(lossy('signIn.oauth.clientId', text));
    if (!products.zuora?.oauthProvider)
      found.push(refused('products.zuora.oauthProvider', `${NAME} requires the name of its OAuth 2.0 provider.`));
  }
  if (signIn.method === 'password' && secrets.policy === 'environment')
    found.push(lossy('signIn.method', `${NAME} cannot take the password from the environment. Type it in.`));
  if (sender.from.address !== '' && sender.from.address !== signIn.username) {
    const text = `${NAME} has no From here: that of the tenant’s notifications counts, and the mail server must let it pass.`;
    found.push(lossy('sender.from.address', text));
  }
  if (server.security === 'tls' && products.zuora?.socketFactoryFallback)
    found.push(lossy('server.security', `${NAME} goes on in plain text when TLS fails, since the fallback is on.`));
  return [...found, ...commonLimits(settings, NAME, ['inactive'])];
}

/** What the page says of its fields, beyond their names. */
const HINTS: Partial<Record<ZuoraField, string>> = {
  authentication: 'Username/Password or OAuth 2.0.',
  username: 'The email address of the sender.',
  provider: 'The name of a provider object that was created in Zuora.',
  factoryPort: 'Needed when a class is set.',
  factoryClass: 'TLS from the first byte.',
  fallback: 'Left at its default, true, a failing TLS socket is replaced by a plain one.',
  selected: 'A checkbox, after the test has passed and the page is saved.',
};

/** The page, field by field. */
function sheet(settings: ProfileSettings, context: ExportContext): Result<FormSheet> {
  const entered = values(settings, { ...context, options: { form: 'sheet' } });
  const isOAuth = settings.signIn.method === 'oauth2';
  const required = new Set<ZuoraField>([
    'host',
    'port',
    'authentication',
    'username',
    isOAuth ? 'provider' : 'password',
  ]);
  if (entered.factoryClass !== undefined) required.add('factoryPort');
  const fields = (Object.entries(LABELS) as [ZuoraField, string][]).map(
    ([field, label]): FormField => ({
      label,
      enter: field === 'password' ? '' : (entered[field] ?? ''),
      isRequired: required.has(field),
      help: HINTS[field] ?? '',
      ...(field === 'password' && settings.signIn.method === 'password' && { secret: 'password' as const }),
    }),
  );
  return ok({ place: `${PAGE} > External SMTP > Edit`, fields });
}

const PAGE = 'Zuora > Extension Studio > Events & Notifications > Settings > Email Settings';

function apply(settings: ProfileSettings, context: ExportContext): ApplyStep[] {
  const form = sheet(settings, context);
  const selected = LABELS.selected ?? '';
  // The last choice comes after the test.
  const steps = form.ok ? sheetSteps(form.value).filter(({ title }) => title !== selected) : [];
  return [
    { title: `Open ${PAGE}`, command: '' },
    { title: 'In the tab External SMTP, choose Edit', command: '' },
    ...steps,
    { title: 'Choose Test Connection And Save: nothing is stored before the test passes', command: '' },
    { title: `Then tick ${selected}`, command: '' },
  ];
}

/** Zuora: the page for an external SMTP server. There is no file that it would read by itself. */
export const zuora: Target = {
  info,
  recognise: recogniseZuora,
  fileName: ({ options }) => (options.form === 'file' ? 'zuora-smtp.properties' : 'zuora-smtp.txt'),
  render: (settings, context) => write('', settings, context),
  merge: write,
  parse: parseZuora,
  limits,
  sheet,
  apply,
  mask: (text, from, to) => {
    const reading = isSheet(text) ? readSheet(text, Object.values(LABELS)) : readProperties(text);
    return maskEntries(text, reading, from, to, ({ key }) => isSecretKey(key));
  },
};
