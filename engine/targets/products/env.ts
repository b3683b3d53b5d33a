import { appErrorOf } from '../../../shared/errors.ts';
import type { ProfileSettings, Security } from '../../../shared/profile.ts';
import { fail, type Result } from '../../../shared/result.ts';
import type { TargetLimit } from '../../../shared/target.ts';
import { ImportDraft } from '../draft.ts';
import { envVariables } from '../env/env.ts';
import { accountVariables, type EnvChanges, envTarget, READER, readersOf, writeChanges } from '../env/product.ts';
import { warnOfReaders } from '../env/readers-differ.ts';
import { Variables } from '../env/variables.ts';
import { genericVocabularies, switchesOf } from '../env/vocabularies/generic.ts';
import { readVariables } from '../env/vocabulary.ts';
import { lossy } from '../limits.ts';
import { freeText } from '../options.ts';
import { oauthRefusal } from '../product.ts';
import type { SourceDocument } from '../source.ts';
import type { ExportContext, ParsedImport, Target } from '../target.ts';

const NAME = 'Environment';
const WORDS: Record<Security, string> = {
  none: 'none',
  'starttls-if-offered': 'auto',
  starttls: 'starttls',
  tls: 'ssl',
};

/** Names for a new file, by what they are for. */
const NEW = {
  host: 'HOST',
  port: 'PORT',
  username: 'USERNAME',
  password: 'PASSWORD',
  from: 'FROM',
  fromName: 'FROM_NAME',
  replyTo: 'REPLY_TO',
  ehloName: 'HELO_NAME',
  // Not SECURITY, by which Vaultwarden is recognised.
  security: 'ENCRYPTION',
  verify: 'VERIFY_CERTIFICATE',
} as const;

/** The variables, under the names that an existing file uses for them. */
function variables(existing: string, settings: ProfileSettings, context: ExportContext): EnvChanges {
  const { server, sender, tls } = settings;
  const read = new Variables(envVariables(existing), new ImportDraft());
  const asked = context.options.prefix ?? '';
  const prefix = asked === '' ? 'SMTP_' : asked.endsWith('_') ? asked : `${asked}_`;
  const [found] = asked === '' ? genericVocabularies(read) : [];
  const nameOf = (slot: keyof typeof NEW) => {
    const names = slot === 'security' || slot === 'verify' ? [] : (found?.names[slot] ?? []);
    return names.find((name) => read.has(name)) ?? (found?.prefix ?? prefix) + NEW[slot];
  };
  return {
    [nameOf('host')]: server.host,
    [nameOf('port')]: String(server.port),
    ...securityChanges(found?.prefix ?? prefix, read, server.security),
    ...accountVariables(settings, context, { username: nameOf('username'), password: nameOf('password') }),
    [nameOf('from')]: sender.from.address || undefined,
    [nameOf('fromName')]: sender.from.name || undefined,
    [nameOf('replyTo')]: sender.replyTo.address || undefined,
    [nameOf('ehloName')]: server.ehloName || undefined,
    [nameOf('verify')]: server.security === 'none' || tls.verifyCertificate ? undefined : 'false',
  };
}

/** A word for the security; switches that the file has already are set to agree with it. */
function securityChanges(prefix: string, read: Variables, security: Security): EnvChanges {
  const changes: EnvChanges = {};
  for (const [name, kind] of switchesOf(prefix)) {
    if (!read.has(name) || name === `${prefix}${NEW.security}`) continue;
    const on =
      kind === 'tls' ? security === 'tls' : kind === 'starttls' ? security.startsWith('starttls') : security !== 'none';
    changes[name] = kind === 'word' ? WORDS[security] : String(on);
  }
  return { ...changes, [prefix + NEW.security]: WORDS[security] };
}

function write(existing: string, settings: ProfileSettings, context: ExportContext): Result<string> {
  return (
    oauthRefusal(NAME, settings) ??
    writeChanges(existing, NAME, variables(existing, settings, context), readersOf(context))
  );
}

function limits({ sender, server, status }: ProfileSettings): TargetLimit[] {
  const found = [
    lossy('name', 'Every program has names of its own for these variables. Check them against its manual before use.'),
  ];
  if (sender.replyTo.name !== '') found.push(lossy('sender.replyTo.name', 'The address of Reply-To is written alone.'));
  if (status === 'inactive') found.push(lossy('status', 'The variables take effect although the profile is inactive.'));
  if (server.security === 'starttls-if-offered') {
    found.push(lossy('server.security', 'Few programs tell STARTTLS if offered from STARTTLS required.'));
  }
  return found;
}

function recognise(source: SourceDocument): number {
  const [best] = source.variableMatches();
  if (!best) return 0;
  return best.id === 'env' ? best.score : best.score * 0.6;
}

function parse(source: SourceDocument): Result<ParsedImport> {
  const draft = new ImportDraft();
  if (!readVariables(source.variables(), draft)) return fail(appErrorOf('NO_MAIL_SETTINGS', { target: NAME }));
  warnOfReaders(source.text, draft);
  return draft.result();
}

const shared = envTarget({
  id: 'env',
  name: NAME,
  fileName: '.env',
  summary: 'Variables for a program that is not in this list',
  vocabulary: {
    id: 'env',
    product: NAME,
    score: () => 0,
    names: {},
    defaultPort: () => 587,
    security: () => ({ value: 'none' }),
  },
  options: [freeText('prefix', 'Prefix', 'What the names begin with; else that of the file, or SMTP_.')],
  variables: () => ({}),
  expresses: ['requireStarttls', 'ehloName', 'verifyCertificate', 'fromName', 'replyTo', 'inactive'],
  words: { connectTimeout: 'has no common name for a time limit.' },
  limits,
  passwordKey: 'SMTP_PASSWORD',
  passwordElsewhere: 'Set SMTP_PASSWORD in the environment of the program',
  restart: [{ title: 'Restart the program', command: '' }],
});

/** Variables of any program: the commonest names, or those that an existing file uses. */
export const env: Target = {
  ...shared,
  info: { ...shared.info, options: [...shared.info.options.filter(({ key }) => key !== READER.key), READER] },
  recognise,
  fileName: () => 'mail.env',
  render: (settings, context) => write('', settings, context),
  merge: write,
  parse,
};
