import * as z from 'zod/mini';
import { profileSettings } from '../profile.ts';
import { exportPreview, SECRET_POLICIES, targetInfo, targetLimit } from '../target.ts';
import { line } from '../text.ts';
import { nothing, subject, uuid } from './parts.ts';

const exportRequest = {
  subject,
  target: line(60),
  /** Values of the target's options; an absent one has its default. */
  options: z.record(line(60), line(1_000)),
  policy: z.enum(SECRET_POLICIES),
  /** Token of an existing file to merge into. */
  into: z.nullable(uuid),
};

/** Targets, and writing their files. */
export const exportRequests = {
  'targets.list': { input: nothing, output: z.array(targetInfo) },
  /** What products cannot take of settings, for the form: without a file and without a secret. */
  'targets.limits': {
    input: z.strictObject({ settings: profileSettings, targets: z.array(line(60)).check(z.maxLength(5)) }),
    output: z.array(z.strictObject({ target: z.string(), limits: z.array(targetLimit) })),
  },
  'exports.preview': { input: z.strictObject(exportRequest), output: exportPreview },
  'exports.write': {
    input: z.strictObject({
      ...exportRequest,
      destination: uuid,
      /** The user's word to replace the file that a symbolic link points to. */
      followLink: z.boolean(),
    }),
    output: z.strictObject({ file: z.string(), bytes: z.int(), backup: z.string() }),
  },
} as const;
