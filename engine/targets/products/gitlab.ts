import type { ProfileSettings } from '../../../shared/profile.ts';
import { ok, type Result } from '../../../shared/result.ts';
import type { ApplyStep, TargetInfo, TargetLimit } from '../../../shared/target.ts';
import { type CodeChanges, editCode } from '../code/edit.ts';
import { maskCode } from '../code/mask.ts';
import type { CodeValue } from '../code/value.ts';
import { commonLimits, lossy } from '../limits.ts';
import { maskByLines } from '../mask-part.ts';
import { mechanismWord } from '../mechanism-word.ts';
import { oauthRefusal, passwordSteps, refusal, signInLimits } from '../product.ts';
import { rubyText } from '../ruby/literal.ts';
import { readRuby } from '../ruby/read.ts';
import { secretText } from '../secret-policy.ts';
import type { ExportContext, Target } from '../target.ts';
import { parseGitlab, railsKey, recogniseGitlab, TABLE } from './gitlab-import.ts';

const NAME = 'GitLab';
const REFERENCE = "ENV['SMTP_PASSWORD']";

const info: TargetInfo = {
  id: 'gitlab',
  name: 'GitLab (Omnibus)',
  fileName: 'gitlab.rb',
  summary: 'Settings of gitlab.rb, also for GITLAB_OMNIBUS_CONFIG of the container',
  merges: true,
  options: [],
};

const MECHANISMS = { auto: null, PLAIN: 'plain', LOGIN: 'login', 'CRAM-MD5': 'cram_md5' } as const;

const text = (value: string): CodeValue => ({ kind: 'text', value });
const number = (value: number): CodeValue => ({ kind: 'number', value });
const flag = (value: boolean): CodeValue => ({ kind: 'flag', value });

/** Settings by the name of the key, in the order of the product's own template. */
function changes(settings: ProfileSettings, context: ExportContext): CodeChanges {
  const { server, sender, tls, status } = settings;
  const active = status === 'active';
  const keys: CodeChanges = {
    smtp_enable: flag(active),
    smtp_address: text(server.host),
    smtp_port: number(server.port),
    ...account(settings, context),
    smtp_domain: server.ehloName ? text(server.ehloName) : undefined,
    // Both on is an error of gitlab-ctl reconfigure from version 16 on, so both are always said.
    smtp_enable_starttls_auto: flag(server.security === 'starttls' || server.security === 'starttls-if-offered'),
    smtp_tls: flag(server.security === 'tls'),
    smtp_ssl: undefined,
    smtp_openssl_verify_mode: text(tls.verifyCertificate ? 'peer' : 'none'),
    smtp_open_timeout: number(server.connectTimeoutSeconds),
    smtp_read_timeout: number(server.commandTimeoutSeconds),
    gitlab_email_enabled: flag(active),
    gitlab_email_from: sender.from.address ? text(sender.from.address) : undefined,
    gitlab_email_display_name: sender.from.name ? text(sender.from.name) : undefined,
    gitlab_email_reply_to: sender.replyTo.address ? text(sender.replyTo.address) : undefined,
  };
  return Object.fromEntries(Object.entries(keys).map(([key, value]) => [railsKey(key), value]));
}

function account({ signIn }: ProfileSettings, { secrets }: ExportContext): CodeChanges {
  if (signIn.method === 'none') {
    return { smtp_user_name: undefined, smtp_password: undefined, smtp_authentication: flag(false) };
  }
  const mechanism = mechanismWord<string | null>(MECHANISMS, signIn.mechanism);
  const password = secretText(secrets, 'password', REFERENCE);
  const written: CodeValue =
    secrets.policy === 'environment' ? { kind: 'expression', text: REFERENCE } : text(password ?? '');
  return {
    smtp_user_name: text(signIn.username),
    ...(password !== null && { smtp_password: written }),
    smtp_authentication: mechanism ? text(mechanism) : undefined,
  };
}

const SYNTAX = {
  delimiter: ' = ',
  write: (value: CodeValue) => {
    if (value.kind === 'text') return rubyText(value.value);
    if (value.kind === 'expression') return value.text;
    return 'value' in value ? String(value.value) : 'nil';
  },
};

function write(existing: string, settings: ProfileSettings, context: ExportContext): Result<string> {
  const problem = oauthRefusal(NAME, settings);
  if (problem) return problem;
  // The line break of a text is that of the file it stands in, and Ruby makes one of both kinds.
  if (/\r/.test(context.secrets.values.password ?? '')) {
    return refusal(NAME, 'smtp_password', 'Ruby reads a carriage return in a file differently on each system.');
  }
  return ok(editCode(existing, readRuby(existing, TABLE), changes(settings, context), SYNTAX));
}

function limits(settings: ProfileSettings): TargetLimit[] {
  const { sender } = settings;
  const found = signInLimits(NAME, settings);
  if (sender.from.address === '') {
    found.push(lossy('sender.from.address', `${NAME} makes a From address of its own host name when none is set.`));
  }
  const able = [
    'inactive',
    'ehloName',
    'connectTimeout',
    'commandTimeout',
    'verifyCertificate',
    'mechanism',
    'fromName',
    'replyTo',
  ] as const;
  const common = commonLimits(settings, NAME, able, {
    ca: 'takes its CA certificates from a file on the server: name it in smtp_ca_file.',
  });
  return [...found, ...common];
}

function apply(settings: ProfileSettings, context: ExportContext): ApplyStep[] {
  return [
    ...passwordSteps(settings, context, {
      key: railsKey('smtp_password'),
      elsewhere: { title: 'Set SMTP_PASSWORD in the environment of gitlab-ctl reconfigure', command: '' },
    }),
    ...(settings.signIn.method === 'password' && context.secrets.policy === 'leave-out'
      ? [
          {
            title: 'Or keep it encrypted, outside of the file',
            command: 'sudo gitlab-rake gitlab:smtp:secret:edit EDITOR=vi',
          },
        ]
      : []),
    {
      title: 'Let the server take the file; a container takes the same lines in GITLAB_OMNIBUS_CONFIG',
      command: 'sudo gitlab-ctl reconfigure',
    },
    {
      title: 'Send a test message',
      command: "sudo gitlab-rails runner \"Notify.test_email('YOUR-ADDRESS', 'Test', 'Test').deliver_now\"",
    },
  ];
}

/** GitLab Omnibus: /etc/gitlab/gitlab.rb, which is a program and is only read here, never run. */
export const gitlab: Target = {
  info,
  recognise: recogniseGitlab,
  fileName: () => 'gitlab-mail.rb',
  render: (settings, context) => write('', settings, context),
  merge: write,
  parse: parseGitlab,
  limits,
  apply,
  mask: maskByLines((whole) => maskCode(whole, readRuby(whole, TABLE))),
};
