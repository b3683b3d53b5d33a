import { bareHost } from '../../../shared/host.ts';
import type { ProfileSettings } from '../../../shared/profile.ts';
import { ok, type Result } from '../../../shared/result.ts';
import type { ApplyStep, TargetInfo, TargetLimit } from '../../../shared/target.ts';
import { commonLimits, lossy } from '../limits.ts';
import { editLines, type LineChange } from '../lines/edit.ts';
import type { LineReading } from '../lines/entry.ts';
import { foreignText } from '../lines/foreign.ts';
import { maskEntries } from '../lines/mask.ts';
import { oauthRefusal, passwordSteps, refusal, signInLimits } from '../product.ts';
import { javaMailKeys } from '../properties/javamail.ts';
import { escapePlaceholders, springUnwritable } from '../properties/placeholders.ts';
import { readProperties } from '../properties/read.ts';
import { PROPERTIES_SYNTAX, readPropertiesFile } from '../properties/write.ts';
import { secretText } from '../secret-policy.ts';
import type { ExportContext, Target } from '../target.ts';
import {
  conditionalSections,
  parseSpringProperties,
  recogniseSpringProperties,
  sameSpringKey,
} from './spring-properties-import.ts';

const NAME = 'Spring Boot';
const PASSWORD_VARIABLE = 'SMTP_PASSWORD';

const info: TargetInfo = {
  id: 'spring-properties',
  name: 'Spring Boot (application.properties)',
  fileName: 'application.properties',
  summary: 'The keys spring.mail of application.properties',
  merges: true,
  options: [],
};

type Keys = Record<string, string | undefined>;

/** The keys as Spring is to read them. Undefined removes one. */
function springKeys(settings: ProfileSettings, { secrets }: ExportContext): Keys {
  const { server, signIn, sender } = settings;
  const signsIn = signIn.method === 'password';
  const password = signsIn ? secretText(secrets, 'password', `$\{${PASSWORD_VARIABLE}}`) : undefined;
  // Our own reference is the one placeholder that is meant.
  const written = secrets.policy === 'environment' ? password : password && escapePlaceholders(password);
  const mail = Object.entries(javaMailKeys(settings)).map(([key, value]) => [`spring.mail.properties.${key}`, value]);
  return {
    // Each of these would override or double what follows.
    'spring.mail.jndi-name': undefined,
    'spring.mail.protocol': undefined,
    'spring.mail.ssl.enabled': undefined,
    'spring.mail.host': bareHost(server.host),
    'spring.mail.port': String(server.port),
    'spring.mail.username': signsIn ? escapePlaceholders(signIn.username) : undefined,
    // Left alone when nothing is to be written for it.
    ...(password !== null && { 'spring.mail.password': written ?? undefined }),
    ...(Object.fromEntries(mail) as Keys),
    'spring.mail.properties.mail.from':
      sender.from.address === '' ? undefined : escapePlaceholders(sender.from.address),
  };
}

function write(existing: string, settings: ProfileSettings, context: ExportContext): Result<string> {
  const problem = foreignText(NAME, existing) ?? oauthRefusal(NAME, settings) ?? unwritable(settings, context);
  if (problem) return problem;
  const read = readPropertiesFile(existing, true);
  if (!read.ok) return read;
  const changes = changesFor(read.value, springKeys(settings, context));
  return ok(
    editLines(existing, read.value, changes, { ...PROPERTIES_SYNTAX, sameKey: sameSpringKey, group: 'spring.mail.' }),
  );
}

/**
 * Keys are set in the last document that has some of spring.mail, since it is the one that counts, and removed from all;
 * a document for one profile of the server only is left alone.
 */
function changesFor(reading: LineReading, keys: Keys): LineChange[] {
  const conditional = conditionalSections(reading);
  const sections = ['', ...reading.sections.map(({ name }) => name)].filter((name) => !conditional.has(name));
  const holder = sections.findLast((name) =>
    reading.entries.some(({ section, key }) => section === name && key.startsWith('spring.mail.')),
  );
  return Object.entries(keys).flatMap(([key, value]): LineChange[] =>
    value === undefined
      ? sections.map((section) => ({ section, key, value }))
      : [{ section: holder ?? sections[0] ?? '', key, value }],
  );
}

function unwritable({ signIn, sender }: ProfileSettings, { secrets }: ExportContext): Result<never> | null {
  if (signIn.method !== 'password') return null;
  const texts: [string, string | undefined][] = [
    ['signIn.username', signIn.username],
    ['sender.from.address', sender.from.address],
    ['the password', secrets.policy === 'include' ? secrets.values.password : undefined],
  ];
  for (const [field, text] of texts) {
    const reason = text === undefined ? null : springUnwritable(text);
    if (reason) return refusal(NAME, field, reason);
  }
  return null;
}

function limits(settings: ProfileSettings): TargetLimit[] {
  const { sender, signIn } = settings;
  const found: TargetLimit[] = signInLimits(NAME, settings);
  if (sender.from.address !== '')
    found.push(lossy('sender.from.address', `${NAME} uses From only where the application itself sets none.`));
  if (signIn.method === 'password' && signIn.mechanism === 'CRAM-MD5')
    found.push(
      lossy('signIn.mechanism', `${NAME} has no CRAM-MD5. It takes LOGIN, PLAIN or another that the server names.`),
    );
  const expressed = [
    'requireStarttls',
    'ehloName',
    'connectTimeout',
    'commandTimeout',
    'proxy',
    'verifyCertificate',
    'minVersion',
    'mechanism',
    'envelopeFrom',
  ] as const;
  const common = commonLimits(settings, NAME, expressed, {
    ca: 'takes a CA only as an SSL bundle (spring.ssl.bundle), or from the trust store of Java.',
    clientCertificate: 'shows a client certificate only from an SSL bundle (spring.ssl.bundle).',
    fromName: 'leaves the name of the sender to the application.',
    replyTo: 'leaves Reply-To to the application.',
    replyToName: 'leaves Reply-To to the application.',
    headers: 'leaves headers to the application.',
  });
  return [...found, ...common];
}

function apply(settings: ProfileSettings, context: ExportContext): ApplyStep[] {
  return [
    { title: 'Merge the file into application.properties beside the application', command: '' },
    ...passwordSteps(settings, context, {
      key: 'spring.mail.password',
      elsewhere: {
        title: `Set ${PASSWORD_VARIABLE} in the application’s environment, from your secret store`,
        command: '',
      },
    }),
    { title: 'Restart the application', command: '' },
  ];
}

/** Spring Boot: spring.mail of application.properties (MailProperties). */
export const springProperties: Target = {
  info,
  recognise: recogniseSpringProperties,
  fileName: () => 'application-mail.properties',
  render: (settings, context) => write('', settings, context),
  merge: write,
  parse: parseSpringProperties,
  limits,
  apply,
  mask: (text, from, to) => maskEntries(text, readProperties(text, true), from, to),
};
