import type { LineSyntax } from '../lines/edit.ts';
import { CONFIG_PARSER, GO_INI } from './dialect.ts';

/** Why a text cannot stand in a file; null when it can. */
export type Unwritable = string | null;

const GO_EDGE = edgeSpace(GO_INI.space);
const PYTHON_EDGE = edgeSpace(CONFIG_PARSER.space);

/** Why a value cannot be written for go-ini; null when it can. */
export function goIniUnwritable(value: string): Unwritable {
  if (/[\n\0]/.test(value)) return 'a line break cannot stand in this file.';
  // Substituted wherever a key of that name exists, and there is no escape (key.go, transformValue).
  if (/%\([^)]+\)s/.test(value)) return 'the file’s reader takes %(name)s for another key.';
  return null;
}

/**
 * True for a value that go-ini does not read back after it has saved the file itself: it quotes only for line breaks,
 * backticks, comment marks and blanks at the ends (file.go, writeToBuffer).
 */
export function goIniLosesOnSave(value: string): boolean {
  if (/[\n`]/.test(value)) return /\n/.test(value) && value.includes('"""');
  if (/[#;]/.test(value)) return false;
  return GO_EDGE.test(value) ? value.includes('"') : isMisreadPlain(value);
}

/** Why a value cannot be written for ConfigParser, which has no quotes; null when it can. */
export function configParserUnwritable(value: string): Unwritable {
  if (/[\r\n\0]/.test(value)) return 'a line break cannot stand in this file.';
  if (PYTHON_EDGE.test(value)) return 'the file’s reader drops blanks at its ends.';
  return null;
}

/** go-ini: plain where that is safe, else in backticks, which keep everything up to the last backtick of the line. */
export const GO_INI_SYNTAX: LineSyntax = {
  sameKey: (found, wanted) => found === wanted,
  write: (value) => (isPlainForGo(value) ? value : `\`${value}\``),
  delimiter: ' = ',
  head: (section) => `[${section}]`,
  goesOn: /\\[ \t]*$/,
  mayFollow: (written, rest) =>
    written.startsWith('`') ? !rest.includes('`') : /^\s*(?:$|[#;])/.test(rest) && !/\\\s*$/.test(rest),
};

/** ConfigParser: a value is what it is. */
export const CONFIG_PARSER_SYNTAX: LineSyntax = {
  sameKey: (found, wanted) => found.toLowerCase() === wanted.toLowerCase(),
  write: (value) => value,
  delimiter: ' = ',
  head: (section) => `[${section}]`,
  mayFollow: () => true,
};

function isPlainForGo(value: string): boolean {
  return !/[#;\r]|^`/.test(value) && !GO_EDGE.test(value) && !isMisreadPlain(value);
}

/** Without comment marks and blanks at its ends, what else is taken for syntax: a quote around it, a last backslash. */
function isMisreadPlain(value: string): boolean {
  return /\\$|^"""|^(["'])(?:(?!\1).)*\1$/s.test(value);
}

function edgeSpace(space: string): RegExp {
  return new RegExp(`^[${space}]|[${space}]$`);
}
