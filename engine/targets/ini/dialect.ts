import { ANY_BREAK, LINE_FEED } from '../lines/lines.ts';

/** What differs between readers of INI files. */
export interface IniDialect {
  name: string;
  lineBreak: RegExp;
  /** How a value goes on: after a backslash at its end, or on lines that are indented more than its key. */
  continuation: 'backslash' | 'indent';
  /** True when `#` and `;` end a value, and quotes and backticks around one are taken off. */
  quotes: boolean;
  /** True when keys are the same in any case; sections never are. */
  caselessKeys: boolean;
  /** True when a key before the first section is an error. */
  needsSection: boolean;
  /** Matches a value without its ends: what the reader takes for white space around it. */
  space: string;
}

/** go-ini with its default options: Grafana, Gitea, Forgejo, Gogs (gopkg.in/ini.v1, parser.go). */
export const GO_INI: IniDialect = {
  name: 'INI',
  lineBreak: LINE_FEED,
  continuation: 'backslash',
  quotes: true,
  caselessKeys: false,
  needsSection: false,
  // unicode.IsSpace, which differs from JavaScript's idea of white space in U+0085 and U+FEFF.
  space: '\\t\\v\\f\\r\\n \\u0085\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000',
};

/** Python's RawConfigParser: Odoo (configparser.py, _read). */
export const CONFIG_PARSER: IniDialect = {
  name: 'INI',
  lineBreak: ANY_BREAK,
  continuation: 'indent',
  quotes: false,
  caselessKeys: true,
  needsSection: true,
  // str.strip(), which also takes the separators U+001C to U+001F.
  space: '\\t\\v\\f\\r\\n\\x1c-\\x1f \\u0085\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000',
};
