import { appErrorOf } from '../../../shared/errors.ts';
import type { ProfileSettings } from '../../../shared/profile.ts';
import { fail, ok, type Result } from '../../../shared/result.ts';
import type { ApplyStep, TargetInfo, TargetLimit } from '../../../shared/target.ts';
import { ImportDraft } from '../draft.ts';
import { readVocabulary } from '../env/read-profile.ts';
import type { Variable } from '../env/variables.ts';
import { DISCOURSE } from '../env/vocabularies/rails.ts';
import { commonLimits } from '../limits.ts';
import { foreignText } from '../lines/foreign.ts';
import { maskEntries } from '../lines/mask.ts';
import { mechanismWord } from '../mechanism-word.ts';
import { choice } from '../options.ts';
import { fromLimits, oauthRefusal, passwordSteps, refusal, signInLimits } from '../product.ts';
import { secretText } from '../secret-policy.ts';
import type { SourceDocument } from '../source.ts';
import type { ExportContext, ParsedImport, Target } from '../target.ts';
import { maskYaml } from '../yaml/mask.ts';
import { mergeYaml, newText } from '../yaml/merge.ts';
import { variablesUnder } from '../yaml/variables.ts';
import { isConf, readConf, writeConf } from './discourse-conf.ts';

const NAME = 'Discourse';

const info: TargetInfo = {
  id: 'discourse',
  name: NAME,
  fileName: 'app.yml',
  summary: 'env of containers/app.yml, or discourse.conf',
  merges: true,
  options: [
    choice('form', 'Form', 'How Discourse is installed.', [
      ['file', 'app.yml of the container'],
      ['conf', 'discourse.conf without a container'],
    ]),
  ],
};

const MECHANISMS = { auto: undefined, PLAIN: 'plain', LOGIN: 'login', 'CRAM-MD5': 'cram_md5' } as const;

function env(
  settings: ProfileSettings,
  { secrets }: ExportContext,
): Record<string, string | number | boolean | undefined> {
  const { server, signIn, sender, tls } = settings;
  const signsIn = signIn.method === 'password';
  const password = signsIn ? secretText(secrets, 'password', null) : null;
  const encrypted = server.security !== 'none';
  return {
    DISCOURSE_SMTP_ADDRESS: server.host,
    DISCOURSE_SMTP_PORT: server.port,
    DISCOURSE_SMTP_USER_NAME: signsIn ? signIn.username : undefined,
    // In quotes, since a # would begin a comment (samples/standalone.yml).
    ...(signsIn ? password !== null && { DISCOURSE_SMTP_PASSWORD: password } : { DISCOURSE_SMTP_PASSWORD: undefined }),
    DISCOURSE_SMTP_AUTHENTICATION: signsIn
      ? mechanismWord<string | undefined>(MECHANISMS, signIn.mechanism)
      : undefined,
    DISCOURSE_SMTP_ENABLE_START_TLS: server.security === 'starttls' || server.security === 'starttls-if-offered',
    DISCOURSE_SMTP_FORCE_TLS: server.security === 'tls' ? true : undefined,
    DISCOURSE_SMTP_OPENSSL_VERIFY_MODE: encrypted && !tls.verifyCertificate ? 'none' : undefined,
    DISCOURSE_SMTP_DOMAIN: server.ehloName || undefined,
    DISCOURSE_SMTP_OPEN_TIMEOUT: server.connectTimeoutSeconds,
    DISCOURSE_SMTP_READ_TIMEOUT: server.commandTimeoutSeconds,
    DISCOURSE_NOTIFICATION_EMAIL: sender.from.address || undefined,
  };
}

function problemOf(settings: ProfileSettings, context: ExportContext): Result<never> | null {
  // The launcher hands every value to docker run as one argument of a line.
  const broken = Object.values(context.secrets.values).some((secret) => /[\r\n]/.test(secret ?? ''));
  if (broken) return refusal(NAME, 'signIn.method', 'the password has a line break.');
  return oauthRefusal(NAME, settings);
}

function render(settings: ProfileSettings, context: ExportContext): Result<string> {
  const problem = problemOf(settings, context);
  if (problem) return problem;
  const wanted = env(settings, context);
  return context.options.form === 'conf' ? writeConf('', wanted) : ok(newText({ env: wanted }));
}

function merge(existing: string, settings: ProfileSettings, context: ExportContext): Result<string> {
  const problem = problemOf(settings, context);
  if (problem) return problem;
  const wanted = env(settings, context);
  if (context.options.form === 'conf') return foreignText(NAME, existing) ?? writeConf(existing, wanted);
  if (isConf(existing)) return refusal(NAME, 'this file', 'it is a discourse.conf. Choose that form.');
  return mergeYaml(existing, NAME, { env: wanted });
}

function recognise(source: SourceDocument): number {
  if (isConf(source.lines)) return 0.9;
  if (!/^\s*["']?DISCOURSE_\w+["']?\s*:/m.test(source.lines)) return 0;
  const read = source.yaml();
  if (!read.ok) return /^env\s*:/m.test(source.text) ? 0.5 : 0;
  const scores = read.value.maps().map((root) => {
    const variables = root.map('env');
    if (variables?.has('DISCOURSE_SMTP_ADDRESS')) return 0.97;
    return variables?.has('DISCOURSE_HOSTNAME', 'DISCOURSE_DEVELOPER_EMAILS') ? 0.7 : 0;
  });
  return Math.max(0, ...scores);
}

/** The keys of discourse.conf under the names that they have as variables. */
function confVariables(text: string): Variable[] {
  return readConf(text).entries.map(({ key, value, line }) => ({
    name: `DISCOURSE_${key.toUpperCase()}`,
    value,
    line,
    key,
    literal: true,
  }));
}

function parse(source: SourceDocument): Result<ParsedImport> {
  const draft = new ImportDraft();
  const nothing = fail(appErrorOf('NO_MAIL_SETTINGS', { target: NAME }));
  if (isConf(source.text))
    return readVocabulary(DISCOURSE, confVariables(source.text), draft) ? draft.result() : nothing;
  const read = source.yaml();
  if (!read.ok) return read;
  const variables = read.value
    .maps()
    .flatMap((root) => variablesUnder(root, 'env'))
    .map((variable) => ({ ...variable, literal: true }));
  return readVocabulary(DISCOURSE, variables, draft) ? draft.result() : nothing;
}

function limits(settings: ProfileSettings): TargetLimit[] {
  const common = commonLimits(
    settings,
    NAME,
    ['ehloName', 'connectTimeout', 'commandTimeout', 'verifyCertificate', 'mechanism'],
    { fromName: 'takes the name from its site title.', replyTo: 'makes Reply-To itself, for answers by mail.' },
  );
  return [
    ...signInLimits(NAME, settings),
    ...fromLimits(settings, `${NAME} then sends from noreply at its own host name.`),
    ...common,
  ];
}

function apply(settings: ProfileSettings, context: ExportContext): ApplyStep[] {
  const conf = context.options.form === 'conf';
  return [
    ...passwordSteps(settings, context, {
      key: conf ? 'smtp_password' : 'DISCOURSE_SMTP_PASSWORD',
      elsewhere: {
        title: conf
          ? 'Set DISCOURSE_SMTP_PASSWORD in the environment of the web server and of Sidekiq'
          : 'Enter DISCOURSE_SMTP_PASSWORD in app.yml: the launcher reads it from nowhere else',
        command: '',
      },
    }),
    conf
      ? { title: 'Restart the web server and Sidekiq', command: '' }
      : { title: 'Rebuild the container', command: 'cd /var/discourse && ./launcher rebuild app' },
    { title: 'In Discourse, open Admin > Email and choose Send test email', command: '' },
  ];
}

/** Discourse: the variables of containers/app.yml (discourse_docker). */
export const discourse: Target = {
  info,
  recognise,
  fileName: ({ options }) => (options.form === 'conf' ? 'discourse-mail.conf' : 'app-mail.yml'),
  render,
  merge,
  parse,
  limits,
  apply,
  mask: (text, from, to) => (isConf(text) ? maskEntries(text, readConf(text), from, to) : maskYaml(text, from, to)),
};
