import { editLines, type LineSyntax } from '../lines/edit.ts';
import { lineBreakOf } from '../lines/lines.ts';
import { DIALECTS, type DialectId } from './dialects.ts';
import { quoteFor } from './quote.ts';
import { scanEnv } from './scan.ts';
import type { Variable } from './variables.ts';

/** One assignment of an env file. */
export interface EnvEntry {
  key: string;
  value: string;
  /** From 1. */
  line: number;
  /** True for a text over several lines, which no mail setting can have. */
  open: boolean;
}

/** Reads the assignments of an env file as Docker Compose does, in order. Never fails. */
export function readEnv(text: string): EnvEntry[] {
  return scanEnv(text, DIALECTS.compose).entries.map(({ key, value, line, broken }) => {
    const open = value.includes('\n') || (broken && /^["']/.test(value));
    return { key, value: open ? '' : value, line, open };
  });
}

/** The variables of an env file as one program reads it, for {@link readVariables}. */
export function envVariables(text: string, dialect: DialectId = 'compose'): Variable[] {
  return scanEnv(text, DIALECTS[dialect]).entries.map(({ key, value, line, dynamic }) => {
    return { name: key, value, line, key, literal: !dynamic };
  });
}

/**
 * Writes a value so that systemd, Docker Compose and shells read the same text; null when there is no such form
 * (`docker run --env-file` has no quoting at all and takes only values that need none).
 */
export function quoteEnv(value: string): string | null {
  return /[\0\r\n]/.test(value) ? null : quoteFor(value, ['systemd', 'compose', 'sh']);
}

/**
 * An env file with some keys changed, the new values as they are to be written: a key that is there is replaced where
 * it stands, a new one is added, undefined removes. All else stays as it is, also a value that is already written so.
 */
export function mergeEnv(
  existing: string,
  changes: Record<string, string | undefined>,
  dialect: DialectId = 'compose',
): string {
  // A last line without a line break may have to go: it gets one for the time being.
  if (existing !== '' && !existing.endsWith('\n')) {
    const newline = lineBreakOf(existing);
    const merged = mergeEnv(existing + newline, changes, dialect);
    return merged.endsWith(newline) ? merged.slice(0, -newline.length) : merged;
  }
  const reading = scanEnv(existing, DIALECTS[dialect]);
  // Values are compared as they are written.
  const entries = reading.entries.map((entry) => ({
    ...entry,
    value: existing.slice(entry.valueStart, entry.valueEnd),
  }));
  const list = Object.entries(changes).map(([key, value]) => ({ section: '', key, value }));
  return editLines(existing, { ...reading, entries, sections: [] }, list, WRITTEN);
}

const WRITTEN: LineSyntax = {
  sameKey: (found, wanted) => found === wanted,
  write: (value) => value,
  delimiter: '=',
  head: () => '',
  // Only a comment can follow, and the readers that see one end the value before it.
  mayFollow: (_written, rest) => /^\s+#/.test(rest),
};
