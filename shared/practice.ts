import * as z from 'zod/mini';
import { PRACTICE_SCENARIOS, SCENARIO_GROUPS, type ScenarioGroup } from './practice-scenarios.ts';
import { STAGES, TEST_ACTIONS } from './report.ts';

export type { PracticeScenario, ScenarioGroup } from './practice-scenarios.ts';
export { PRACTICE_SCENARIOS, SCENARIO_GROUPS } from './practice-scenarios.ts';

/** User name of the practice server; public by design, it listens on loopback only. */
export const PRACTICE_USERNAME = 'practice@relaysmith.test';
/** Password of the practice server; public by design, not a secret. */
export const PRACTICE_PASSWORD = 'sesame-on-loopback';

/** What a behaviour of the server is, and what a run against it comes to. */
export const scenarioOutcome = z.strictObject({
  title: z.string(),
  /** What the server does. */
  description: z.string(),
  /** What shows it: a check, or only a test message. */
  action: z.enum(TEST_ACTIONS),
  /** The stage at which a run against it fails; '' when it passes. */
  expectedStage: z.enum(['', ...STAGES]),
  /** The diagnosis rule that the run ends with; '' when it passes. */
  expectedRule: z.string(),
  /** A rule that the run warns of although it passes, or ''. */
  expectedWarning: z.string(),
  /** True when it shows only with settings that differ from the usual ones for the practice server. */
  ownSettings: z.boolean(),
});
/** See {@link scenarioOutcome}. */
export type ScenarioOutcome = z.infer<typeof scenarioOutcome>;

/** What one scenario of the gallery is, for pickers. */
export const scenarioInfo = z.extend(scenarioOutcome, {
  id: z.enum(PRACTICE_SCENARIOS),
  group: z.enum(Object.keys(SCENARIO_GROUPS) as ScenarioGroup[]),
});
/** See {@link scenarioInfo}. */
export type ScenarioInfo = z.infer<typeof scenarioInfo>;

/** Whether the practice server runs, and where. */
export const practiceState = z.discriminatedUnion('running', [
  z.strictObject({ running: z.literal(false) }),
  z.strictObject({
    running: z.literal(true),
    /** One of the gallery, or `replay` for what a report told. */
    scenario: z.enum([...PRACTICE_SCENARIOS, 'replay']),
    outcome: scenarioOutcome,
    host: z.string(),
    port: z.int(),
    /** CA to trust, PEM; the same in every scenario, so that a profile stays right after a switch. */
    caPem: z.string(),
    /** Its revocation list, PEM; '' in scenarios that are not about revocation. */
    crlPem: z.string(),
  }),
]);
/** See {@link practiceState}. */
export type PracticeState = z.infer<typeof practiceState>;

/** One accepted message of the inbox. */
export const practiceMessage = z.strictObject({
  id: z.uuid(),
  /** ISO 8601. */
  receivedAt: z.string(),
  envelopeFrom: z.string(),
  recipients: z.array(z.string()),
  subject: z.string(),
  from: z.string(),
  bytes: z.int(),
});
/** See {@link practiceMessage}. */
export type PracticeMessage = z.infer<typeof practiceMessage>;

/** A practice message taken apart. */
export const messageContent = z.strictObject({
  /** In their order, decoded, control characters escaped. */
  headers: z.array(z.strictObject({ name: z.string(), value: z.string() })),
  /** '' when it has no text; line breaks as they came. */
  text: z.string(),
  /** '' when it has none. As the sender wrote it: for a sandbox only. */
  html: z.string(),
  attachments: z.array(z.strictObject({ name: z.string(), type: z.string(), bytes: z.int() })),
  /** True when text or HTML was too long and is not whole. */
  isCut: z.boolean(),
});
/** See {@link messageContent}. */
export type MessageContent = z.infer<typeof messageContent>;
