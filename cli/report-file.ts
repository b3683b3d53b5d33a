import type { Engine } from '../engine/index.ts';
import type { ReportRef } from '../shared/contract.ts';
import type { ReportFormat } from '../shared/report-formats.ts';
import type { OptionTable } from './command.ts';
import { type CliResult, usage } from './failure.ts';
import { chooseFile } from './save-file.ts';

/** Options of commands that test. */
export const REPORT_OPTIONS = {
  report: { kind: 'text', value: 'FILE', help: 'Write the report to FILE.html, FILE.txt or FILE.json.' },
  mask: { kind: 'flag', help: 'Replace hosts, addresses, users and names in it.' },
} as const satisfies OptionTable;

/** A report file that was asked for: where, in which form, masked or not. */
export interface ReportFile {
  token: string;
  path: string;
  format: ReportFormat;
  mask: boolean;
}

const FORMATS: Record<string, ReportFormat> = { html: 'html', htm: 'html', txt: 'text', text: 'text', json: 'json' };

/** The form that a file's ending asks for. Error: USAGE for another ending. */
export function formatOf(path: string): CliResult<ReportFormat> {
  const ending = /\.([a-z]+)$/i.exec(path)?.[1]?.toLowerCase() ?? '';
  const format = Object.hasOwn(FORMATS, ending) ? FORMATS[ending] : undefined;
  if (format) return { ok: true, value: format };
  return usage('The ending of the report file says no known form.', 'Use FILE.html, FILE.txt or FILE.json.');
}

/** Finds out, before a test runs, whether its report can be written. Null when no file is asked for. */
export async function chooseReportFile(
  engine: Engine,
  path: string | undefined,
  mask: boolean,
): Promise<CliResult<ReportFile | null>> {
  if (path === undefined) {
    return mask ? usage('--mask is for a report file.', 'Add --report FILE.') : { ok: true, value: null };
  }
  const format = formatOf(path);
  if (!format.ok) return format;
  const token = await chooseFile(engine, path);
  return token.ok ? { ok: true, value: { token: token.value, path, format: format.value, mask } } : token;
}

/** Writes a report; returns its bytes. */
export async function writeReport(
  engine: Engine,
  report: ReportRef,
  { token, format, mask }: ReportFile,
): Promise<CliResult<number>> {
  const request = { report, format, mask, destination: token, followLink: false };
  const saved = await engine.client('reports.save', request);
  return saved.ok ? { ok: true, value: saved.value.bytes } : saved;
}
