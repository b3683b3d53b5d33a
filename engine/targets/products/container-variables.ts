import type { ProfileSettings, Security } from '../../../shared/profile.ts';
import type { TargetLimit, TargetOption } from '../../../shared/target.ts';
import { commonLimits, type Feature, lossy } from '../limits.ts';
import { choice } from '../options.ts';
import { secretText } from '../secret-policy.ts';
import type { ExportContext } from '../target.ts';
import { signInLimits } from '../yaml/product.ts';

/** The variables of one program, for a file that hands them to its container. */
export interface ContainerProgram {
  id: string;
  name: string;
  passwordKey: string;
  expresses: readonly Feature[];
  words?: Partial<Record<Feature, string>>;
  /** Undefined takes a variable out; one that is not named is left as it is. */
  variables(settings: ProfileSettings, context: ExportContext): Record<string, string | undefined>;
  limits?(settings: ProfileSettings, context: ExportContext): TargetLimit[];
}

const WORDS: Record<Security, string> = {
  none: 'none',
  'starttls-if-offered': 'auto',
  starttls: 'starttls',
  // The word tls means STARTTLS in as many programs as it means TLS.
  tls: 'ssl',
};

/** Names that most programs without a convention of their own have. */
const GENERIC: ContainerProgram = {
  id: 'generic',
  name: 'Other program (SMTP_…)',
  passwordKey: 'SMTP_PASSWORD',
  expresses: ['inactive', 'requireStarttls', 'ehloName', 'verifyCertificate', 'mechanism', 'fromName', 'replyTo'],
  variables: ({ server, signIn, sender, tls, status }, { secrets }) => {
    const signsIn = signIn.method === 'password';
    const password = signsIn ? secretText(secrets, 'password', null) : null;
    return {
      SMTP_ENABLED: status === 'active' ? undefined : 'false',
      SMTP_HOST: server.host,
      SMTP_PORT: String(server.port),
      SMTP_ENCRYPTION: WORDS[server.security],
      SMTP_TLS_VERIFY: server.security === 'none' ? undefined : String(tls.verifyCertificate),
      SMTP_USERNAME: signsIn ? signIn.username : undefined,
      ...(signsIn ? password !== null && { SMTP_PASSWORD: password } : { SMTP_PASSWORD: undefined }),
      SMTP_AUTH_METHOD: signsIn && signIn.mechanism !== 'auto' ? signIn.mechanism : undefined,
      SMTP_FROM: sender.from.address || undefined,
      SMTP_FROM_NAME: sender.from.name || undefined,
      SMTP_REPLY_TO: sender.replyTo.address || undefined,
      SMTP_HELO_NAME: server.ehloName || undefined,
    };
  },
  limits: () => [
    lossy('name', 'The names of the variables are a custom, not a rule. Compare them with the program’s own.'),
  ],
};

/** Every program whose variables can be written, the first being the default. */
export const PROGRAMS: readonly ContainerProgram[] = [GENERIC];

/** The option that names the program. */
export const PROGRAM: TargetOption = choice(
  'program',
  'Program',
  'Whose names the variables are to have.',
  PROGRAMS.map(({ id, name }) => [id, name]),
);

/** The program that an export is for. */
export function programOf({ options }: ExportContext): ContainerProgram {
  return PROGRAMS.find(({ id }) => id === options.program) ?? GENERIC;
}

/** What the program cannot express. */
export function programLimits(settings: ProfileSettings, context: ExportContext): TargetLimit[] {
  const program = programOf(context);
  return [
    ...signInLimits(program.name, settings),
    ...(program.limits?.(settings, context) ?? []),
    ...commonLimits(settings, program.name, program.expresses, program.words),
  ];
}
