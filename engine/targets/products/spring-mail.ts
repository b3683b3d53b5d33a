import { bareHost } from '../../../shared/host.ts';
import type { ProfileSettings } from '../../../shared/profile.ts';
import type { Result } from '../../../shared/result.ts';
import type { ApplyStep, TargetLimit } from '../../../shared/target.ts';
import { commonLimits, lossy } from '../limits.ts';
import { oauthRefusal, passwordSteps, refusal, signInLimits } from '../product.ts';
import { javaMailKeys } from '../properties/javamail.ts';
import { escapePlaceholders, springUnwritable } from '../properties/placeholders.ts';
import { secretText } from '../secret-policy.ts';
import type { ExportContext } from '../target.ts';

/** The name of the product in messages. */
export const SPRING = 'Spring Boot';

const PASSWORD_VARIABLE = 'SMTP_PASSWORD';

/** The keys under `spring.mail` as Spring is to read them, the same in properties and YAML. Undefined removes one. */
export function springKeys(settings: ProfileSettings, { secrets }: ExportContext): Record<string, string | undefined> {
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
    ...Object.fromEntries(
      ['class', 'port', 'fallback'].map((key) => [`spring.mail.properties.mail.smtp.socketFactory.${key}`, undefined]),
    ),
    'spring.mail.host': bareHost(server.host),
    'spring.mail.port': String(server.port),
    'spring.mail.username': signsIn ? escapePlaceholders(signIn.username) : undefined,
    // Left alone when nothing is to be written for it.
    ...(password !== null && { 'spring.mail.password': written ?? undefined }),
    ...(Object.fromEntries(mail) as Record<string, string | undefined>),
    'spring.mail.properties.mail.from':
      sender.from.address === '' ? undefined : escapePlaceholders(sender.from.address),
  };
}

/** What Spring Boot cannot take at all; null when it takes the settings. */
export function springRefusal(settings: ProfileSettings, { secrets }: ExportContext): Result<never> | null {
  const { signIn, sender } = settings;
  const oauth = oauthRefusal(SPRING, settings);
  if (oauth || signIn.method !== 'password') return oauth;
  const texts: [string, string | undefined][] = [
    ['signIn.username', signIn.username],
    ['sender.from.address', sender.from.address],
    ['the password', secrets.policy === 'include' ? secrets.values.password : undefined],
  ];
  for (const [field, text] of texts) {
    const reason = text === undefined ? null : springUnwritable(text);
    if (reason) return refusal(SPRING, field, reason);
  }
  return null;
}

/** What Spring Boot's mail properties cannot say. */
export function springLimits(settings: ProfileSettings): TargetLimit[] {
  const { sender, signIn } = settings;
  const found: TargetLimit[] = signInLimits(SPRING, settings);
  if (sender.from.address !== '')
    found.push(lossy('sender.from.address', `${SPRING} uses From only where the application itself sets none.`));
  if (signIn.method === 'password' && signIn.mechanism === 'CRAM-MD5')
    found.push(
      lossy('signIn.mechanism', `${SPRING} has no CRAM-MD5. It takes LOGIN, PLAIN or another that the server names.`),
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
  const common = commonLimits(settings, SPRING, expressed, {
    ca: 'takes a CA only as an SSL bundle (spring.ssl.bundle), or from the trust store of Java.',
    clientCertificate: 'shows a client certificate only from an SSL bundle (spring.ssl.bundle).',
    fromName: 'leaves the name of the sender to the application.',
    replyTo: 'leaves Reply-To to the application.',
    replyToName: 'leaves Reply-To to the application.',
    headers: 'leaves headers to the application.',
  });
  return [...found, ...common];
}

/** How an application takes the file. */
export function springSteps(settings: ProfileSettings, context: ExportContext, fileName: string): ApplyStep[] {
  return [
    { title: `Merge the file into ${fileName} beside the application`, command: '' },
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
