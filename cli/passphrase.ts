import { appErrorOf } from '../shared/errors.ts';
import { MIN_PASSPHRASE, passphraseStrength } from '../shared/passphrase.ts';
import type { Values } from './command.ts';
import { type CliResult, usage } from './failure.ts';
import type { Io } from './io.ts';
import { readSecretFrom } from './secret-options.ts';
import type { PASSPHRASE_OPTIONS } from './secret-table.ts';

type PassphraseValues = Values<typeof PASSPHRASE_OPTIONS>;

const STRENGTHS = {
  weak: 'This passphrase is weak: a program can guess it. Several words that do not belong together are better.',
  fair: 'This passphrase is fair: it takes a program a long time to guess it.',
  strong: 'This passphrase is strong, as far as can be told by length and variety.',
} as const;

/** Rounds of asking for a new passphrase before it is given up. */
const ATTEMPTS = 3;

/** The passphrase that the options point to; null without any of them. */
export function givenPassphrase(io: Io, values: PassphraseValues): Promise<CliResult<string> | null> {
  return readSecretFrom(io, 'passphrase', {
    stdin: values['passphrase-stdin'],
    file: values['passphrase-file'],
    env: values['passphrase-env'],
  });
}

/** A passphrase to seal with: given by an option, or typed twice. Says how it stands up to guessing. */
export async function newPassphrase(io: Io, values: PassphraseValues): Promise<CliResult<string>> {
  const given = await givenPassphrase(io, values);
  if (given && !given.ok) return given;
  const chosen = given ?? (await typedTwice(io));
  if (!chosen.ok) return chosen;
  const strength = passphraseStrength(chosen.value);
  if (strength === 'too-short') {
    return usage('The passphrase is too short.', `Use ${MIN_PASSPHRASE} characters or more; several words are best.`);
  }
  io.stderr.write(`${STRENGTHS[strength]}\n`);
  return chosen;
}

/** The passphrase of a bundle that is there: given by an option, or asked for. */
export async function knownPassphrase(io: Io, values: PassphraseValues): Promise<CliResult<string>> {
  const given = await givenPassphrase(io, values);
  if (given) return given;
  if (!io.canAsk) return { ok: false, error: appErrorOf('PASSPHRASE_NEEDED', {}) };
  const typed = await io.askSecret('Passphrase of the bundle: ');
  return typed ? { ok: true, value: typed } : { ok: false, error: appErrorOf('CANCELLED', {}) };
}

async function typedTwice(io: Io): Promise<CliResult<string>> {
  if (!io.canAsk) {
    return usage(
      'A bundle with secrets needs a passphrase, and there is no terminal to ask on.',
      'Use one of --passphrase-stdin, --passphrase-file, --passphrase-env.',
    );
  }
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const first = await io.askSecret('New passphrase: ');
    if (!first) break;
    const second = await io.askSecret('The same again: ');
    if (second === null) break;
    if (first === second) return { ok: true, value: first };
    io.stderr.write('The two are not the same. Type it again.\n');
  }
  return { ok: false, error: appErrorOf('CANCELLED', {}) };
}
