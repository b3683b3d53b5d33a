import { formatMailbox } from '../../../shared/address.ts';
import { appErrorOf } from '../../../shared/errors.ts';
import type { ProfileSettings } from '../../../shared/profile.ts';
import { fail, ok, type Result } from '../../../shared/result.ts';
import type { ApplyStep, TargetInfo, TargetLimit } from '../../../shared/target.ts';
import { ImportDraft } from '../draft.ts';
import { commonLimits, lossy } from '../limits.ts';
import { fromLimits, oauthRefusal, passwordSteps, setHost, setMailbox, setPort, signInLimits } from '../product.ts';
import { secretText } from '../secret-policy.ts';
import type { SourceDocument } from '../source.ts';
import type { ExportContext, ParsedImport, Target } from '../target.ts';
import type { YamlChanges } from '../yaml/edit.ts';
import { maskYaml } from '../yaml/mask.ts';
import { mergeYaml, newText } from '../yaml/merge.ts';
import type { YamlMap } from '../yaml/nodes.ts';
import { YamlReader } from '../yaml/reader.ts';
import { YamlWord } from '../yaml/write.ts';

const NAME = 'Sentry';

const info: TargetInfo = {
  id: 'sentry',
  name: 'Sentry (self-hosted)',
  fileName: 'config.yml',
  summary: 'mail.* keys of sentry/config.yml',
  merges: true,
  options: [],
};

/** The keys are flat: the dots are part of their names. */
function wanted(settings: ProfileSettings, { secrets }: ExportContext): YamlChanges {
  const { server, signIn, sender } = settings;
  const signsIn = signIn.method === 'password';
  const password = signsIn ? secretText(secrets, 'password', null) : null;
  const tls = server.security === 'tls';
  return {
    'mail.backend': new YamlWord(settings.status === 'active' ? 'smtp' : 'dummy'),
    'mail.host': server.host,
    'mail.port': server.port,
    'mail.username': signsIn ? signIn.username : undefined,
    ...(signsIn ? password !== null && { 'mail.password': password } : { 'mail.password': undefined }),
    // The two exclude each other and must not stand side by side (config.example.yml).
    'mail.use-tls': tls ? undefined : server.security !== 'none',
    'mail.use-ssl': tls ? true : undefined,
    'mail.from': sender.from.address === '' ? undefined : formatMailbox(sender.from),
  };
}

function render(settings: ProfileSettings, context: ExportContext): Result<string> {
  return oauthRefusal(NAME, settings) ?? ok(newText(wanted(settings, context)));
}

function merge(existing: string, settings: ProfileSettings, context: ExportContext): Result<string> {
  return oauthRefusal(NAME, settings) ?? mergeYaml(existing, NAME, wanted(settings, context));
}

function recognise(source: SourceDocument): number {
  if (!/^["']?(?:mail\.(?:host|from|backend|use-tls|use-ssl|port)|system\.secret-key)["']?\s*:/m.test(source.lines))
    return 0;
  const read = source.yaml();
  if (!read.ok) return 0.5;
  const scores = read.value.maps().map((map) => {
    if (map.has('mail.host', 'mail.from', 'mail.backend', 'mail.use-tls')) return 0.95;
    return map.has('system.secret-key', 'system.url-prefix') ? 0.7 : 0;
  });
  return Math.max(0, ...scores);
}

function parse(source: SourceDocument): Result<ParsedImport> {
  const read = source.yaml();
  if (!read.ok) return read;
  const map = read.value.maps().find((root) => root.entries().some(({ key }) => key.startsWith('mail.')));
  if (!map) return fail(appErrorOf('NO_MAIL_SETTINGS', { target: NAME }));
  const draft = new ImportDraft();
  readMail(map, draft);
  return draft.result();
}

function readMail(map: YamlMap, draft: ImportDraft): void {
  const profile = draft.profile();
  const read = new YamlReader(map, draft, NAME);
  read.reportDuplicates('Sentry takes the last one.');
  profile.settings.server.port = 25;
  setHost(profile, read, 'mail.host', 'localhost');
  const host = read.text('mail.host');
  if (host?.value === 'smtp') {
    draft.warn(`Line ${host.origin.line}: smtp is the mail container of Sentry’s own installation, not a mail server.`);
  }
  setPort(profile, draft, read.text('mail.port'));
  readSecurity(read, profile.settings, draft, (origin) => profile.trace('server.security', origin));
  const backend = read.text('mail.backend');
  if (backend) profile.set('status', /smtp/i.test(backend.value) ? 'active' : 'inactive', backend.origin);
  const user = read.text('mail.username');
  if (user && user.value !== '') {
    profile.set('signIn.username', user.value, user.origin);
    profile.set('signIn.method', 'password', user.origin);
  }
  const password = read.raw('mail.password');
  if (password && (password.text !== '' || user?.value)) profile.secret('password', password.text, password.origin);
  setMailbox(profile, draft, 'sender.from', read.text('mail.from'));
  for (const origin of map.rest()) {
    if (origin.key.startsWith('mail.')) draft.ignore(origin, 'This key has nothing to do with the mail server.');
  }
  profile.finish(NAME);
}

type Origin = { key: string; line: number };

function readSecurity(
  read: YamlReader,
  { server }: ProfileSettings,
  draft: ImportDraft,
  trace: (origin: Origin) => void,
): void {
  const starttls = read.boolean('mail.use-tls');
  const ssl = read.boolean('mail.use-ssl');
  if (starttls?.value && ssl?.value) {
    draft.warn(`Line ${ssl.origin.line}: mail.use-tls and mail.use-ssl exclude each other. Sentry sends nothing.`);
  }
  server.security = ssl?.value ? 'tls' : starttls?.value ? 'starttls' : 'none';
  const origin = (ssl?.value ? ssl : (starttls ?? ssl))?.origin;
  if (origin) trace(origin);
}

function limits(settings: ProfileSettings): TargetLimit[] {
  const found = [...signInLimits(NAME, settings), ...fromLimits(settings, `${NAME} then sends as root@localhost.`)];
  if (settings.server.security === 'starttls-if-offered') {
    found.push(lossy('server.security', `${NAME} has no STARTTLS if offered. It is required instead.`));
  }
  return [...found, ...commonLimits(settings, NAME, ['inactive', 'requireStarttls', 'fromName'])];
}

function apply(settings: ProfileSettings, context: ExportContext): ApplyStep[] {
  return [
    ...passwordSteps(settings, context, {
      key: 'mail.password',
      elsewhere: {
        title: 'Add to sentry/sentry.conf.py: SENTRY_OPTIONS["mail.password"] = os.environ["SMTP_PASSWORD"]',
        command: '',
      },
    }),
    { title: 'Recreate the containers', command: 'docker compose up -d --force-recreate' },
    { title: 'In Sentry, open Admin > Mail and choose Send a test email', command: '' },
  ];
}

/** Sentry, self-hosted: the mail.* options of config.yml. */
export const sentry: Target = {
  info,
  recognise,
  fileName: () => 'sentry-mail.yml',
  render,
  merge,
  parse,
  limits,
  apply,
  mask: maskYaml,
};
