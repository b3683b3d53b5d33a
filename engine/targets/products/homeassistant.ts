import type { ProfileSettings } from '../../../shared/profile.ts';
import { ok, type Result } from '../../../shared/result.ts';
import type { ApplyStep, TargetInfo, TargetLimit } from '../../../shared/target.ts';
import { commonLimits, lossy, refused } from '../limits.ts';
import { freeText } from '../options.ts';
import { fromLimits, oauthRefusal, passwordSteps, refusal, signInLimits } from '../product.ts';
import { mergingEach } from '../render-many.ts';
import { secretText } from '../secret-policy.ts';
import type { ExportContext, Target } from '../target.ts';
import { maskYaml } from '../yaml/mask.ts';
import { editYaml, newText } from '../yaml/merge.ts';
import type { YamlList, YamlMap } from '../yaml/nodes.ts';
import { YamlWord, type YamlWritable } from '../yaml/write.ts';
import { notifyPlaces, parseHomeAssistant, recogniseHomeAssistant, smtpItems } from './homeassistant-import.ts';

const NAME = 'Home Assistant';
const DEFAULT_NAME = 'email';

const info: TargetInfo = {
  id: 'homeassistant',
  name: NAME,
  fileName: 'configuration.yaml',
  summary: 'the smtp platform of notify in configuration.yaml',
  merges: true,
  options: [
    freeText('name', 'Name of the notifier', 'Which one to change when there are several, or how to call a new one.'),
    freeText('recipient', 'Recipient', 'Who gets the messages. Else the test recipient, or the From address.'),
  ],
};

type Keys = Record<string, YamlWritable | undefined>;

/** The keys of one notifier but its name and recipient, which a file may well have its own of. */
function wanted(settings: ProfileSettings, { secrets }: ExportContext): Keys {
  const { server, signIn, sender, tls } = settings;
  const signsIn = signIn.method === 'password';
  return {
    server: server.host,
    port: server.port,
    timeout: server.connectTimeoutSeconds,
    encryption: new YamlWord(
      { none: 'none', 'starttls-if-offered': 'starttls', starttls: 'starttls', tls: 'tls' }[server.security],
    ),
    verify_ssl: server.security === 'none' ? undefined : tls.verifyCertificate,
    sender: sender.from.address,
    sender_name: sender.from.name || undefined,
    username: signsIn ? signIn.username : undefined,
    ...passwordKey(signsIn, secrets),
  };
}

function passwordKey(signsIn: boolean, secrets: ExportContext['secrets']): Keys {
  if (!signsIn) return { password: undefined };
  if (secrets.policy === 'environment') return { password: new YamlWord('!secret smtp_password') };
  const text = secretText(secrets, 'password', null);
  return text === null ? {} : { password: text };
}

function recipientOf({ testRecipient, sender }: ProfileSettings, { options }: ExportContext): string {
  return options.recipient || testRecipient || sender.from.address;
}

function newItem(settings: ProfileSettings, context: ExportContext): Keys {
  return {
    platform: new YamlWord('smtp'),
    name: context.options.name || DEFAULT_NAME,
    ...wanted(settings, context),
    recipient: recipientOf(settings, context) || undefined,
  };
}

function render(settings: ProfileSettings, context: ExportContext): Result<string> {
  return oauthRefusal(NAME, settings) ?? ok(newText({ notify: [cleaned(newItem(settings, context))] }));
}

/** Items of a list are written as they are, so nothing undefined may be in them. */
function cleaned(keys: Keys): Record<string, YamlWritable> {
  const kept = Object.entries(keys).filter(([, value]) => value !== undefined);
  return Object.fromEntries(kept) as Record<string, YamlWritable>;
}

function merge(existing: string, settings: ProfileSettings, context: ExportContext): Result<string> {
  const problem = oauthRefusal(NAME, settings);
  if (problem) return problem;
  const whole = newText({ notify: [cleaned(newItem(settings, context))] });
  let elsewhere: Result<string> | null = null;
  const merged = editYaml(existing, NAME, whole, (file, editor) => {
    const places = notifyPlaces(file);
    if (places.included) {
      elsewhere = refusal(
        NAME,
        'this file',
        `line ${places.included} takes notify from another file. Merge into that one.`,
      );
      return true;
    }
    const items = places.lists.flatMap(smtpItems);
    const chosen = choose(items, context.options.name ?? '');
    if (chosen === 'several') {
      elsewhere = refusal(NAME, 'this file', 'it has several smtp notifiers. Enter the name of the one to change.');
    } else if (chosen) editor.change(chosen, changesFor(chosen, settings, context));
    else add(file.maps()[0], places.lists[0], cleaned(newItem(settings, context)), editor);
    return true;
  });
  return elsewhere ?? merged;
}

function add(
  root: YamlMap | undefined,
  list: YamlList | undefined,
  item: Record<string, YamlWritable>,
  editor: Parameters<Parameters<typeof editYaml>[3]>[1],
): void {
  if (list && list.node.items.length > 0) editor.append(list, item);
  else if (root) editor.change(root, { notify: [item] });
}

function choose(items: readonly YamlMap[], name: string): YamlMap | 'several' | undefined {
  if (name !== '') return items.find((item) => item.scalar('name')?.text === name);
  return items.length > 1 ? 'several' : items[0];
}

function changesFor(item: YamlMap, settings: ProfileSettings, context: ExportContext): Keys {
  const recipient = context.options.recipient ?? '';
  const needed = recipient !== '' || !item.has('recipient');
  return { ...wanted(settings, context), ...(needed && { recipient: recipientOf(settings, context) || undefined }) };
}

function limits(settings: ProfileSettings, context: ExportContext): TargetLimit[] {
  const { server, testRecipient, sender } = settings;
  const found = [
    ...signInLimits(NAME, settings),
    ...fromLimits(settings, `${NAME} does not load a notifier without a sender.`, 'refused'),
  ];
  if (server.security === 'starttls-if-offered') {
    found.push(lossy('server.security', `${NAME} has no STARTTLS if offered. It is required instead.`));
  }
  const recipient = recipientOf(settings, context);
  if (recipient === '') found.push(refused('testRecipient', `${NAME} does not load a notifier without a recipient.`));
  else if (!context.options.recipient && testRecipient === '' && sender.from.address !== '') {
    found.push(
      lossy('testRecipient', `${NAME} needs a recipient. A new notifier gets the From address, ${recipient}.`),
    );
  }
  const common = commonLimits(settings, NAME, ['requireStarttls', 'connectTimeout', 'verifyCertificate', 'fromName'], {
    commandTimeout: 'has one time limit for everything: that of the connection.',
  });
  return [...found, ...common];
}

function apply(settings: ProfileSettings, context: ExportContext): ApplyStep[] {
  return [
    ...passwordSteps(settings, context, {
      key: 'password',
      elsewhere: { title: 'Add smtp_password: "the password" to secrets.yaml', command: '' },
    }),
    { title: 'Check the configuration', command: 'ha core check' },
    { title: 'In Developer tools > YAML, choose Restart', command: '' },
  ];
}

/** Home Assistant: the smtp platform of notify (components/smtp/notify.py). */
export const homeassistant: Target = {
  info,
  recognise: recogniseHomeAssistant,
  fileName: () => 'homeassistant-mail.yaml',
  render,
  renderMany: mergingEach({ render, merge }, 'name'),
  merge,
  parse: parseHomeAssistant,
  limits,
  apply,
  mask: maskYaml,
};
