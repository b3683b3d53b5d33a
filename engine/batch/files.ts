import type { BatchFormat, BatchReport } from '../../shared/batch.ts';
import { batchCsv } from './csv.ts';
import { batchJunit } from './junit.ts';

const WRITERS: Record<BatchFormat, (report: BatchReport) => string> = {
  csv: batchCsv,
  json: (report) => `${JSON.stringify(report, null, 2)}\n`,
  junit: batchJunit,
};

/** The result of a batch as the text of a file. */
export function batchText(report: BatchReport, format: BatchFormat): string {
  return WRITERS[format](report);
}
