import * as z from 'zod/mini';
import { storedProfile } from '../library.ts';
import { messageContent, PRACTICE_SCENARIOS, practiceMessage, practiceState, scenarioInfo } from '../practice.ts';
import { nothing, uuid } from './parts.ts';
import { reportRef } from './reports.ts';

/** The practice server and its inbox. */
export const practiceRequests = {
  'practice.scenarios': { input: nothing, output: z.array(scenarioInfo) },
  'practice.state': { input: nothing, output: practiceState },
  /** Starts it, or switches the scenario of the running one. */
  'practice.start': { input: z.strictObject({ scenario: z.enum(PRACTICE_SCENARIOS) }), output: practiceState },
  /** The same with what the server of a report did. */
  'practice.replay': { input: z.strictObject({ report: reportRef }), output: practiceState },
  'practice.stop': { input: nothing, output: practiceState },
  'practice.inbox': { input: nothing, output: z.array(practiceMessage) },
  'practice.message': {
    input: z.strictObject({ id: uuid }),
    /** `content` is null when the message cannot be taken apart. */
    output: z.strictObject({ message: practiceMessage, source: z.string(), content: z.nullable(messageContent) }),
  },
  'practice.clear': { input: nothing, output: nothing },
  /** Makes the profile that points at the running practice server, or points an earlier one at it. */
  'practice.adopt': { input: nothing, output: storedProfile },
} as const;
