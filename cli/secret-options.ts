import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { decodeText } from '../engine/files/decode-text.ts';
import type { SecretChange } from '../shared/contract.ts';
import { appErrorOf } from '../shared/errors.ts';
import { LIMITS } from '../shared/limits.ts';
import { SECRET_WORDS } from '../shared/messages.ts';
import { fail, type Result } from '../shared/result.ts';
import { SECRET_KINDS, type SecretKind } from '../shared/secrets.ts';
import { isStdin } from './bounded-file.ts';
import type { Context, Values } from './command.ts';
import { type CliResult, usage } from './failure.ts';
import type { Io } from './io.ts';
import type { KEEP_OPTION, SECRET_OPTIONS } from './secret-table.ts';
import { nearest } from './suggest.ts';

/** Secrets that were given for this run. */
export type GivenSecrets = Partial<Record<SecretKind, string>>;

type SecretValues = Values<typeof SECRET_OPTIONS>;

/** Reads every secret that the options point to. `mainKind` is what `--password-…` stands for. */
export async function readSecrets(
  io: Io,
  values: SecretValues,
  mainKind: SecretKind = 'password',
): Promise<CliResult<GivenSecrets>> {
  const secrets: GivenSecrets = {};
  const main = await readSecretFrom(io, 'password', {
    stdin: values['password-stdin'],
    file: values['password-file'],
    env: values['password-env'],
  });
  if (main && !main.ok) return main;
  if (main) secrets[mainKind] = main.value;
  for (const assignment of [...values['secret-env'], ...values['secret-file']]) {
    const fromFile = values['secret-file'].includes(assignment);
    const [kindText = '', source = ''] = splitOnce(assignment);
    const kind = secretKindOf(kindText);
    if (!kind.ok) return kind;
    const secret = fromFile ? await readSecretFile(io, source) : readEnvironment(io, source);
    if (!secret.ok) return secret;
    secrets[kind.value] = secret.value;
  }
  return { ok: true, value: secrets };
}

/** The kind that a word names: `clientSecret` or `client-secret`. */
export function secretKindOf(word: string): CliResult<SecretKind> {
  const camel = word.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
  const kind = SECRET_KINDS.find((known) => known === camel);
  if (kind) return { ok: true, value: kind };
  const guess = nearest(camel, SECRET_KINDS);
  return usage(
    'There is no secret of that kind.',
    guess ? `Did you mean ${guess}?` : `It is one of: ${SECRET_KINDS.join(', ')}.`,
  );
}

/** Asks for secrets on the terminal; null when there is none to ask on, or the person gave up. */
export async function askSecrets(io: Io, kinds: readonly SecretKind[]): Promise<GivenSecrets | null> {
  if (!io.canAsk) return null;
  const secrets: GivenSecrets = {};
  for (const kind of kinds) {
    const answer = await io.askSecret(`${SECRET_WORDS[kind].replace(/^./, (first) => first.toUpperCase())}: `);
    if (!answer) return null;
    secrets[kind] = answer;
  }
  return secrets;
}

/** Calls, and once more with the secrets that lacked, if the person gives them. Errors: those of the call, CANCELLED. */
export async function askOnce<T>(
  io: Io,
  given: GivenSecrets,
  call: (secrets: GivenSecrets) => Promise<Result<T>>,
): Promise<Result<T>> {
  const result = await call(given);
  if (result.ok || result.error.code !== 'SECRET_NEEDED') return result;
  const asked = await askSecrets(io, result.error.facts.kinds);
  if (asked) return call({ ...given, ...asked });
  return io.canAsk ? fail(appErrorOf('CANCELLED', {})) : result;
}

/** What to do with given secrets when a profile is saved. */
export function changesOf(
  context: Pick<Context, 'note'>,
  secrets: GivenSecrets,
  keep: Values<typeof KEEP_OPTION>['keep'],
): SecretChange[] {
  if (keep === 'session' && Object.keys(secrets).length > 0) {
    context.note('Kept for this session only: a terminal command ends at once, so the secret is asked for next time.');
  }
  const changes: SecretChange[] = [];
  for (const [kind, value] of Object.entries(secrets) as [SecretKind, string][]) {
    if (keep === 'ask') changes.push({ action: 'ask', kind });
    else changes.push({ action: 'set', kind, value, storage: keep ?? 'keychain' });
  }
  if (keep === 'ask' && changes.length === 0) changes.push({ action: 'ask', kind: 'password' });
  return changes;
}

/** Where a secret is to come from; at most one of them. */
export interface SecretSource {
  stdin: boolean;
  file: string | undefined;
  env: string | undefined;
}

/** Reads one secret from where the options `--WORD-stdin`, `--WORD-file` or `--WORD-env` say; null without any of them. */
export async function readSecretFrom(
  io: Io,
  word: 'password' | 'passphrase',
  { stdin, file, env }: SecretSource,
): Promise<CliResult<string> | null> {
  if ([stdin, file !== undefined, env !== undefined].filter(Boolean).length > 1) {
    return usage(`The ${word} has more than one source.`, `Use one of --${word}-stdin, --${word}-file, --${word}-env.`);
  }
  if (stdin) return readStdinSecret(io, word);
  if (file !== undefined) return readSecretFile(io, file, word);
  return env === undefined ? null : readEnvironment(io, env);
}

async function readStdinSecret(io: Io, word = 'password'): Promise<CliResult<string>> {
  if (io.canAsk) {
    const typed = await io.askSecret(`${word.replace(/^./, (first) => first.toUpperCase())}: `);
    return typed === null ? { ok: false, error: appErrorOf('CANCELLED', {}) } : secretText(typed, 'stdin');
  }
  const bytes = await io.readStdin(LIMITS.secretBytes + 2);
  if (!bytes) return { ok: false, error: appErrorOf('SECRET_TOO_LONG', { max: LIMITS.secretBytes }) };
  return secretFromBytes(bytes, 'stdin');
}

function readEnvironment(io: Io, name: string): CliResult<string> {
  const value = io.env[name];
  if (value !== undefined && value !== '') return secretText(value, 'the variable');
  // The name is not repeated: someone may have put the secret itself there.
  return usage('The environment variable for the secret is not set.', 'Give the name of a variable, not its value.');
}

/**
 * A file that others may change could make us sign in with their password: refused. One that they may only read works
 * with a warning, since container platforms mount secrets that way (Kubernetes: defaultMode 0644, Docker: 0444).
 */
function checkMode({ stderr }: Io, mode: number): CliResult<never> | null {
  const octal = `0${(mode & 0o777).toString(8).padStart(3, '0')}`;
  if ((mode & 0o022) !== 0) {
    return usage(
      `Others on this machine can change the file with the secret (mode ${octal}).`,
      'Run chmod 600 on it, then try again.',
    );
  }
  if ((mode & 0o044) !== 0) {
    stderr.write(
      `The file with the secret can be read by others (mode ${octal}). Unless a container platform mounts it: chmod 600.\n`,
    );
  }
  return null;
}

/** Reads a secret from a file, or from a pipe such as `<(pass show mail)`. */
async function readSecretFile(io: Io, path: string, word = 'password'): Promise<CliResult<string>> {
  if (isStdin(path)) return readStdinSecret(io, word);
  let handle: FileHandle;
  try {
    handle = await open(path, constants.O_RDONLY);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown';
    return usage(`The file with the secret could not be opened (${code}).`, 'Check its path and permissions.');
  }
  try {
    const stat = await handle.stat();
    if (!stat.isFile() && !stat.isFIFO()) return usage('The file with the secret is no regular file.', 'Name a file.');
    const exposed = stat.isFile() && io.platform !== 'win32' ? checkMode(io, stat.mode) : null;
    if (exposed) return exposed;
    const bytes = await readBounded(handle, LIMITS.secretBytes + 2);
    if (!bytes) return { ok: false, error: appErrorOf('SECRET_TOO_LONG', { max: LIMITS.secretBytes }) };
    return secretFromBytes(bytes, 'the file');
  } finally {
    await handle.close();
  }
}

async function readBounded(handle: FileHandle, maxBytes: number): Promise<Buffer | null> {
  const buffer = Buffer.alloc(maxBytes + 1);
  let filled = 0;
  while (filled < buffer.length) {
    const { bytesRead } = await handle.read(buffer, filled, buffer.length - filled, null);
    if (bytesRead === 0) return buffer.subarray(0, filled);
    filled += bytesRead;
  }
  return null;
}

/** Strict: a wrongly encoded password would be sent altered, and look like a wrong one. A byte order mark is the editor's. */
function secretFromBytes(bytes: Buffer, source: string): CliResult<string> {
  const decoded = decodeText(bytes, source);
  if (decoded.ok) return secretText(decoded.value.text, source);
  return usage(`The secret in ${source} is not UTF-8 text.`, 'Save it as UTF-8 and try again.');
}

/** One line break at the end is the editor's or echo's, not the secret's. */
function secretText(text: string, source: string): CliResult<string> {
  const secret = text.replace(/\r?\n$/, '');
  return secret === ''
    ? usage(`There is no secret in ${source}: it is empty.`, 'Check what writes it.')
    : { ok: true, value: secret };
}

function splitOnce(assignment: string): [string, string] {
  const at = assignment.indexOf('=');
  return at < 0 ? [assignment, ''] : [assignment.slice(0, at), assignment.slice(at + 1)];
}
