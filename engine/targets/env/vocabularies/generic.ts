import type { Security } from '../../../../shared/profile.ts';
import type { ImportDraft } from '../../draft.ts';
import { readProfile, type SecurityReading, type Slot, type Vocabulary } from '../read-profile.ts';
import type { Found, Variables } from '../variables.ts';

/** Ends of names that programs use for the same thing, after a prefix such as `SMTP_`; the commonest first. */
const ENDINGS: Partial<Record<Slot, readonly string[]>> = {
  host: ['HOST', 'SERVER', 'HOSTNAME', 'SERVER_HOST', 'SERVER_ADDRESS', 'RELAY_HOST', 'ADDRESS', 'RELAY', 'HOST_NAME'],
  port: ['PORT', 'SERVER_PORT', 'RELAY_PORT', 'HOST_PORT'],
  username: [
    'USER',
    'USERNAME',
    'USER_NAME',
    'LOGIN',
    'HOST_USER',
    'AUTH_USER',
    'AUTH_USERNAME',
    'RELAY_USER',
    'ACCOUNT',
  ],
  password: [
    'PASS',
    'PASSWORD',
    'PASSWD',
    'PWD',
    'HOST_PASSWORD',
    'AUTH_PASS',
    'AUTH_PASSWORD',
    'RELAY_PASS',
    'RELAY_PASSWORD',
  ],
  passwordFile: ['PASSWORD_FILE', 'PASS_FILE'],
  from: [
    'FROM',
    'FROM_ADDRESS',
    'FROM_EMAIL',
    'SENDER',
    'SENDER_EMAIL',
    'SENDER_ADDRESS',
    'DEFAULT_FROM',
    'DEFAULT_SENDER',
    'FROM_ADDR',
  ],
  fromName: ['FROM_NAME', 'SENDER_NAME', 'FROM_DISPLAY_NAME'],
  replyTo: ['REPLY_TO', 'REPLYTO', 'REPLY_TO_ADDRESS'],
  ehloName: ['HELO', 'HELO_NAME', 'EHLO', 'EHLO_NAME', 'HELO_HOST', 'HELO_HOSTNAME', 'LOCAL_DOMAIN'],
  mechanism: ['AUTH_METHOD', 'AUTH_MECHANISM', 'AUTH_TYPE', 'AUTHENTICATION'],
  enabled: ['ENABLED', 'ENABLE'],
  skipVerify: [
    'SKIP_VERIFY',
    'TLS_SKIP_VERIFY',
    'INSECURE_SKIP_VERIFY',
    'INSECURE',
    'IGNORE_TLS_ERRORS',
    'ALLOW_SELF_SIGNED',
  ],
  verifyMode: ['OPENSSL_VERIFY_MODE'],
  caFile: ['CA_FILE', 'CA_CERT'],
};

const ON_SWITCHES = {
  tls: ['SSL', 'USE_SSL', 'SSL_ENABLED', 'ENABLE_SSL', 'SECURE', 'USE_SECURE', 'FORCE_TLS', 'IMPLICIT_TLS', 'SMTPS'],
  starttls: [
    'STARTTLS',
    'USE_STARTTLS',
    'START_TLS',
    'ENABLE_STARTTLS',
    'STARTTLS_ENABLE',
    'STARTTLS_ENABLED',
    'ENABLE_STARTTLS_AUTO',
    'REQUIRE_TLS',
    'STARTTLS_REQUIRED',
  ],
  either: ['TLS', 'USE_TLS', 'TLS_ENABLED', 'ENABLE_TLS'],
};
const WORDS = [
  'ENCRYPTION',
  'SECURITY',
  'SECURE',
  'CONNECTION_SECURITY',
  'TRANSPORT',
  'SCHEME',
  'PROTOCOL',
  'TLS_MODE',
  'SSL_MODE',
];
const VERIFY = [
  'TLS_VERIFY',
  'VERIFY',
  'VERIFY_TLS',
  'VERIFY_SSL',
  'SSL_VERIFY',
  'VERIFY_CERT',
  'VERIFY_CERTIFICATE',
  'REJECT_UNAUTHORIZED',
  'TLS_REJECT_UNAUTHORIZED',
];

/** Prefixes under which a sender stands when it does not share the server's. */
const SENDER_PREFIXES = ['SMTP_', 'MAIL_', 'EMAIL_', 'MAILER_'];

/** Longer names are nobody's, and would make the pattern slow. */
const MAX_NAME = 100;

const HOST_NAME = new RegExp(`^((?:.*_)?(?:SMTP|E?MAIL|MAILER)_(?:.*_)?)(?:${ENDINGS.host?.join('|')})$`, 'i');
/** Servers for something else: reading mail, a program's own web page, a catcher of test mails. */
const OTHER_HOST = /IMAP|POP3|MAILBOX|_UI_|WEBMAIL|FROM|SENDER|REPLY|ADMIN|SUPPORT/i;

/** The vocabulary of a program that nobody knows, and what its names begin with. */
export interface GenericVocabulary extends Vocabulary {
  prefix: string;
}

/** Names under a prefix that say how the connection is protected, and what turning them on means. */
export function switchesOf(prefix: string): [name: string, kind: 'tls' | 'starttls' | 'either' | 'word'][] {
  const under = (endings: readonly string[], kind: 'tls' | 'starttls' | 'either' | 'word') =>
    endings.map((ending): [string, typeof kind] => [joined(prefix, ending), kind]);
  return [
    ...under(
      WORDS.filter((ending) => !['SECURE', 'PROTOCOL', 'SCHEME', 'TRANSPORT'].includes(ending)),
      'word',
    ),
    ...under(ON_SWITCHES.tls, 'tls'),
    ...under(ON_SWITCHES.starttls, 'starttls'),
    ...under(ON_SWITCHES.either, 'either'),
  ];
}

/**
 * The vocabularies of programs that nobody knows: one for each prefix under which a mail server is named. Of several
 * one that begins with the word mail comes first, then the one with the fewest words.
 */
export function genericVocabularies(read: Variables): GenericVocabulary[] {
  const prefixes = new Set<string>();
  for (const name of read.names()) {
    const match = name.length <= MAX_NAME ? HOST_NAME.exec(name) : null;
    if (match?.[1] && !OTHER_HOST.test(name) && read.untouched([name])) prefixes.add(longest(read, match[1]));
  }
  const words = (prefix: string) => prefix.split('_').length + (/^(SMTP|E?MAIL)/i.test(prefix) ? 0 : 100);
  const found = [...prefixes].sort((a, b) => words(a) - words(b));
  return found.map((prefix) => vocabularyOf(prefix, found.length === 1));
}

/** `SMTP_RELAY_HOST` is the ending RELAY_HOST after SMTP_ when other names there have that prefix too. */
function longest(read: Variables, prefix: string): string {
  const shorter = prefix.replace(/(?:SERVER|RELAY|HOST)_$/i, '');
  if (shorter === prefix || shorter === '') return prefix;
  return read.has(`${prefix}PORT`, `${prefix}USER`, `${prefix}PASSWORD`, `${prefix}PASS`) ? prefix : shorter;
}

function vocabularyOf(prefix: string, alone: boolean): GenericVocabulary {
  const under = (endings: readonly string[] | undefined) => (endings ?? []).map((ending) => joined(prefix, ending));
  const others = alone ? SENDER_PREFIXES.filter((other) => other !== prefix.toUpperCase()) : [];
  const sender = (endings: readonly string[] | undefined) => [
    ...under(endings),
    ...others.flatMap((other) => (endings ?? []).map((ending) => other + ending)),
  ];
  return {
    prefix,
    id: 'env',
    product: 'Environment',
    score: () => 0.4,
    names: {
      ...(Object.fromEntries(
        Object.entries(ENDINGS).map(([slot, endings]) => [slot, under(endings)]),
      ) as Vocabulary['names']),
      from: alone ? [...sender(ENDINGS.from), 'DEFAULT_FROM_EMAIL', 'FROM_EMAIL'] : under(ENDINGS.from),
      fromName: sender(ENDINGS.fromName),
      replyTo: sender(ENDINGS.replyTo),
    },
    defaultPort: (security) => (security === 'tls' ? 465 : 587),
    security: (read, port, draft) => readSecurity(read, under, port, draft),
    more: (read, profile, draft) => {
      const verify = read.flag(...under(VERIFY));
      if (verify) profile.set('tls.verifyCertificate', verify.value, verify.origin);
      const auth = read.text(...under(['AUTH', 'ENABLE_AUTH', 'AUTH_ENABLED', 'USE_AUTH']));
      if (auth && /^(false|0|no|off|none)$/i.test(auth.value)) profile.set('signIn.method', 'none', auth.origin);
      const provider = read.text(
        'EMAIL_PROVIDER',
        'MAIL_PROVIDER',
        'EMAIL_TRANSPORT',
        'MAIL_TRANSPORT',
        'EMAIL_BACKEND',
        ...under(['BACKEND', 'PROVIDER', 'TRANSPORT']),
      );
      if (provider && /console|dummy|null|\blog\b|none|disabled|locmem/i.test(provider.value)) {
        profile.set('status', 'inactive', provider.origin);
        draft.warn(`Line ${provider.origin.line}: mail is switched off here (${provider.origin.key}).`);
      }
    },
  };
}

/** The ending in the case of the prefix. */
function joined(prefix: string, ending: string): string {
  return prefix === prefix.toLowerCase() ? prefix + ending.toLowerCase() : prefix + ending;
}

function readSecurity(
  read: Variables,
  under: (endings: readonly string[]) => string[],
  port: number | null,
  draft: ImportDraft,
): SecurityReading {
  const word = readWord(read, under, port);
  if (word) return word;
  const ssl = onFlag(read, under(ON_SWITCHES.tls));
  if (ssl?.value) return { value: 'tls', origin: ssl.origin };
  const starttls = onFlag(read, under(ON_SWITCHES.starttls));
  if (starttls?.value) return { value: port === 465 ? 'tls' : 'starttls', origin: starttls.origin };
  const either = onFlag(read, under(ON_SWITCHES.either));
  if (either?.value) return { value: port === 465 ? 'tls' : 'starttls', origin: either.origin };
  if (starttls) return { value: 'none', origin: starttls.origin };
  const off = either ?? ssl;
  if (off) {
    draft.warn(
      `Line ${off.origin.line}: ${off.origin.key} is off. Some programs send in plain text then, others use STARTTLS when it is offered. The latter was taken.`,
    );
    return { value: 'starttls-if-offered', origin: off.origin };
  }
  const value = port === 465 ? 'tls' : 'starttls-if-offered';
  draft.warn(
    `The file does not say how the connection is protected. ${WORD_FOR[value]} was taken, as the port suggests.`,
  );
  return { value };
}

const WORD_FOR = { tls: 'TLS from the first byte', 'starttls-if-offered': 'STARTTLS if offered' };

/** A word such as `ssl` or `starttls`; undefined where there is none. */
function readWord(
  read: Variables,
  under: (endings: readonly string[]) => string[],
  port: number | null,
): SecurityReading | undefined {
  for (const name of under(WORDS)) {
    const found = read.has(name) ? read.text(name) : undefined;
    const value = found && securityOf(found.value.trim().toLowerCase(), port);
    if (value) return { value, origin: found.origin };
  }
  return undefined;
}

function securityOf(text: string, port: number | null): Security | undefined {
  if (/^(ssl|smtps|ssl\/tls|ssltls|implicit|force_tls|tls_wrapper|implicit_tls)$/.test(text)) return 'tls';
  if (/^(starttls|start_tls|explicit|smtp\+starttls|required|mandatory)$/.test(text)) return 'starttls';
  if (text === 'tls') return port === 465 ? 'tls' : 'starttls';
  if (/^(auto|opportunistic|if_available|optional)$/.test(text)) return 'starttls-if-offered';
  return /^(none|plain|off|null|plaintext|no|disabled)$/.test(text) ? 'none' : undefined;
}

/** The first switch that is on, else the first that is there. What is no switch is left to others. */
function onFlag(read: Variables, names: readonly string[]): Found<boolean> | undefined {
  const present = names.filter(
    (name) => read.has(name) && /^(true|false|yes|no|on|off|t|f|0|1|)$/i.test(read.text(name)?.value ?? '-'),
  );
  const flags = present.flatMap((name) => read.flag(name) ?? []);
  return flags.find(({ value }) => value) ?? flags[0];
}

/** Reads every group of variables that names a mail server; false when there is none. */
export function readGeneric(read: Variables, draft: ImportDraft): boolean {
  let any = false;
  for (const vocabulary of genericVocabularies(read)) any = readProfile(vocabulary, read, draft) || any;
  return any;
}
