import type { TestReport } from '../../shared/report.ts';
import { REPORT_ENDINGS, type ReportFormat } from '../../shared/report-formats.ts';
import { reportText } from '../../shared/report-text.ts';
import { safeFileName } from '../files/safe-file-name.ts';
import { reportHtml } from './html.ts';
import { maskReport } from './mask/mask-report.ts';

/** How a report is to be given out. */
export interface ReportChoice {
  format: ReportFormat;
  /** Replaces hosts, addresses, users and names by pseudonyms. */
  mask: boolean;
}

/** A report as a file: a name for it, and its text. */
export interface RenderedReport {
  fileName: string;
  text: string;
}

const WRITERS: Record<ReportFormat, (report: TestReport) => string> = {
  html: reportHtml,
  text: reportText,
  json: (report) => `${JSON.stringify(report, null, 2)}\n`,
};

/** Writes a report in the chosen form. A masked one does not carry the profile in its file name either. */
export function renderReport(original: TestReport, { format, mask }: ReportChoice): RenderedReport {
  const report = mask ? maskReport(original) : original;
  const when = report.startedAt.slice(0, 16).replace(/[T:]/g, '-');
  const about = mask ? 'report' : report.profileName;
  return { fileName: `${safeFileName(`${about}-${when}`)}.${REPORT_ENDINGS[format]}`, text: WRITERS[format](report) };
}
