import { appErrorOf } from '../../../shared/errors.ts';
import { fail, ok, type Result } from '../../../shared/result.ts';
import type { LineSyntax } from '../lines/edit.ts';
import type { LineReading } from '../lines/entry.ts';
import { findTemplate } from '../templates.ts';
import { readProperties } from './read.ts';

const ESCAPES: Record<string, string> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r', '\f': '\\f' };

/** How .properties files are written: any text has a form. */
export const PROPERTIES_SYNTAX: LineSyntax = {
  sameKey: (found, wanted) => found === wanted,
  write: escapeProperty,
  delimiter: '=',
  head: () => '',
  mayFollow: () => true,
};

/** A value with escapes. Only ASCII is written, since the file is read as ISO-8859-1 by most and as UTF-8 by some. */
export function escapeProperty(value: string): string {
  return value
    .replace(/[\\\t\n\r\f]/g, (char) => ESCAPES[char] ?? char)
    .replace(/[^ -~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .replace(/^ /, '\\ ');
}

/** Reads a whole file. Errors: PARSE_FAILED where Java would refuse it, TEMPLATE_FILE. */
export function readPropertiesFile(text: string, documents = false): Result<LineReading> {
  const reading = readProperties(text, documents);
  if (!reading.fault) return ok(reading);
  const { line, column, detail } = reading.fault;
  const template = findTemplate(text, line);
  if (template) return fail(appErrorOf('TEMPLATE_FILE', template));
  return fail(appErrorOf('PARSE_FAILED', { format: 'properties', line, column, detail: `${detail}.` }));
}
