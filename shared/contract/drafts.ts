import * as z from 'zod/mini';
import { draftToKeep, keptDraft } from '../draft.ts';
import { LIMITS } from '../limits.ts';
import { nothing, uuid } from './parts.ts';

/** Unsaved edits, kept by the privileged side until they are saved or dropped. Never a secret. */
export const draftRequests = {
  /** Keeps the edits of one profile, in place of those with the same id. */
  'drafts.put': { input: draftToKeep, output: z.strictObject({ at: z.string() }) },
  /** All kept edits, newest first. */
  'drafts.list': { input: nothing, output: z.array(keptDraft) },
  /** Forgets edits; ids that are not known are no error. */
  'drafts.drop': { input: z.strictObject({ ids: z.array(uuid).check(z.maxLength(LIMITS.drafts)) }), output: nothing },
} as const;
