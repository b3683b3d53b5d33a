import * as z from 'zod/mini';
import { failedStage, outcomeOf, RUN_OUTCOMES } from './outcome.ts';
import { STAGES, TEST_ACTIONS, type TestReport } from './report.ts';

/** One kept run of a profile, in short. */
export const runSummary = z.strictObject({
  /** Id of the report. */
  runId: z.uuid(),
  /** When it began, ISO 8601, UTC. */
  at: z.string(),
  ms: z.number(),
  action: z.enum(TEST_ACTIONS),
  outcome: z.enum(RUN_OUTCOMES),
  /** Stage that failed; null when none did. */
  stage: z.nullable(z.enum(STAGES)),
  /** Rule of the diagnosis, or ''. */
  rule: z.string(),
  /** What was tested; a profile that now points elsewhere has not been tested there. */
  destination: z.strictObject({ host: z.string(), port: z.int(), security: z.string() }),
  /** True when the tested settings were not those that were saved. */
  unsaved: z.boolean(),
});
/** See {@link runSummary}. */
export type RunSummary = z.infer<typeof runSummary>;

/** The short form of a report. `unsaved` says that the settings differed from the stored ones. */
export function summaryOf(report: TestReport, unsaved: boolean): RunSummary {
  const { id, startedAt, ms, action, destination, diagnosis } = report;
  return {
    runId: id,
    at: startedAt,
    ms,
    action,
    outcome: outcomeOf(report),
    stage: failedStage(report)?.stage ?? null,
    rule: diagnosis?.rule ?? '',
    destination,
    unsaved,
  };
}
