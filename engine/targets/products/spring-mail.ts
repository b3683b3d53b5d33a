import type { ProfileSettings } from '../../../shared/profile.ts';
import type { TargetLimit } from '../../../shared/target.ts';
import { commonLimits, lossy } from '../limits.ts';
import { mechanismWord } from '../mechanism-word.ts';
import { signInLimits } from '../product.ts';
import { secretText } from '../secret-policy.ts';
import type { ExportContext } from '../target.ts';

/** The name of the product in messages. */
export const SPRING = 'Spring Boot';

/** Falls back to a dollar sign and leaves the brace to stand after it. */
const DOLLAR = `$\{relaysmith:$}`;

const SMTP = 'spring.mail.properties.mail.smtp';

/** Oldest version and all newer ones, as JavaMail wants them; nothing for the default. */
const PROTOCOLS = {
  TLSv1: 'TLSv1 TLSv1.1 TLSv1.2 TLSv1.3',
  'TLSv1.1': 'TLSv1.1 TLSv1.2 TLSv1.3',
  'TLSv1.2': undefined,
  'TLSv1.3': 'TLSv1.3',
} as const;

const MECHANISMS = { auto: undefined, PLAIN: 'PLAIN', LOGIN: 'LOGIN', 'CRAM-MD5': 'CRAM-MD5' } as const;

/**
 * A text in which Spring finds no placeholder. `\${` is understood only from Spring Framework 6.2 on; a placeholder that
 * falls back to a dollar sign works in every version.
 */
export function withoutPlaceholders(text: string): string {
  return text.replaceAll('${', () => `${DOLLAR}{`);
}

/** Undoes {@link withoutPlaceholders}, and the newer escape. */
export function readEscapes(text: string): string {
  return text.replaceAll(`${DOLLAR}{`, () => '${').replaceAll('\\${', () => '${');
}

/** Property values by their whole names; undefined takes one out. */
export function springProperties(
  settings: ProfileSettings,
  context: ExportContext,
): Record<string, string | number | boolean | undefined> {
  const { server, signIn, sender, tls } = settings;
  const encrypted = server.security !== 'none';
  const starttls = server.security === 'starttls' || server.security === 'starttls-if-offered';
  const version = encrypted ? PROTOCOLS[tls.minVersion] : undefined;
  const signsIn = signIn.method === 'password';
  const milliseconds = server.commandTimeoutSeconds * 1000;
  return {
    'spring.mail.host': withoutPlaceholders(server.host),
    'spring.mail.port': server.port,
    'spring.mail.username': signsIn ? withoutPlaceholders(signIn.username) : undefined,
    ...passwordProperty(settings, context),
    'spring.mail.ssl.enabled': undefined,
    [`${SMTP}.auth`]: signsIn,
    [`${SMTP}.auth.mechanisms`]: signsIn ? mechanismWord<string | undefined>(MECHANISMS, signIn.mechanism) : undefined,
    [`${SMTP}.starttls.enable`]: starttls ? true : undefined,
    [`${SMTP}.starttls.required`]: server.security === 'starttls' ? true : undefined,
    [`${SMTP}.ssl.enable`]: server.security === 'tls' ? true : undefined,
    [`${SMTP}.ssl.trust`]: encrypted && !tls.verifyCertificate ? '*' : undefined,
    // JavaMail before 2.0 does not look at the name in the certificate unless told.
    [`${SMTP}.ssl.checkserveridentity`]: encrypted ? tls.verifyCertificate : undefined,
    [`${SMTP}.ssl.protocols`]: version,
    [`${SMTP}.socketFactory.class`]: undefined,
    [`${SMTP}.socketFactory.port`]: undefined,
    [`${SMTP}.socketFactory.fallback`]: undefined,
    // Without them JavaMail waits for ever.
    [`${SMTP}.connectiontimeout`]: server.connectTimeoutSeconds * 1000,
    [`${SMTP}.timeout`]: milliseconds,
    [`${SMTP}.writetimeout`]: milliseconds,
    [`${SMTP}.localhost`]: server.ehloName ? withoutPlaceholders(server.ehloName) : undefined,
    [`${SMTP}.from`]: sender.envelopeFrom ? withoutPlaceholders(sender.envelopeFrom) : undefined,
  };
}

function passwordProperty({ signIn }: ProfileSettings, { secrets }: ExportContext): Record<string, string | undefined> {
  const name = 'spring.mail.password';
  if (signIn.method === 'none') return { [name]: undefined };
  if (secrets.policy === 'environment') return { [name]: `$\{SMTP_PASSWORD}` };
  const text = secretText(secrets, 'password', null);
  return text === null ? {} : { [name]: withoutPlaceholders(text) };
}

/** The field that no form of Spring's files can hold; null when all can. */
export function unwritable({ signIn, sender }: ProfileSettings, { secrets }: ExportContext): string | null {
  const holds = (text: string) => text.includes('\\${') || text.includes(DOLLAR);
  if (holds(signIn.username)) return 'signIn.username';
  if (holds(sender.envelopeFrom)) return 'sender.envelopeFrom';
  return Object.values(secrets.values).some((secret) => secret !== undefined && holds(secret)) ? 'signIn.method' : null;
}

/** What Spring Boot's mail properties cannot say. */
export function springLimits(settings: ProfileSettings): TargetLimit[] {
  const found = signInLimits(SPRING, settings);
  if (settings.sender.from.address !== '') {
    found.push(lossy('sender.from.address', `${SPRING} leaves From to the application.`));
  }
  const common = commonLimits(
    settings,
    SPRING,
    [
      'requireStarttls',
      'ehloName',
      'connectTimeout',
      'commandTimeout',
      'verifyCertificate',
      'minVersion',
      'mechanism',
      'envelopeFrom',
    ],
    {
      ca: 'takes a CA from an SSL bundle of the application or from the Java trust store.',
      fromName: 'leaves From to the application.',
      replyTo: 'leaves Reply-To to the application.',
      replyToName: 'leaves Reply-To to the application.',
    },
  );
  return [...found, ...common];
}
