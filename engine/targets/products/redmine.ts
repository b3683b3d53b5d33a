import type { ProfileSettings } from '../../../shared/profile.ts';
import { ok, type Result } from '../../../shared/result.ts';
import type { ApplyStep, TargetInfo, TargetLimit } from '../../../shared/target.ts';
import { commonLimits, lossy } from '../limits.ts';
import { mechanismWord } from '../mechanism-word.ts';
import { oauthRefusal, passwordSteps, signInLimits } from '../product.ts';
import { secretText } from '../secret-policy.ts';
import type { ExportContext, Target } from '../target.ts';
import type { YamlFile } from '../yaml/document.ts';
import type { YamlChanges } from '../yaml/edit.ts';
import { maskYaml } from '../yaml/mask.ts';
import { editYaml, newText } from '../yaml/merge.ts';
import type { YamlMap } from '../yaml/nodes.ts';
import { YamlWord } from '../yaml/write.ts';
import { parseRedmine, recogniseRedmine } from './redmine-import.ts';

const NAME = 'Redmine';

const info: TargetInfo = {
  id: 'redmine',
  name: NAME,
  fileName: 'configuration.yml',
  summary: 'email_delivery of config/configuration.yml',
  merges: true,
  options: [],
};

/** The whole file goes through ERB before it is read as YAML, so the opening mark is doubled. */
function erb(text: string): string {
  return text.replaceAll('<%', '<%%');
}

const SYMBOLS = { auto: undefined, PLAIN: ':plain', LOGIN: ':login', 'CRAM-MD5': ':cram_md5' } as const;

function delivery(settings: ProfileSettings, context: ExportContext): YamlChanges {
  const { server, tls } = settings;
  const encrypted = server.security !== 'none';
  return {
    delivery_method: new YamlWord(':smtp'),
    smtp_settings: {
      address: erb(server.host),
      port: server.port,
      domain: server.ehloName ? erb(server.ehloName) : undefined,
      ...signInKeys(settings, context),
      ...securityKeys(server.security),
      openssl_verify_mode: encrypted ? new YamlWord(tls.verifyCertificate ? 'peer' : 'none') : undefined,
      open_timeout: server.connectTimeoutSeconds,
      read_timeout: server.commandTimeoutSeconds,
    },
  };
}

/** The mail gem raises when TLS and STARTTLS are both asked for, so each mode takes the keys of the others out. */
function securityKeys(security: ProfileSettings['server']['security']): YamlChanges {
  const none = { enable_starttls: undefined, enable_starttls_auto: undefined, tls: undefined, ssl: undefined };
  if (security === 'tls') return { ...none, tls: true, enable_starttls_auto: false };
  if (security === 'starttls') return { ...none, enable_starttls: true };
  return { ...none, enable_starttls_auto: security === 'starttls-if-offered' };
}

function signInKeys({ signIn }: ProfileSettings, { secrets }: ExportContext): YamlChanges {
  if (signIn.method === 'none') return { authentication: undefined, user_name: undefined, password: undefined };
  const symbol = mechanismWord<string | undefined>(SYMBOLS, signIn.mechanism);
  const keys = {
    authentication: symbol ? new YamlWord(symbol) : undefined,
    user_name: erb(signIn.username),
  };
  // to_json gives a text in double quotes, which YAML reads whatever is in it.
  if (secrets.policy === 'environment') {
    return { ...keys, password: new YamlWord("<%= ENV['REDMINE_SMTP_PASSWORD'].to_json %>") };
  }
  const text = secretText(secrets, 'password', null);
  return { ...keys, ...(text !== null && { password: erb(text) }) };
}

function render(settings: ProfileSettings, context: ExportContext): Result<string> {
  const refused = oauthRefusal(NAME, settings);
  return refused ?? ok(newText({ default: { email_delivery: delivery(settings, context) } }));
}

function merge(existing: string, settings: ProfileSettings, context: ExportContext): Result<string> {
  const refused = oauthRefusal(NAME, settings);
  if (refused) return refused;
  const wanted = delivery(settings, context);
  const whole = newText({ default: { email_delivery: wanted } });
  return editYaml(existing, NAME, whole, (file, editor) => {
    const place = placeFor(file);
    if (!place) return false;
    editor.change(
      place.map,
      place.keys.reduceRight<YamlChanges>((inner, key) => ({ [key]: inner }), wanted),
    );
    return true;
  });
}

/** Where production takes its mail settings from: a map, and the keys below it. */
function placeFor(file: YamlFile): { map: YamlMap; keys: string[] } | undefined {
  const root = file.documents.length === 1 ? file.maps()[0] : undefined;
  if (!root) return undefined;
  for (const map of [root.map('production'), root.map('default'), root]) {
    // What stands under production replaces the whole of default's email_delivery.
    if (map && hasOwn(map, 'email_delivery')) return { map, keys: ['email_delivery'] };
    // The layout of the old email.yml.
    if (map && hasOwn(map, 'smtp_settings')) return { map, keys: [] };
  }
  const section = root.has('default') || !root.has('production') ? 'default' : 'production';
  return { map: root, keys: [section, 'email_delivery'] };
}

/** True for a key of the map itself, not of an anchor that it takes over. */
function hasOwn(map: YamlMap, key: string): boolean {
  return map.entries().some((entry) => entry.key === key && !entry.inherited);
}

function limits(settings: ProfileSettings): TargetLimit[] {
  const { sender, server } = settings;
  const found = signInLimits(NAME, settings);
  if (sender.from.address !== '') {
    const where = 'Administration > Settings > Email notifications';
    found.push(lossy('sender.from.address', `${NAME} keeps From in its database. Enter it under ${where}.`));
  }
  if (server.security === 'starttls') {
    found.push(lossy('server.security', `${NAME} requires STARTTLS from version 5 on. Older ones go on without it.`));
  }
  const common = commonLimits(
    settings,
    NAME,
    ['requireStarttls', 'ehloName', 'connectTimeout', 'commandTimeout', 'verifyCertificate', 'mechanism'],
    { ca: 'takes the CA as a file on its server: smtp_settings > ca_file.', fromName: 'keeps From in its database.' },
  );
  return [...found, ...common];
}

function apply(settings: ProfileSettings, context: ExportContext): ApplyStep[] {
  return [
    ...passwordSteps(settings, context, {
      key: 'password of smtp_settings',
      elsewhere: { title: 'Set REDMINE_SMTP_PASSWORD in the environment of the Redmine service', command: '' },
    }),
    { title: 'Restart the server', command: 'sudo touch /opt/redmine/tmp/restart.txt' },
    {
      title: 'In Redmine, open Administration > Settings > Email notifications and choose Send a test email',
      command: '',
    },
  ];
}

/** Redmine: email_delivery of configuration.yml (lib/redmine/configuration.rb). */
export const redmine: Target = {
  info,
  recognise: recogniseRedmine,
  fileName: () => 'redmine-mail.yml',
  render,
  merge,
  parse: parseRedmine,
  limits,
  apply,
  mask: maskYaml,
};
