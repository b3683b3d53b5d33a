import { appErrorOf } from '../../../shared/errors.ts';
import { fail, ok, type Result } from '../../../shared/result.ts';
import { editLines, type LineChange, type LineSyntax } from '../lines/edit.ts';
import type { LineReading } from '../lines/entry.ts';
import { findTemplate } from '../templates.ts';
import { CONFIG_PARSER, GO_INI, type IniDialect } from './dialect.ts';
import { readIni } from './read.ts';
import {
  CONFIG_PARSER_SYNTAX,
  configParserUnwritable,
  GO_INI_SYNTAX,
  goIniUnwritable,
  type Unwritable,
} from './write.ts';

/** A dialect with its way to write. */
export interface IniKind {
  dialect: IniDialect;
  syntax: LineSyntax;
  unwritable: (value: string) => Unwritable;
}

/** Files of Grafana, Gitea and their kin. */
export const GO_INI_KIND: IniKind = { dialect: GO_INI, syntax: GO_INI_SYNTAX, unwritable: goIniUnwritable };
/** Files of programs in Python. */
export const CONFIG_PARSER_KIND: IniKind = {
  dialect: CONFIG_PARSER,
  syntax: CONFIG_PARSER_SYNTAX,
  unwritable: configParserUnwritable,
};

/** Reads a whole file. Errors: PARSE_FAILED where the product would not start with it, TEMPLATE_FILE. */
export function readIniFile(text: string, { dialect }: IniKind): Result<LineReading> {
  const reading = readIni(text, dialect);
  if (!reading.fault) return ok(reading);
  const { line, column, detail } = reading.fault;
  const template = findTemplate(text, line);
  if (template) return fail(appErrorOf('TEMPLATE_FILE', template));
  return fail(appErrorOf('PARSE_FAILED', { format: dialect.name, line, column, detail: `${detail}.` }));
}

/**
 * A text, empty for a new file, with keys changed. Errors: PARSE_FAILED, TEMPLATE_FILE, and TARGET_REFUSES for a value
 * that the file cannot hold.
 */
export function editIni(text: string, product: string, kind: IniKind, changes: LineChange[]): Result<string> {
  for (const { key, value } of changes) {
    const reason = value === undefined ? null : kind.unwritable(value);
    if (reason) return fail(appErrorOf('TARGET_REFUSES', { target: product, field: key, reason }));
  }
  const read = readIniFile(text, kind);
  return read.ok ? ok(editLines(text, read.value, changes, kind.syntax)) : read;
}
