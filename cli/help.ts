import { type Command, GLOBAL_OPTIONS, type OptionSpec, type OptionTable } from './command.ts';
import { indented, pad, wrap } from './output/layout.ts';
import type { Style } from './output/style.ts';
import { usageLine } from './parse.ts';
import { COMMANDS } from './registry.ts';

/** What `relaysmith --help` prints. */
export function generalHelp(style: Style): string {
  const lines = [
    `${style.bold('relaysmith')}: test, explain and convert outgoing-mail (SMTP) settings.`,
    '',
    'Usage: relaysmith COMMAND [ARGUMENTS] [--json] [--home DIR]',
  ];
  const groups = new Set(Object.values(COMMANDS).map(({ group }) => group));
  for (const group of groups) {
    lines.push('', style.bold(group));
    for (const [name, entry] of Object.entries(COMMANDS)) {
      if (entry.group === group) lines.push(`  ${pad(name, 12)}${entry.summary}`);
    }
  }
  lines.push('', 'relaysmith COMMAND --help shows the options of a command. Exit codes: docs/terminal.md.');
  return `${lines.join('\n')}\n`;
}

/** What `relaysmith COMMAND --help` prints. */
export function commandHelp(name: string, command: Command, style: Style, columns: number): string {
  const width = Math.min(columns, 100);
  const lines = [`${COMMANDS[name]?.summary ?? name}.`, '', `Usage: ${usageLine(name, command)}`];
  for (const paragraph of command.details) lines.push('', ...wrap(paragraph, width));
  lines.push('', style.bold('Options'), ...optionLines({ ...command.options, ...GLOBAL_OPTIONS }, width));
  if (command.examples.length > 0) {
    lines.push('', style.bold('Examples'), ...command.examples.map((example) => `  ${example}`));
  }
  return `${lines.join('\n')}\n`;
}

/** What `relaysmith --help --json` prints. */
export function generalHelpJson(): object {
  return { commands: Object.entries(COMMANDS).map(([name, { group, summary }]) => ({ name, group, summary })) };
}

/** What `relaysmith COMMAND --help --json` prints, such as for completion in a shell. */
export function commandHelpJson(name: string, command: Command): object {
  const { details, examples } = command;
  const options = Object.entries<OptionSpec>({ ...command.options, ...GLOBAL_OPTIONS }).map(([option, spec]) => ({
    name: option,
    kind: spec.kind,
    help: spec.help,
    choices: spec.choices ?? [],
  }));
  return {
    name,
    summary: COMMANDS[name]?.summary ?? name,
    usage: usageLine(name, command),
    details,
    options,
    examples,
  };
}

function optionLines(options: OptionTable, width: number): string[] {
  const indent = 30;
  return Object.entries(options).flatMap(([name, spec]) => {
    const choices = spec.choices && spec.choices.join('|').length < 44 ? spec.choices.join('|') : undefined;
    const head = `  --${name}${spec.kind === 'flag' ? '' : ` ${spec.value ?? choices ?? 'TEXT'}`}`;
    const help = spec.kind === 'list' ? `${spec.help} May be repeated.` : spec.help;
    const body = indented(help, indent, width);
    return head.length < indent - 1 ? [pad(head, indent) + body.trimStart()] : [head, body];
  });
}
