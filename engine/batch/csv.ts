import type { BatchReport, BatchRow } from '../../shared/batch.ts';
import { describeError } from '../../shared/messages.ts';

const COLUMNS: [title: string, value: (row: BatchRow) => string | number][] = [
  ['name', ({ name }) => name],
  ['host', ({ destination }) => destination.host],
  ['port', ({ destination }) => destination.port],
  ['security', ({ destination }) => destination.security],
  ['outcome', ({ outcome }) => outcome],
  ['stage', ({ stage }) => stage ?? ''],
  ['rule', ({ rule }) => rule],
  ['cause', ({ cause, error }) => (error ? describeError(error).what : cause)],
  ['remedy', ({ remedy, error }) => (error ? describeError(error).next : remedy)],
  ['started', ({ startedAt }) => startedAt],
  ['ms', ({ ms }) => ms],
  ['profile', ({ profileId }) => profileId],
  ['run', ({ runId }) => runId ?? ''],
];

/** The result table as CSV (RFC 4180), in UTF-8 without a byte order mark. */
export function batchCsv({ rows }: BatchReport): string {
  const lines = [COLUMNS.map(([title]) => title), ...rows.map((row) => COLUMNS.map(([, value]) => cell(value(row))))];
  return lines.map((line) => `${line.join(',')}\r\n`).join('');
}

/**
 * One cell. A text that a spreadsheet would take for a formula gets an apostrophe in front (OWASP, CSV injection): the
 * names of profiles and the words of servers come from outside.
 */
function cell(value: string | number): string {
  if (typeof value === 'number') return String(value);
  const text = /^[\s]*[=+\-@\t\r＝＋－＠]/u.test(value) ? `'${value}` : value;
  return /[",\r\n;]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
