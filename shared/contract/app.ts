import * as z from 'zod/mini';
import { LIMITS } from '../limits.ts';
import { nothing, uuid } from './parts.ts';

/** What the list of profiles can be sorted by; the times with the latest first. */
export const LIST_SORTS = ['name', 'host', 'tested', 'changed'] as const;

/** Width of a column in CSS px; null leaves it to the window. */
const width = z.nullable(z.int().check(z.gte(100), z.lte(4_000)));

/** View preferences; they may be lost. What is absent was never changed. */
export const preferences = z.strictObject({
  theme: z.enum(['system', 'light', 'dark']),
  density: z.enum(['comfortable', 'compact']),
  layout: z.optional(
    z.strictObject({ library: width, bench: width, isLibraryOpen: z.boolean(), isBenchOpen: z.boolean() }),
  ),
  list: z.optional(z.strictObject({ sort: z.enum(LIST_SORTS), isGrouped: z.boolean() })),
  /** Profiles that stand on top of the list. */
  pinned: z.optional(z.array(uuid).check(z.maxLength(LIMITS.pinned))),
});
/** See {@link preferences}. */
export type Preferences = z.infer<typeof preferences>;

/** The program itself and its view preferences. */
export const appRequests = {
  'app.info': {
    input: nothing,
    output: z.strictObject({
      version: z.string(),
      platform: z.enum(['linux', 'darwin', 'win32', 'other']),
      door: z.enum(['desktop', 'browser', 'terminal']),
      /** How files are chosen: a native dialog, or a path that the user types. */
      files: z.enum(['dialog', 'typed-path']),
      /** This machine's name as EHLO would give it. */
      ehloName: z.string(),
      dataDirectory: z.string(),
      /** True until a profile was ever stored. */
      firstStart: z.boolean(),
    }),
  },
  'preferences.get': { input: nothing, output: preferences },
  'preferences.set': { input: preferences, output: preferences },
} as const;
