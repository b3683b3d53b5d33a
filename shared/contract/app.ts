import * as z from 'zod/mini';
import { nothing } from './parts.ts';

/** View preferences; they may be lost. */
export const preferences = z.strictObject({
  theme: z.enum(['system', 'light', 'dark']),
  density: z.enum(['comfortable', 'compact']),
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
