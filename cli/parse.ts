import { parseArgs } from 'node:util';
import { ok } from '../shared/result.ts';
import { type Command, GLOBAL_OPTIONS, type OptionSpec, type OptionTable, type Values } from './command.ts';
import { type CliResult, usage } from './failure.ts';
import { nearest } from './suggest.ts';

/** Arguments of one command, sorted and checked. */
export interface ParsedArguments {
  values: Values<OptionTable>;
  positionals: string[];
  json: boolean;
  home: string | undefined;
  help: boolean;
}

/** Names under which people try to pass a secret in the command line, where everyone on the machine can read it. */
const SECRET_OPTIONS = new Set([
  'password',
  'passwd',
  'pass',
  'pwd',
  'secret',
  'client-secret',
  'token',
  'access-token',
  'refresh-token',
  'passphrase',
  'smtp-password',
]);

type Raw = Record<string, string | boolean | number | string[] | undefined>;

/**
 * Reads the arguments of a command by its option table. Failures never repeat a value or a stray argument, since either
 * could be a secret in the wrong place.
 */
export function parseArguments(name: string, command: Command, argv: readonly string[]): CliResult<ParsedArguments> {
  const table: OptionTable = { ...command.options, ...GLOBAL_OPTIONS };
  const seeHelp = `See relaysmith ${name} --help.`;
  // Not strict: node's own messages quote what was typed.
  const { tokens, positionals } = parseArgs({
    args: [...argv],
    options: { ...nodeOptions(table), h: { type: 'boolean' } },
    strict: false,
    allowPositionals: true,
    tokens: true,
  });

  const raw: Raw = {};
  for (const token of tokens) {
    if (token.kind !== 'option') continue;
    const optionName = token.name === 'h' ? 'help' : token.name;
    if (SECRET_OPTIONS.has(optionName) && !Object.hasOwn(table, optionName)) return secretInArguments(optionName);
    const spec = Object.hasOwn(table, optionName) ? table[optionName] : undefined;
    if (!spec) return unknownOption(name, token.rawName, Object.keys(table));
    const value = readValue(optionName, spec, token.value, token.inlineValue === true, raw, seeHelp);
    if (!value.ok) return value;
    raw[optionName] = value.value;
  }

  const { json, home, help, ...own } = withDefaults(table, raw);
  const parsed = { values: own as Values<OptionTable>, positionals, json: json === true, help: help === true };
  const count = positionals.length;
  const [min, max] = command.positionals;
  if (!parsed.help && count > max) {
    return usage(`relaysmith ${name} takes ${amount(max)}; there are ${count}.`, `Usage: ${usageLine(name, command)}`);
  }
  if (!parsed.help && count < min) {
    return usage(`relaysmith ${name} needs ${amount(min)}.`, `Usage: ${usageLine(name, command)}`);
  }
  return { ok: true, value: { ...parsed, home: typeof home === 'string' ? home : undefined } };
}

/** `relaysmith NAME ARGUMENTS`, for help and errors. */
export function usageLine(name: string, command: Command): string {
  return `relaysmith ${name} ${command.usage}`.trim();
}

/** What to say when a secret stands in the command line. */
export function secretInArguments(option: string): CliResult<never> {
  const word = option === 'passphrase' ? 'passphrase' : 'password';
  return usage(
    `--${option} is not accepted: other users of this machine can read the command line, and it is in your shell history now.`,
    `Remove it from the history (history -d), change the secret if others use this machine, and pass it with --${word}-stdin, --${word}-file or --${word}-env.`,
  );
}

function unknownOption(name: string, rawName: string, known: readonly string[]): CliResult<never> {
  const guess = nearest(rawName.replace(/^-+/, ''), known);
  // Only what looks like an option's name is repeated.
  const shown = /^-{1,2}[\w-]{1,40}$/.test(rawName) ? rawName : 'of that name';
  return usage(
    `relaysmith ${name} has no option ${shown}.`,
    guess ? `Did you mean --${guess}?` : `See relaysmith ${name} --help.`,
  );
}

function readValue(
  name: string,
  spec: OptionSpec,
  value: string | undefined,
  inline: boolean,
  raw: Raw,
  seeHelp: string,
): CliResult<string | boolean | number | string[]> {
  if (spec.kind === 'flag') {
    return value === undefined ? { ok: true, value: true } : usage(`--${name} takes no value.`, seeHelp);
  }
  if (value === undefined) return usage(`--${name} needs a value (${spec.value ?? 'TEXT'}).`, seeHelp);
  if (!inline && value.length > 1 && value.startsWith('-')) {
    return usage(`--${name} needs a value, and an option follows it.`, `A value that begins with a dash: --${name}=-…`);
  }
  if (spec.kind === 'number') {
    const first = once(name, value, raw);
    return first.ok ? readNumber(name, spec, value) : first;
  }
  const word = spec.choices ? readChoice(name, spec, spec.choices, value) : ok(value);
  if (!word.ok) return word;
  if (spec.kind === 'text') return once(name, word.value, raw);
  return ok([...((raw[name] as string[] | undefined) ?? []), word.value]);
}

function readChoice(
  name: string,
  { synonyms = {} }: OptionSpec,
  choices: readonly string[],
  value: string,
): CliResult<string> {
  const typed = value.toLowerCase();
  const choice = choices.find((known) => known.toLowerCase() === typed);
  if (choice !== undefined) return ok(choice);
  const guess = Object.hasOwn(synonyms, typed) ? synonyms[typed] : nearest(value, choices);
  const all = `It is one of: ${choices.join(', ')}.`;
  return usage(`--${name} does not know that value.`, guess ? `Did you mean ${guess}? ${all}` : all);
}

function once(name: string, value: string, raw: Raw): CliResult<string> {
  return raw[name] === undefined ? { ok: true, value } : usage(`--${name} is there twice.`, 'Give it once.');
}

function readNumber(
  name: string,
  { range = [0, Number.MAX_SAFE_INTEGER] }: OptionSpec,
  text: string,
): CliResult<number> {
  const value = Number(text);
  const [min, max] = range;
  const fits = /^\d{1,15}$/.test(text) && value >= min && value <= max;
  return fits
    ? { ok: true, value }
    : usage(`--${name} needs a whole number from ${min} to ${max}.`, `Such as --${name} ${min}.`);
}

function withDefaults(table: OptionTable, raw: Raw): Raw {
  const values: Raw = { ...raw };
  for (const [name, spec] of Object.entries(table)) {
    if (values[name] !== undefined) continue;
    if (spec.kind === 'flag') values[name] = false;
    if (spec.kind === 'list') values[name] = [];
  }
  return values;
}

function nodeOptions(table: OptionTable): Record<string, { type: 'string' | 'boolean'; multiple?: boolean }> {
  return Object.fromEntries(
    Object.entries(table).map(([name, { kind }]) => [
      name,
      { type: kind === 'flag' ? 'boolean' : 'string', multiple: true },
    ]),
  );
}

function amount(count: number): string {
  if (count === 0) return 'no arguments';
  return count === 1 ? 'one argument' : `${count} arguments`;
}
