import type { Engine } from '../engine/index.ts';
import type { ExitCode } from './exit-codes.ts';
import type { CliResult } from './failure.ts';
import type { Io } from './io.ts';
import type { Style } from './output/style.ts';

/** One option of a command. A `list` may be given several times. */
export interface OptionSpec {
  kind: 'flag' | 'text' | 'number' | 'list';
  /** Placeholder in the help, such as `FILE`; none for a flag. */
  value?: string;
  help: string;
  /** Allowed values, in any case; others are refused with the nearest one. */
  choices?: readonly string[];
  /** Words of other products for a choice, in lower case; they are refused too, with the choice that is meant. */
  synonyms?: Readonly<Record<string, string>>;
  /** Inclusive range of a number. */
  range?: readonly [min: number, max: number];
}

/** Options by their long name. */
export type OptionTable = Readonly<Record<string, OptionSpec>>;

/** What the parser makes of a table: a flag is false and a list empty when absent, the others undefined. */
export type Values<O extends OptionTable> = {
  readonly [K in keyof O]: O[K]['kind'] extends 'flag'
    ? boolean
    : O[K]['kind'] extends 'list'
      ? readonly Text<O[K]>[]
      : (O[K]['kind'] extends 'number' ? number : Text<O[K]>) | undefined;
};

type Text<S extends OptionSpec> = S extends { choices: readonly (infer C extends string)[] } ? C : string;

/** What a command gets. */
export interface Context<O extends OptionTable = OptionTable> {
  readonly io: Io;
  readonly values: Values<O>;
  readonly positionals: readonly string[];
  /** True with `--json`: one JSON document on stdout, nothing else. */
  readonly json: boolean;
  readonly style: Style;
  readonly dataDirectory: string;
  /** Starts the engine on first use; it is closed when the command ends. */
  engine(): Promise<Engine>;
  /** Prints a line for people to stdout; nothing in JSON mode. */
  print(line?: string): void;
  /** Prints a line for people to stderr, in JSON mode too. */
  note(line: string): void;
  /** Prints the JSON document; nothing in human mode. */
  printJson(value: unknown): void;
}

/** One command of the terminal. */
export interface Command<O extends OptionTable = OptionTable> {
  /** Arguments after the command's name, as the help shows them. */
  usage: string;
  /** Paragraphs of the help. */
  details: readonly string[];
  options: O;
  /** Fewest and most arguments without dashes. */
  positionals: readonly [min: number, max: number];
  examples: readonly string[];
  /** True lets the engine believe that a browser asks, so that view preferences and texts fit. */
  door?: 'terminal' | 'browser';
  // A method, not a property: commands of all tables go into one registry.
  run(context: Context<O>): Promise<CliResult<ExitCode>>;
}

/** Keeps the literal types of a command's options for its `run`. */
export function defineCommand<const O extends OptionTable>(command: Command<O>): Command<O> {
  return command;
}

/** Options that every command takes. */
export const GLOBAL_OPTIONS = {
  json: { kind: 'flag', help: 'Print one JSON document instead of text.' },
  home: { kind: 'text', value: 'DIR', help: 'Data directory (else RELAYSMITH_HOME, else the system’s convention).' },
  help: { kind: 'flag', help: 'Show this help.' },
} as const satisfies OptionTable;
