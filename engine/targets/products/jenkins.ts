import { formatMailbox } from '../../../shared/address.ts';
import type { ProfileSettings } from '../../../shared/profile.ts';
import { ok, type Result } from '../../../shared/result.ts';
import type { ApplyStep, TargetInfo, TargetLimit } from '../../../shared/target.ts';
import { commonLimits, lossy } from '../limits.ts';
import { fromLimits, oauthRefusal, passwordSteps, signInLimits } from '../product.ts';
import { secretText } from '../secret-policy.ts';
import type { ExportContext, Target } from '../target.ts';
import type { YamlChanges } from '../yaml/edit.ts';
import { maskYaml } from '../yaml/mask.ts';
import { mergeYaml, newText } from '../yaml/merge.ts';
import { jcascEscape, parseJenkins, recogniseJenkins } from './jenkins-import.ts';
import { maskJenkinsXml } from './jenkins-xml.ts';

const NAME = 'Jenkins';

const info: TargetInfo = {
  id: 'jenkins',
  name: NAME,
  fileName: 'jenkins.yaml',
  summary: 'Configuration as Code for the Mailer plugin; reads its XML on disk too',
  merges: true,
  options: [],
};

function wanted(settings: ProfileSettings, context: ExportContext): YamlChanges {
  const { server, sender } = settings;
  const from = sender.from.address === '' ? undefined : jcascEscape(formatMailbox(sender.from));
  return {
    unclassified: {
      location: { adminAddress: from },
      mailer: {
        smtpHost: jcascEscape(server.host),
        // A text in the plugin, though a number is taken as well.
        smtpPort: String(server.port),
        useSsl: server.security === 'tls',
        useTls: server.security === 'starttls' || server.security === 'starttls-if-offered',
        authentication: authentication(settings, context),
        replyToAddress: sender.replyTo.address === '' ? undefined : jcascEscape(sender.replyTo.address),
      },
    },
  };
}

function authentication({ signIn }: ProfileSettings, { secrets }: ExportContext): YamlChanges | undefined {
  if (signIn.method === 'none') return undefined;
  const text = secretText(secrets, 'password', null);
  const password =
    secrets.policy === 'environment'
      ? { password: `$\{SMTP_PASSWORD}` }
      : text === null
        ? {}
        : { password: jcascEscape(text) };
  return { username: jcascEscape(signIn.username), ...password };
}

function render(settings: ProfileSettings, context: ExportContext): Result<string> {
  return oauthRefusal(NAME, settings) ?? ok(newText(wanted(settings, context)));
}

function merge(existing: string, settings: ProfileSettings, context: ExportContext): Result<string> {
  return oauthRefusal(NAME, settings) ?? mergeYaml(existing, NAME, wanted(settings, context));
}

function limits(settings: ProfileSettings): TargetLimit[] {
  const found = [
    ...signInLimits(NAME, settings),
    ...fromLimits(settings, `${NAME} then sends from “address not configured yet”, which servers refuse.`),
  ];
  if (settings.server.security === 'starttls-if-offered') {
    found.push(lossy('server.security', `${NAME} has no STARTTLS if offered. It is required instead.`));
  }
  const common = commonLimits(settings, NAME, ['requireStarttls', 'fromName', 'replyTo'], {
    verifyCertificate: 'always checks the certificate. Only the Email Extension plugin can trust it unchecked.',
    ca: 'takes a CA from the Java trust store.',
    connectTimeout: 'waits 60 seconds for the connection.',
    commandTimeout: 'waits 60 seconds for each reply.',
  });
  return [...found, ...common];
}

function apply(settings: ProfileSettings, context: ExportContext): ApplyStep[] {
  return [
    ...passwordSteps(settings, context, {
      key: 'password of mailer > authentication',
      elsewhere: {
        title: 'Set SMTP_PASSWORD in the environment of Jenkins, or as a file in its secrets folder',
        command: '',
      },
    }),
    { title: 'In Manage Jenkins > Configuration as Code, choose Reload existing configuration', command: '' },
    { title: 'In Manage Jenkins > System, choose Test configuration under E-mail Notification', command: '' },
    { title: 'The Email Extension plugin has an account of its own: email-ext > mailAccount', command: '' },
  ];
}

/** Jenkins: the Mailer plugin in Configuration as Code. */
export const jenkins: Target = {
  info,
  recognise: recogniseJenkins,
  fileName: () => 'jenkins-mail.yaml',
  render,
  merge,
  parse: parseJenkins,
  limits,
  apply,
  mask: (text, from, to) => (/^\ufeff?\s*</.test(text) ? maskJenkinsXml(text, from, to) : maskYaml(text, from, to)),
};
