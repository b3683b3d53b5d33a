import * as z from 'zod/mini';

/** User name of the practice server; public by design, it listens on loopback only. */
export const PRACTICE_USERNAME = 'practice@relaysmith.test';
/** Password of the practice server; public by design, not a secret. */
export const PRACTICE_PASSWORD = 'sesame-on-loopback';

/** The misbehaviours that the practice server offers, in the order of the gallery. */
export const PRACTICE_SCENARIOS = [
  'all-well',
  'wrong-password',
  'no-starttls',
  'starttls-required',
  'self-signed',
  'expired',
  'wrong-host',
  'relay-denied',
  'sender-refused',
  'slow',
  'closes-at-greeting',
  'talks-http',
] as const;
/** See {@link PRACTICE_SCENARIOS}. */
export type PracticeScenario = (typeof PRACTICE_SCENARIOS)[number];

/** What one scenario is, for pickers. */
export const scenarioInfo = z.strictObject({
  id: z.enum(PRACTICE_SCENARIOS),
  title: z.string(),
  /** What the server does. */
  description: z.string(),
  /** The diagnosis rule that a run against it ends with; '' when it passes. */
  expectedRule: z.string(),
});
/** See {@link scenarioInfo}. */
export type ScenarioInfo = z.infer<typeof scenarioInfo>;

/** Whether the practice server runs, and where. */
export const practiceState = z.discriminatedUnion('running', [
  z.strictObject({ running: z.literal(false) }),
  z.strictObject({
    running: z.literal(true),
    scenario: z.enum(PRACTICE_SCENARIOS),
    host: z.string(),
    port: z.int(),
    /** CA to trust, PEM; the same in every scenario, so that a profile stays right after a switch. */
    caPem: z.string(),
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
