import * as z from 'zod/mini';
import { requiredAddress } from '../address.ts';
import { portField } from '../host.ts';
import { LIMITS } from '../limits.ts';
import { matrixEvent, matrixReport } from '../matrix.ts';
import { MECHANISM_TRIES, mechanismEvent, mechanismReport, SASL_MECHANISMS } from '../mechanisms.ts';
import { diagnosis, STAGES, testEvent, testReport } from '../report.ts';
import { line } from '../text.ts';
import { subject, transientSecrets, uuid } from './parts.ts';

/** False leaves the run out of the profile's history; it is kept unless said. */
const keep = z.optional(z.boolean());

/** Testing a mail server and explaining its words. */
export const testRequests = {
  /** Tests without sending a message. */
  'tests.check': {
    input: z.strictObject({
      subject,
      secrets: transientSecrets,
      /** Last stage to run; null runs all but `data`. */
      until: z.nullable(z.enum(STAGES)),
      /** Recipient for RCPT; null takes the profile's test recipient, else its From address. */
      recipient: z.nullable(requiredAddress),
      /** True asks also what may be sent, for whom and to where, in further transactions without a message. */
      relay: z.optional(z.boolean()),
      keep,
    }),
    output: testReport,
    event: testEvent,
  },
  /** Sends one real test message. */
  'tests.send': {
    input: z.strictObject({
      subject,
      secrets: transientSecrets,
      recipient: z.nullable(requiredAddress),
      keep,
      /** One for each decision to send: a repeated request gets the result of the first and sends nothing. */
      sendId: uuid,
    }),
    output: testReport,
    event: testEvent,
  },
  /** Tries ports and ways of securing the connection, without signing in. */
  'tests.matrix': {
    input: z.strictObject({
      subject,
      /** Null takes the usual ones, and that of the settings. */
      ports: z.nullable(z.array(portField).check(z.minLength(1), z.maxLength(LIMITS.matrixPorts))),
    }),
    output: matrixReport,
    event: matrixEvent,
  },
  /** Signs in with one mechanism after the other, each on a connection of its own. A door asks its user first. */
  'tests.mechanisms': {
    input: z.strictObject({
      subject,
      secrets: transientSecrets,
      /** Null takes the first of those that the server offers. */
      mechanisms: z.nullable(z.array(z.enum(SASL_MECHANISMS)).check(z.minLength(1), z.maxLength(MECHANISM_TRIES))),
    }),
    output: mechanismReport,
    event: mechanismEvent,
  },
  /** Explains an error text, a reply line or a log excerpt. */
  'diagnoses.explain': {
    input: z.strictObject({
      text: z.string().check(z.maxLength(LIMITS.explainChars)),
      host: z.nullable(line(255)),
      port: z.nullable(z.int()),
      security: z.nullable(line(40)),
      stage: z.nullable(z.enum(STAGES)),
    }),
    output: z.nullable(diagnosis),
  },
} as const;
