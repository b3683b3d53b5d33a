import { formatMailbox } from '../../../shared/address.ts';
import { hostPort } from '../../../shared/host.ts';
import type { ProfileSettings } from '../../../shared/profile.ts';
import { ok, type Result } from '../../../shared/result.ts';
import type { ApplyStep, TargetInfo, TargetLimit } from '../../../shared/target.ts';
import { commonLimits, type Feature, lossy, refused } from '../limits.ts';
import { mechanismWord } from '../mechanism-word.ts';
import { choice } from '../options.ts';
import { fromLimits, oauthRefusal, passwordSteps, refusal, signInLimits } from '../product.ts';
import { secretText } from '../secret-policy.ts';
import type { ExportContext, Target } from '../target.ts';
import type { YamlChanges } from '../yaml/edit.ts';
import { maskYaml } from '../yaml/mask.ts';
import { mergeYaml, newText } from '../yaml/merge.ts';
import { quoteDouble, YamlWord } from '../yaml/write.ts';
import { parseAnsible, recogniseAnsible } from './ansible-import.ts';

const NAME = 'Ansible';
const VAULT_VARIABLE = 'vault_smtp_password';

const info: TargetInfo = {
  id: 'ansible',
  name: 'Ansible variables',
  fileName: 'vars.yml',
  summary: 'variables for the roles that install GitLab, Grafana or Alertmanager',
  merges: true,
  options: [
    choice('role', 'Role', 'The role whose variables are to be written.', [
      ['gitlab', 'geerlingguy.gitlab'],
      ['grafana', 'cloudalchemy.grafana'],
      ['alertmanager', 'cloudalchemy.alertmanager'],
    ]),
  ],
};

/** A text that Jinja would read is marked as one that it must not. */
function text(value: string): string | YamlWord {
  return /\{\{|\{%|\{#/.test(value) ? new YamlWord(`!unsafe ${quoteDouble(value)}`, `!unsafe ${value}`) : value;
}

/** The password, or the variable of the vault; nothing when it is left out. */
function passwordOf({ signIn }: ProfileSettings, { secrets }: ExportContext): string | YamlWord | null {
  if (signIn.method !== 'password') return null;
  if (secrets.policy === 'environment') return `{{ ${VAULT_VARIABLE} }}`;
  const written = secretText(secrets, 'password', null);
  return written === null ? null : text(written);
}

/** Sets a key, takes it out without a sign-in, and leaves it alone when the password is left out. */
function secretKey(key: string, settings: ProfileSettings, context: ExportContext): YamlChanges {
  if (settings.signIn.method !== 'password') return { [key]: undefined };
  const password = passwordOf(settings, context);
  return password === null ? {} : { [key]: password };
}

const SYMBOLS = { auto: 'login', PLAIN: 'plain', LOGIN: 'login', 'CRAM-MD5': 'cram_md5' } as const;

/** The role compares with the text "true", so that switches are texts (templates/gitlab.rb.j2). */
function gitlab(settings: ProfileSettings, context: ExportContext): YamlChanges {
  const { server, signIn, sender, tls } = settings;
  const signsIn = signIn.method === 'password';
  const active = String(settings.status === 'active');
  const password = passwordOf(settings, context);
  return {
    gitlab_smtp_enable: active,
    gitlab_smtp_address: text(server.host),
    gitlab_smtp_port: String(server.port),
    // Empty ones are left out by the role, whose defaults are no empty texts.
    gitlab_smtp_user_name: signsIn ? text(signIn.username) : '',
    ...(signsIn ? password !== null && { gitlab_smtp_password: password } : { gitlab_smtp_password: '' }),
    gitlab_smtp_domain: text(server.ehloName),
    gitlab_smtp_authentication: signsIn ? mechanismWord<string>(SYMBOLS, signIn.mechanism) : '',
    // GitLab stops when both are on.
    gitlab_smtp_enable_starttls_auto: String(
      server.security === 'starttls' || server.security === 'starttls-if-offered',
    ),
    gitlab_smtp_tls: String(server.security === 'tls'),
    gitlab_smtp_openssl_verify_mode: server.security === 'none' || tls.verifyCertificate ? 'peer' : 'none',
    gitlab_email_enabled: active,
    gitlab_email_from: text(sender.from.address),
    gitlab_email_display_name: text(sender.from.name),
    gitlab_email_reply_to: text(sender.replyTo.address),
  };
}

/** The keys of grafana_smtp, which the role writes into grafana.ini as they are. */
function grafana(settings: ProfileSettings, context: ExportContext): YamlChanges {
  const { server, signIn, sender, tls } = settings;
  const policies = {
    none: 'NoStartTLS',
    'starttls-if-offered': 'OpportunisticStartTLS',
    starttls: 'MandatoryStartTLS',
    tls: undefined,
  };
  return {
    grafana_smtp: {
      host: hostPort(server.host, server.port),
      user: signIn.method === 'password' ? text(signIn.username) : undefined,
      ...secretKey('password', settings, context),
      from_address: sender.from.address ? text(sender.from.address) : undefined,
      from_name: sender.from.name ? text(sender.from.name) : undefined,
      ehlo_identity: server.ehloName || undefined,
      skip_verify: server.security !== 'none' && !tls.verifyCertificate ? true : undefined,
      startTLS_policy: policies[server.security],
    },
  };
}

/** The role puts `smtp_` before each key and writes the values into alertmanager.yml without quotes. */
function alertmanager(settings: ProfileSettings, context: ExportContext): YamlChanges {
  const { server, signIn, sender } = settings;
  const cram = signIn.mechanism === 'CRAM-MD5';
  return {
    alertmanager_smtp: {
      from: sender.from.address ? text(formatMailbox(sender.from)) : undefined,
      smarthost: hostPort(server.host, server.port),
      hello: server.ehloName || undefined,
      auth_username: signIn.method === 'password' ? text(signIn.username) : undefined,
      ...secretKey(cram ? 'auth_secret' : 'auth_password', settings, context),
      [cram ? 'auth_password' : 'auth_secret']: undefined,
      require_tls: server.security !== 'none',
    },
  };
}

const ROLES = { gitlab, grafana, alertmanager } as const;
type Role = keyof typeof ROLES;

function roleOf({ options }: ExportContext): Role {
  return options.role === 'grafana' || options.role === 'alertmanager' ? options.role : 'gitlab';
}

/** Values that the role's own template would break; null when there is none. */
function problemOf(settings: ProfileSettings, context: ExportContext): Result<never> | null {
  const refusedSignIn = oauthRefusal(NAME, settings);
  if (refusedSignIn) return refusedSignIn;
  const role = roleOf(context);
  const { signIn, sender } = settings;
  const values = [
    ['signIn.method', context.secrets.values.password ?? ''],
    ['signIn.username', signIn.method === 'none' ? '' : signIn.username],
    ['sender.from.name', sender.from.name],
  ] as const;
  for (const [field, value] of values) {
    const reason = BROKEN[role](value, field);
    if (reason) return refusal(NAME, field, reason);
  }
  return null;
}

/** Why the template of a role cannot take a value, in the file that the role writes. */
const BROKEN: Record<Role, (value: string, field: string) => string | null> = {
  gitlab: (value, field) => {
    const quote = field === 'sender.from.name' ? /["\\]|#[{@$]/ : /['\\]/;
    return quote.test(value) || /[\r\n]/.test(value)
      ? 'the role puts it between quotes without escaping. Leave out quotes, backslashes and line breaks.'
      : null;
  },
  grafana: (value, field) => {
    const inQuotes = field === 'signIn.method';
    const broken = inQuotes ? /"""|"$|[\r\n]|\$\{|\$__/.test(value) : /[#;`"'\\\r\n]|\$\{|^\s|\s$/.test(value);
    return broken ? 'the role writes it into grafana.ini without escaping.' : null;
  },
  alertmanager: (value, field) => {
    if (field === 'sender.from.name' && value === '') return null;
    const plain = field === 'sender.from.name' ? /^[\p{L}\p{N}][\p{L}\p{N} ]*$/u : /^[A-Za-z][\w.@/+-]*$|^$/;
    const word = /^(?:y|n|yes|no|on|off|true|false|null)$/i;
    return plain.test(value) && !word.test(value)
      ? null
      : 'the role writes it into alertmanager.yml without quotes. Use letters, digits and @ . _ / + - only.';
  },
};

function render(settings: ProfileSettings, context: ExportContext): Result<string> {
  return problemOf(settings, context) ?? ok(newText(ROLES[roleOf(context)](settings, context)));
}

function merge(existing: string, settings: ProfileSettings, context: ExportContext): Result<string> {
  return problemOf(settings, context) ?? mergeYaml(existing, NAME, ROLES[roleOf(context)](settings, context));
}

const EXPRESSES: Record<Role, readonly Feature[]> = {
  gitlab: ['inactive', 'ehloName', 'verifyCertificate', 'mechanism', 'fromName', 'replyTo'],
  grafana: ['requireStarttls', 'ehloName', 'verifyCertificate', 'fromName'],
  alertmanager: ['requireStarttls', 'ehloName', 'mechanism', 'fromName'],
};

function limits(settings: ProfileSettings, context: ExportContext): TargetLimit[] {
  const role = roleOf(context);
  const name = { gitlab: 'GitLab', grafana: 'Grafana', alertmanager: 'Alertmanager' }[role];
  const found = [...signInLimits(name, settings), ...fromLimits(settings, `${name} then uses its own From address.`)];
  return [...found, ...roleLimits(role, name, settings, context), ...commonLimits(settings, name, EXPRESSES[role])];
}

function roleLimits(role: Role, name: string, settings: ProfileSettings, { secrets }: ExportContext): TargetLimit[] {
  const { server, signIn } = settings;
  const found: TargetLimit[] = [];
  const implicit = server.security === 'tls';
  if (role === 'gitlab') {
    if (signIn.method === 'password' && signIn.mechanism === 'auto') {
      found.push(lossy('signIn.mechanism', 'The role always names a mechanism. LOGIN is written.'));
    }
    return found;
  }
  if (role === 'grafana' && implicit !== (server.port === 465)) {
    found.push(refused('server.security', `${name} uses TLS from the first byte exactly on port 465.`));
  }
  if (role === 'alertmanager') {
    if (implicit !== (server.port === 465)) {
      found.push(refused('server.security', `${name} uses TLS from the first byte exactly on port 465 here.`));
    }
    if (server.security === 'starttls-if-offered') {
      found.push(lossy('server.security', `${name} has no STARTTLS if offered. It is required instead.`));
    }
    if (signIn.method === 'password' && (signIn.mechanism === 'PLAIN' || signIn.mechanism === 'LOGIN')) {
      found.push(lossy('signIn.mechanism', `${name} takes the first mechanism that the server names.`));
    }
    if (signIn.mechanism === 'CRAM-MD5' && secrets.policy === 'leave-out') {
      found.push(lossy('signIn.mechanism', `${name} does CRAM-MD5 when the password stands under auth_secret.`));
    }
  }
  return found;
}

function apply(settings: ProfileSettings, context: ExportContext): ApplyStep[] {
  return [
    ...passwordSteps(settings, context, {
      key: {
        gitlab: 'gitlab_smtp_password',
        grafana: 'password of grafana_smtp',
        alertmanager: 'auth_password of alertmanager_smtp',
      }[roleOf(context)],
      elsewhere: {
        title: `Keep ${VAULT_VARIABLE} in an encrypted file`,
        command: 'ansible-vault edit group_vars/all/vault.yml',
      },
    }),
    { title: 'Run the playbook', command: 'ansible-playbook --ask-vault-pass site.yml' },
  ];
}

/** Ansible: variables of the roles geerlingguy.gitlab, cloudalchemy.grafana and cloudalchemy.alertmanager. */
export const ansible: Target = {
  info,
  recognise: recogniseAnsible,
  fileName: () => 'smtp-vars.yml',
  render,
  merge,
  parse: parseAnsible,
  limits,
  apply,
  mask: maskYaml,
};
