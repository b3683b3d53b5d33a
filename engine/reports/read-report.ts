import { appErrorOf } from '../../shared/errors.ts';
import { LIMITS } from '../../shared/limits.ts';
import { type TestReport, testReport } from '../../shared/report.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { escapeControls } from '../../shared/text.ts';

/**
 * Reads a report that was saved as JSON, perhaps on another machine. It is untrusted: strict schema, bounded lists. Its
 * texts are escaped where they are shown. Errors: PARSE_FAILED, INVALID_INPUT.
 */
export function readReport(text: string): Result<TestReport> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return fail(appErrorOf('PARSE_FAILED', { format: 'report (JSON)', line: 1, column: 1, detail: 'it is no JSON' }));
  }
  const parsed = testReport.safeParse(value);
  if (!parsed.success) {
    const problems = parsed.error.issues.slice(0, 3).map(({ path, message }) => ({
      field: shown(path.join('.')),
      message: shown(message),
    }));
    return fail(appErrorOf('INVALID_INPUT', { problems: [WHAT_IT_IS, ...problems] }));
  }
  const { stages, transcript } = parsed.data;
  if (stages.length > 100 || transcript.length > LIMITS.transcriptLines) {
    return fail(appErrorOf('INPUT_TOO_LARGE', { what: 'report', max: LIMITS.transcriptLines }));
  }
  return ok(parsed.data);
}

const WHAT_IT_IS = {
  field: 'report',
  message: 'This is no test report of Relaysmith in JSON, or one of another version.',
};

/** Names of unknown keys stand in these, and they come from the file. */
function shown(text: string): string {
  return escapeControls(text.slice(0, 120));
}
