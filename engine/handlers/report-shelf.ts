import { appErrorOf } from '../../shared/errors.ts';
import type { TestReport } from '../../shared/report.ts';
import { fail, ok, type Result } from '../../shared/result.ts';

/** Reports kept at once; the oldest goes first. */
const MOST = 50;

/**
 * The latest reports of this session by id, also those that no history keeps: of unsaved profiles, of files that were
 * opened. A door names a report by its id, so that none has to go back to the engine as untrusted input.
 */
export class ReportShelf {
  readonly #reports = new Map<string, TestReport>();

  /** Keeps a report. */
  put(report: TestReport): void {
    this.#reports.delete(report.id);
    this.#reports.set(report.id, report);
    const [oldest] = this.#reports.keys();
    if (this.#reports.size > MOST && oldest) this.#reports.delete(oldest);
  }

  /** The report of that id. Error: NOT_FOUND. */
  get(id: string): Result<TestReport> {
    const report = this.#reports.get(id);
    return report ? ok(report) : fail(appErrorOf('NOT_FOUND', { what: 'test run', name: id }));
  }
}
