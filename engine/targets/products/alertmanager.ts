import { formatMailbox } from '../../../shared/address.ts';
import { hostPort, isLoopback } from '../../../shared/host.ts';
import type { ProfileSettings } from '../../../shared/profile.ts';
import { ok, type Result } from '../../../shared/result.ts';
import type { ApplyStep, TargetInfo, TargetLimit } from '../../../shared/target.ts';
import { commonLimits, lossy, refused } from '../limits.ts';
import { freeText } from '../options.ts';
import { fromLimits, oauthRefusal, passwordSteps, signInLimits } from '../product.ts';
import { secretText } from '../secret-policy.ts';
import type { ExportContext, Target } from '../target.ts';
import type { YamlChanges } from '../yaml/edit.ts';
import { maskYaml } from '../yaml/mask.ts';
import { mergeYaml, newText } from '../yaml/merge.ts';
import { YamlWord } from '../yaml/write.ts';
import { alertmanagerConfigs, parseAlertmanager, recogniseAlertmanager } from './alertmanager-import.ts';

const NAME = 'Alertmanager';
const DEFAULT_FILE = '/etc/alertmanager/smtp_password';

const info: TargetInfo = {
  id: 'alertmanager',
  name: 'Prometheus Alertmanager',
  fileName: 'alertmanager.yml',
  summary: 'global mail settings of alertmanager.yml, also inside Helm values',
  merges: true,
  options: [
    freeText(
      'passwordFile',
      'Password file',
      `Where the password is kept when the file only points to it; else ${DEFAULT_FILE}.`,
    ),
  ],
};

const TLS_VERSIONS = { TLSv1: 'TLS10', 'TLSv1.1': 'TLS11', 'TLSv1.2': undefined, 'TLSv1.3': 'TLS13' } as const;

/** The keys of `global`. Undefined takes a key out; a key that is not named is left as it is. */
function globalKeys(settings: ProfileSettings, context: ExportContext): YamlChanges {
  const { server, sender, tls } = settings;
  const encrypted = server.security !== 'none';
  const version = TLS_VERSIONS[tls.minVersion];
  return {
    smtp_smarthost: hostPort(server.host, server.port),
    smtp_from: sender.from.address === '' ? undefined : formatMailbox(sender.from),
    smtp_hello: server.ehloName || undefined,
    ...signInKeys(settings, context),
    // There is no "if offered": required is the safe side of it.
    smtp_require_tls: encrypted,
    // Without the key, TLS from the first byte is used exactly on port 465 (since 0.31 it can be said).
    smtp_force_implicit_tls:
      (server.security === 'tls') === (server.port === 465) ? undefined : server.security === 'tls',
    smtp_tls_config: {
      ca: encrypted && tls.caPem !== '' ? tls.caPem : undefined,
      ...(encrypted && tls.caPem !== '' && { ca_file: undefined }),
      server_name: encrypted && tls.serverName !== '' ? tls.serverName : undefined,
      insecure_skip_verify: encrypted && !tls.verifyCertificate ? true : undefined,
      min_version: encrypted && version ? new YamlWord(version) : undefined,
    },
  };
}

function signInKeys({ signIn }: ProfileSettings, { secrets, options }: ExportContext): YamlChanges {
  const none = {
    smtp_auth_username: undefined,
    smtp_auth_password: undefined,
    smtp_auth_password_file: undefined,
    smtp_auth_secret: undefined,
    smtp_auth_secret_file: undefined,
  };
  if (signIn.method === 'none') return none;
  const keys: Record<string, string | undefined> = { ...none, smtp_auth_username: signIn.username };
  // A value and a file exclude each other, so one takes the other out. Only 0.31 and newer know smtp_auth_secret_file.
  if (secrets.policy === 'environment') {
    const key = signIn.mechanism === 'CRAM-MD5' ? 'smtp_auth_secret_file' : 'smtp_auth_password_file';
    return { ...keys, [key]: options.passwordFile || DEFAULT_FILE };
  }
  const text = secretText(secrets, 'password', null);
  for (const key of secretKeys(signIn.mechanism)) {
    if (text !== null) keys[key] = text;
    else {
      // What is there stays.
      delete keys[key];
      delete keys[`${key}_file`];
    }
  }
  return keys;
}

/** CRAM-MD5 has a key of its own. Which mechanism is used is up to the mail server, so `auto` fills both. */
function secretKeys(mechanism: ProfileSettings['signIn']['mechanism']): string[] {
  if (mechanism === 'CRAM-MD5') return ['smtp_auth_secret'];
  return mechanism === 'auto' ? ['smtp_auth_password', 'smtp_auth_secret'] : ['smtp_auth_password'];
}

function render(settings: ProfileSettings, context: ExportContext): Result<string> {
  return oauthRefusal(NAME, settings) ?? ok(newText({ global: globalKeys(settings, context) }));
}

function merge(existing: string, settings: ProfileSettings, context: ExportContext): Result<string> {
  return (
    oauthRefusal(NAME, settings) ??
    mergeYaml(existing, NAME, { global: globalKeys(settings, context) }, (file) => {
      const known = alertmanagerConfigs(file)[0];
      return known ?? (file.documents.length === 1 ? file.maps()[0] : undefined);
    })
  );
}

function limits(settings: ProfileSettings, { secrets }: ExportContext): TargetLimit[] {
  const { server, sender, signIn } = settings;
  const found: TargetLimit[] = signInLimits(NAME, settings);
  found.push(...fromLimits(settings, `${NAME} does not start without a From address.`, 'refused'));
  if (/\{\{/.test(formatMailbox(sender.from))) {
    found.push(refused('sender.from.name', `${NAME} reads {{ in From as a template.`));
  }
  if (server.security === 'starttls-if-offered') {
    found.push(lossy('server.security', `${NAME} has no STARTTLS if offered. It is required instead.`));
  }
  if (signIn.method === 'password' && server.security === 'none' && !isLoopback(server.host)) {
    found.push(lossy('server.security', `${NAME} refuses PLAIN without TLS. Only LOGIN and CRAM-MD5 would work.`));
  }
  if (signIn.method === 'password' && (signIn.mechanism === 'PLAIN' || signIn.mechanism === 'LOGIN')) {
    found.push(lossy('signIn.mechanism', `${NAME} takes the first mechanism that the server names.`));
  }
  if (signIn.method === 'password' && signIn.mechanism === 'CRAM-MD5' && secrets.policy === 'leave-out') {
    found.push(lossy('signIn.mechanism', `${NAME} does CRAM-MD5 when the password stands under smtp_auth_secret.`));
  }
  const common = commonLimits(
    settings,
    NAME,
    ['ehloName', 'requireStarttls', 'verifyCertificate', 'serverName', 'minVersion', 'ca', 'mechanism', 'fromName'],
    {
      replyTo: 'sets Reply-To for each receiver, under headers of email_configs.',
      headers: 'sets headers for each receiver, under email_configs.',
      cc: 'sends copies only to addresses in to of email_configs.',
    },
  );
  return [...found, ...common];
}

function apply(settings: ProfileSettings, context: ExportContext): ApplyStep[] {
  const path = context.options.passwordFile || DEFAULT_FILE;
  return [
    { title: 'Check the file', command: 'amtool check-config alertmanager.yml' },
    ...passwordSteps(settings, context, {
      key: secretKeys(settings.signIn.mechanism).join(' and '),
      elsewhere: { title: `Put the password into ${path}, readable only by Alertmanager`, command: '' },
    }),
    { title: 'Name recipients: receivers > email_configs > to', command: '' },
    { title: 'Reload the running server', command: 'curl -X POST http://localhost:9093/-/reload' },
  ];
}

/** Prometheus Alertmanager: the smtp_ keys of `global` (config/config.go). */
export const alertmanager: Target = {
  info,
  recognise: recogniseAlertmanager,
  fileName: () => 'alertmanager-mail.yml',
  render,
  merge,
  parse: parseAlertmanager,
  limits,
  apply,
  mask: maskYaml,
};
