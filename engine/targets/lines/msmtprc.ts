import type { LineSyntax } from './edit.ts';
import type { Entry, LineReading } from './entry.ts';
import { splitLines } from './lines.ts';

/** Section of what stands under `defaults`. */
export const DEFAULTS = 'defaults';

/** Section of the accounts; no account can have a name with a blank. */
const accountSection = (name: string) => `account ${name}`;

/** An account of an msmtprc. */
export interface MsmtpAccount {
  name: string;
  line: number;
  /** Names of the accounts whose settings it begins with. */
  bases: string[];
  /** Name of its section in the reading. */
  section: string;
  /** Entries that count for it in the order in which they do: defaults, those of its bases, its own. */
  effective: Entry[];
}

/** An msmtprc: its lines, and the accounts that they make. */
export interface Msmtprc extends LineReading {
  accounts: MsmtpAccount[];
}

/** Reads an msmtprc (msmtp src/conf.c, get_next_cmd): a command and its argument on each line. Never fails. */
export function readMsmtprc(text: string): Msmtprc {
  const reading: Msmtprc = { entries: [], sections: [], hints: [], fault: null, accounts: [] };
  let section = '';
  let defaults: Entry[] = [];
  for (const { start, end, next, number: line } of splitLines(text)) {
    const match = /^([ \t]*)([^\s#]\S*)([ \t]*)(.*)$/s.exec(text.slice(start, end).trimEnd());
    if (!match) continue;
    const [, indent = '', key = '', gap = '', raw = ''] = match;
    const valueStart = start + indent.length + key.length + gap.length;
    const value = withoutQuotes(raw);
    if (key === DEFAULTS || key === 'account') {
      const [name = '', ...bases] = value.split(/[\s:,]+/).filter((part) => part !== '');
      section = key === DEFAULTS ? DEFAULTS : accountSection(name);
      reading.sections.push({ name: section, line, end: next });
      if (key === DEFAULTS) defaults = [];
      else reading.accounts.push({ name, line, bases, section, effective: inherited(reading, bases, defaults) });
      continue;
    }
    const place = { start, end: next, valueStart, valueEnd: valueStart + raw.length };
    const entry: Entry = { section, key, value, line, ...place };
    reading.entries.push(entry);
    if (section === DEFAULTS) defaults.push(entry);
    else reading.accounts.at(-1)?.effective.push(entry);
  }
  return reading;
}

function inherited({ accounts }: Msmtprc, bases: string[], defaults: Entry[]): Entry[] {
  if (bases.length === 0) return [...defaults];
  return bases.flatMap((base) => accounts.findLast(({ name }) => name === base)?.effective ?? []);
}

/** Why a value cannot stand in an msmtprc; null when it can. */
export function msmtpUnwritable(value: string): string | null {
  if (/[\n\0]/.test(value)) return 'a line break cannot stand in this file.';
  // The longest line that is read has 500 bytes (LINEBUFSIZE), the command in it included.
  return Buffer.byteLength(value) > 450 ? 'it is too long: msmtp reads lines of at most 500 bytes.' : null;
}

/** There are no escapes; one pair of quotes around an argument is taken off. */
export const MSMTP_SYNTAX: LineSyntax = {
  sameKey: (found, wanted) => found === wanted,
  write: (value) => (/^$|^["\s]|["\s]$/.test(value) ? `"${value}"` : value),
  delimiter: ' ',
  head: (section) => section,
  mayFollow: () => true,
};

function withoutQuotes(raw: string): string {
  return raw.length >= 2 && raw.startsWith('"') && raw.endsWith('"') ? raw.slice(1, -1) : raw;
}
