import { formatMailbox, type Mailbox, parseMailbox } from '../../../shared/address.ts';
import { appErrorOf } from '../../../shared/errors.ts';
import type { ProfileSettings } from '../../../shared/profile.ts';
import { fail, ok, type Result } from '../../../shared/result.ts';
import type { ApplyStep, TargetInfo, TargetLimit, TargetOption } from '../../../shared/target.ts';
import { ImportDraft } from '../draft.ts';
import { commonLimits, type Feature, lossy } from '../limits.ts';
import { foreignText } from '../lines/foreign.ts';
import { maskByLines } from '../mask-part.ts';
import { choice } from '../options.ts';
import { oauthRefusal, signInLimits } from '../product.ts';
import { secretText } from '../secret-policy.ts';
import type { ExportContext, ParsedImport, Target } from '../target.ts';
import { DIALECTS, type DialectId } from './dialects.ts';
import { mergeEnv } from './env.ts';
import { maskEnv } from './mask.ts';
import { COMMON_DIALECTS, quoteFor, readsBack } from './quote.ts';
import { readVocabulary, type Vocabulary } from './read-profile.ts';
import { warnOfReaders } from './readers-differ.ts';
import { scanEnv } from './scan.ts';

/** New values of variables by name: undefined takes one out, an absent one is left as it is. */
export type EnvChanges = Record<string, string | undefined>;

/** What one product adds to the shared handling of env files. */
export interface EnvProduct {
  id: string;
  name: string;
  fileName: string;
  summary: string;
  vocabulary: Vocabulary;
  options?: TargetOption[];
  /** The variables for settings, in the order in which a person would write them. */
  variables(settings: ProfileSettings, context: ExportContext): EnvChanges;
  /** What the product can express; the rest is told by {@link commonLimits}. */
  expresses: readonly Feature[];
  words?: Partial<Record<Feature, string>>;
  limits?(settings: ProfileSettings, context: ExportContext): TargetLimit[];
  /** Why the product could not take a value although the file can hold it; null when it can. */
  refuses?(variable: string, value: string): string | null;
  /** Where the password goes when the file does not hold it, under the policy `environment`. */
  passwordElsewhere: string;
  /** The variable of the password. */
  passwordKey: string;
  /** How a running server takes the file. */
  restart: readonly ApplyStep[];
}

/** The option that names the program by whose rules values are quoted. */
export const READER: TargetOption = choice(
  'reader',
  'Read by',
  'The program that reads the file. Each has rules of its own for quotes, and docker run keeps them as a part of the value.',
  [
    ['common', 'Any of these but docker run'],
    ['compose', 'Docker Compose'],
    ['node', 'dotenv (Node.js)'],
    ['ruby', 'dotenv (Ruby)'],
    ['python', 'python-dotenv'],
    ['systemd', 'systemd EnvironmentFile'],
    ['sh', 'A shell'],
    ['docker', 'docker run --env-file'],
  ],
);

/** The programs that an export is to be right for. */
export function readersOf({ options }: ExportContext): readonly DialectId[] {
  const reader = options.reader ?? 'common';
  return reader in DIALECTS ? [reader as DialectId] : COMMON_DIALECTS;
}

/** Makes a target of a product that is set up by variables. */
export function envTarget(product: EnvProduct): Target {
  const info: TargetInfo = {
    id: product.id,
    name: product.name,
    fileName: product.fileName,
    summary: product.summary,
    merges: true,
    options: [...(product.options ?? []), READER],
  };
  const write = (existing: string, settings: ProfileSettings, context: ExportContext) =>
    oauthRefusal(product.name, settings) ?? writeVariables(existing, product, settings, context);
  return {
    info,
    recognise: (source) => source.variableMatches().find(({ id }) => id === product.vocabulary.id)?.score ?? 0,
    fileName: () => `${product.id}-mail.env`,
    render: (settings, context) => write('', settings, context),
    merge: write,
    parse: (source) => parseProduct(product.vocabulary, source.variables(), source.text),
    limits: (settings, context) => envLimits(product, settings, context),
    apply: (settings, context) => [...passwordStep(product, settings, context), ...product.restart],
    mask: maskByLines(maskEnv),
  };
}

/** Writes variables into an env file. A value that is already read as it should be stays as it is written. */
export function writeChanges(
  existing: string,
  target: string,
  changes: EnvChanges,
  readers: readonly DialectId[],
): Result<string> {
  const foreign = foreignText(target, existing);
  if (foreign) return foreign;
  const written: EnvChanges = {};
  const dialect = readers.length === 1 && readers[0] ? readers[0] : 'compose';
  const { entries } = scanEnv(existing, DIALECTS[dialect]);
  for (const [name, value] of Object.entries(changes)) {
    const last = entries.findLast(({ key }) => key === name);
    const raw = last && existing.slice(last.valueStart, last.valueEnd);
    const stays = value !== undefined && raw !== undefined && readers.every((id) => readsBack(raw, value, id));
    const quoted = value === undefined ? undefined : stays ? raw : quoteFor(value, readers);
    if (quoted === null) {
      const reason =
        'its text has no form in an env file that every reader takes alike. Name the reader with the option Read by.';
      return fail(appErrorOf('TARGET_REFUSES', { target, field: name, reason }));
    }
    written[name] = quoted;
  }
  return ok(mergeEnv(existing, written, dialect));
}

function writeVariables(
  existing: string,
  product: EnvProduct,
  settings: ProfileSettings,
  context: ExportContext,
): Result<string> {
  const changes = product.variables(settings, context);
  for (const [name, value] of Object.entries(changes)) {
    const reason = value === undefined ? null : (product.refuses?.(name, value) ?? null);
    if (reason !== null) return fail(appErrorOf('TARGET_REFUSES', { target: product.name, field: name, reason }));
  }
  return writeChanges(existing, product.name, changes, readersOf(context));
}

/** Reads the variables of one product from an env file. Errors: NO_MAIL_SETTINGS, TEMPLATE_FILE. */
export function parseProduct(
  vocabulary: Vocabulary,
  variables: Parameters<typeof readVocabulary>[1],
  text: string,
): Result<ParsedImport> {
  const draft = new ImportDraft();
  if (!readVocabulary(vocabulary, variables, draft)) {
    return fail(appErrorOf('NO_MAIL_SETTINGS', { target: vocabulary.product }));
  }
  warnOfReaders(text, draft);
  return draft.result();
}

function envLimits(product: EnvProduct, settings: ProfileSettings, context: ExportContext): TargetLimit[] {
  return [
    ...signInLimits(product.name, settings),
    ...(product.limits?.(settings, context) ?? []),
    ...nameLimits(product.name, settings, 'from'),
    ...commonLimits(settings, product.name, product.expresses, product.words),
  ];
}

/** Display names that a product which writes a mailbox as one text cannot keep. */
export function nameLimits(product: string, { sender }: ProfileSettings, field: 'from' | 'replyTo'): TargetLimit[] {
  const box = sender[field];
  if (box.name === '') return [];
  const at = `sender.${field}.name`;
  if (box.address === '') return [lossy(at, `${product} has no place for a name without an address.`)];
  return mailboxText(box) === box.address
    ? [lossy(at, `${product} cannot keep this display name. It is left out.`)]
    : [];
}

/** A mailbox as one text; the address alone when the name would not be read back. */
export function mailboxText(box: Mailbox): string {
  const text = formatMailbox(box);
  const back = parseMailbox(text);
  return back?.name === box.name && back.address === box.address ? text : box.address;
}

/** User and password as changes: both go without sign-in; the password is left as it is when nothing is known of it. */
export function accountVariables(
  { signIn }: ProfileSettings,
  { secrets }: ExportContext,
  names: { username: string; password: string; passwordFile?: string },
  environment: string | null = null,
): EnvChanges {
  const file = names.passwordFile;
  if (signIn.method === 'none') {
    return { [names.username]: undefined, [names.password]: undefined, ...(file && { [file]: undefined }) };
  }
  // The value and the file exclude each other.
  if (file && secrets.policy === 'environment') {
    return { [names.username]: signIn.username, [names.password]: undefined, [file]: SECRET_FILE };
  }
  const text = secretText(secrets, 'password', environment);
  if (text === null) return { [names.username]: signIn.username };
  return { [names.username]: signIn.username, [names.password]: text, ...(file && { [file]: undefined }) };
}

/** Where Compose and Swarm put a secret of this name. */
export const SECRET_FILE = '/run/secrets/smtp_password';

function passwordStep(product: EnvProduct, { signIn }: ProfileSettings, { secrets }: ExportContext): ApplyStep[] {
  if (signIn.method !== 'password' || secrets.policy === 'include') return [];
  if (secrets.policy === 'environment') return [{ title: product.passwordElsewhere, command: '' }];
  const verb =
    secrets.policy === 'placeholder' ? 'Put the password in place of the placeholder at' : 'Add the password as';
  return [{ title: `${verb} ${product.passwordKey}`, command: '' }];
}
