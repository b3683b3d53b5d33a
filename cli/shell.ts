/** Quotes one argument for a POSIX shell, only where it needs it. */
export function shellQuote(argument: string): string {
  return /^[\w@%+=:,./-]+$/.test(argument) ? argument : `'${argument.replaceAll("'", `'\\''`)}'`;
}

/** One command line out of its words. */
export function commandLine(words: readonly string[]): string {
  return words.map(shellQuote).join(' ');
}
