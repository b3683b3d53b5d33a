import { isAbsolute } from 'node:path';
import { dataDirectory } from '../engine/data-directory.ts';
import type { Engine } from '../engine/index.ts';
import type { Command, Context } from './command.ts';
import { EXIT, type ExitCode, exitCodeOf } from './exit-codes.ts';
import { type CliError, type CliResult, usage } from './failure.ts';
import { commandHelp, commandHelpJson, generalHelp, generalHelpJson } from './help.ts';
import type { Io } from './io.ts';
import { styleFor } from './output/style.ts';
import { type ParsedArguments, parseArguments, secretInArguments } from './parse.ts';
import { packageVersion } from './paths.ts';
import { COMMAND_NAMES, COMMANDS } from './registry.ts';
import { nearest } from './suggest.ts';

const LIST_COMMANDS = 'relaysmith --help lists the commands.';

/** Makes the engine of a command; tests pass their own. */
export type EngineStarter = (dataDirectory: string, door: 'terminal' | 'browser', io: Io) => Promise<Engine>;

/** Runs one command line (without `node` and the script) and returns its exit code. Never throws for a user's mistake. */
export async function runCli(argv: readonly string[], io: Io, start: EngineStarter = startEngine): Promise<ExitCode> {
  const { leading, name, rest } = splitCommand(argv);
  const json = wantsJson(argv);
  if (name === undefined) {
    if (leading.includes('--version') || leading.includes('-V')) return printVersion(io, json);
    const stray = leading.find((argument) => !['--help', '-h', '--json'].includes(argument));
    if (stray !== undefined) return fail(strayOption(stray), io, json);
    const asked = leading.includes('--help') || leading.includes('-h');
    if (json && !asked) return fail(errorOf(usage('No command was given.', LIST_COMMANDS)), io, json);
    io.stdout.write(json ? document(generalHelpJson()) : generalHelp(styleFor(io, io.stdout)));
    return asked ? EXIT.ok : EXIT.usage;
  }
  if (name === 'version') return printVersion(io, json);
  if (name === 'help') {
    const about = rest.filter((argument) => !argument.startsWith('-')).slice(0, 1);
    return runCli([...about, '--help', ...(json ? ['--json'] : [])], io);
  }
  const entry = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (!entry) return fail(unknownCommand(name), io, json);
  const command = await entry.load();
  const parsed = parseArguments(name, command, [...leading, ...rest]);
  if (!parsed.ok) return fail(parsed.error, io, json);
  if (parsed.value.help) {
    const { columns } = io.stdout;
    io.stdout.write(
      json ? document(commandHelpJson(name, command)) : commandHelp(name, command, styleFor(io, io.stdout), columns),
    );
    return EXIT.ok;
  }
  const nowhere = missingPlace(parsed.value, io);
  if (nowhere) return fail(nowhere, io, json);
  return runCommand(command, parsed.value, io, start);
}

async function runCommand(command: Command, parsed: ParsedArguments, io: Io, start: EngineStarter): Promise<ExitCode> {
  const { json, values, positionals } = parsed;
  const home = dataDirectory(io, parsed.home);
  let engine: Promise<Engine> | undefined;
  const context: Context = {
    io,
    values,
    positionals,
    json,
    dataDirectory: home,
    style: styleFor(io, io.stdout),
    engine: () => {
      engine ??= start(home, command.door ?? 'terminal', io);
      return engine;
    },
    print: (line = '') => {
      if (!json) io.stdout.write(`${line}\n`);
    },
    note: (line) => io.stderr.write(`${line}\n`),
    printJson: (value) => {
      if (json) io.stdout.write(document(value));
    },
  };
  let result: CliResult<ExitCode>;
  try {
    result = await command.run(context);
  } catch (error) {
    const started = await engine?.then(
      () => true,
      () => false,
    );
    if (started !== false || !isSystemError(error)) throw error;
    result = { ok: false, error: { code: 'STORAGE_DENIED', facts: { file: home, detail: error.code } } };
  } finally {
    // An engine that did not start has nothing to end.
    await engine?.then(
      (running) => running.close(),
      () => {},
    );
  }
  return result.ok ? result.value : fail(result.error, io, json);
}

/** An engine that cannot make or read its data directory throws what the system said. */
function isSystemError(error: unknown): error is Error & { code: string } {
  return error instanceof Error && 'syscall' in error && 'code' in error && typeof error.code === 'string';
}

async function startEngine(dataDirectory: string, door: 'terminal' | 'browser', io: Io): Promise<Engine> {
  const [{ createEngine }, { cliPorts }] = await Promise.all([import('../engine/index.ts'), import('./ports.ts')]);
  return createEngine(cliPorts(dataDirectory, door, io));
}

/** True when a program reads the output. `--json=…` is wrong, and its error is still for a program; after `--` come no options. */
export function wantsJson(argv: readonly string[]): boolean {
  const end = argv.indexOf('--');
  const options = end < 0 ? argv : argv.slice(0, end);
  return options.some((argument) => argument === '--json' || argument.startsWith('--json='));
}

/** The error of a process that has no folder to work in, or none for its data; a guess would put them somewhere odd. */
function missingPlace({ home }: ParsedArguments, io: Io): CliError | null {
  if (io.workingDirectory === '') {
    return errorOf(usage('The current folder is not there any more.', 'Change to another one, then try again.'));
  }
  if (isAbsolute(dataDirectory(io, home))) return null;
  return errorOf(
    usage('This user has no home directory.', 'Name a data directory with --home DIR or RELAYSMITH_HOME.'),
  );
}

function document(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

/** Options may stand before the command: `relaysmith --json list`. */
function splitCommand(argv: readonly string[]): { leading: string[]; name: string | undefined; rest: string[] } {
  let at = 0;
  while (at < argv.length && argv[at]?.startsWith('-')) at += argv[at] === '--home' ? 2 : 1;
  return { leading: argv.slice(0, at), name: argv[at], rest: argv.slice(at + 1) };
}

function printVersion(io: Io, json: boolean): ExitCode {
  const version = packageVersion();
  io.stdout.write(json ? `${JSON.stringify({ version })}\n` : `relaysmith ${version}\n`);
  return EXIT.ok;
}

function strayOption(argument: string): CliError {
  const option = argument.replace(/^-+/, '').split('=')[0] ?? '';
  if (/^(pass|secret|token)/.test(option)) return errorOf(secretInArguments('password'));
  return errorOf(usage('This option needs a command before it.', 'See relaysmith --help.'));
}

function unknownCommand(name: string): CliError {
  const guess = nearest(name, COMMAND_NAMES);
  const shown = /^[\w-]{1,40}$/.test(name) ? ` "${name}"` : '';
  return errorOf(usage(`There is no command${shown}.`, guess ? `Did you mean relaysmith ${guess}?` : LIST_COMMANDS));
}

function errorOf(result: CliResult<never>): CliError {
  if (result.ok) throw new Error('Not a failure');
  return result.error;
}

async function fail(error: CliError, io: Io, json: boolean): Promise<ExitCode> {
  const { printFailure } = await import('./output/failure.ts');
  printFailure(error, io, json);
  return exitCodeOf(error.code);
}
