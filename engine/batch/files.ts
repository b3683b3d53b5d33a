import type { BatchFormat, BatchReport } from '../../shared/batch.ts';
import { batchCsv } from './csv.ts';
import { batchJunit } from './junit.ts';

const WRITERS: Record<BatchFormat, (report: BatchReport) => string> = {
  csv: batchCsv,
  json: (report) => `${JSON.stringify(report, null, 2)}\n`,
  junit: batchJunit,
};

const ENDINGS: Record<BatchFormat, string> = { csv: 'csv', json: 'json', junit: 'xml' };

/** The result of a batch as a file: a name for it, and its text. */
export interface BatchFile {
  fileName: string;
  text: string;
}

/** The result of a batch as a file. */
export function batchFile(report: BatchReport, format: BatchFormat): BatchFile {
  const when = report.startedAt.slice(0, 16).replace(/[T:]/g, '-');
  return { fileName: `relaysmith-${when}.${ENDINGS[format]}`, text: WRITERS[format](report) };
}
