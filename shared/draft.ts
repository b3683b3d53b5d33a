import * as z from 'zod/mini';
import { fieldValue } from './fix.ts';
import { LIMITS } from './limits.ts';
import { type ProfileSettings, profileSettings } from './profile.ts';
import { SECRET_KINDS } from './secrets.ts';

/** What half-typed text must not hold, since it would come to the disk: a private key, or an address with a password. */
const SECRET_MARKS = /PRIVATE KEY|:\/\/[^/\s]*@/;

/** One issue of the schema, as far as this file looks at it. */
interface Issue {
  code: string;
  path: PropertyKey[];
  expected?: string;
}

/**
 * Settings as a form holds them while someone types: of the right shape, and valid but for text that is still to be
 * corrected (`58x` as a port). No secret has a place in it, and text that looks like one is refused.
 */
export const draftSettings = z.custom<ProfileSettings>(
  (value) => pathsNotKept(value)?.length === 0,
  'These are no settings that may be kept.',
);

const draftFields = {
  id: z.uuid(),
  /** The stored profile that is edited; null for a new one. */
  profileId: z.nullable(z.uuid()),
  /** The revision that the edits began from; 0 for a new profile. */
  revision: z.int().check(z.gte(0)),
  /** What the edits began from. */
  base: draftSettings,
  settings: draftSettings,
  /** Secrets that were typed and are not kept, so that a window can say what to type again. */
  typedSecrets: z.array(z.enum(SECRET_KINDS)).check(z.maxLength(SECRET_KINDS.length)),
};

/** Unsaved edits of one profile, on their way to be kept over a crash of the window. */
export const draftToKeep = z.strictObject(draftFields);
/** See {@link draftToKeep}. */
export type DraftToKeep = z.infer<typeof draftToKeep>;

/** The same with the moment at which they were kept, ISO 8601. */
export const keptDraft = z.strictObject({ ...draftFields, at: z.iso.datetime() });
/** See {@link keptDraft}. */
export type KeptDraft = z.infer<typeof keptDraft>;

/**
 * The settings of a form without what may not be kept: such a value gives way to the one that the edits began from.
 * `base` must be settings that may be kept as they are.
 */
export function settingsToKeep(settings: ProfileSettings, base: ProfileSettings): ProfileSettings {
  const paths = pathsNotKept(settings);
  if (!paths) return base;
  const next = JSON.parse(JSON.stringify(settings)) as ProfileSettings;
  for (const path of paths) putBack(next, path, base);
  return pathsNotKept(next)?.length === 0 ? next : base;
}

/** Paths of the values that may not be kept; null for what has not the shape of settings. */
function pathsNotKept(value: unknown): string[][] | null {
  const parsed = profileSettings.safeParse(value);
  if (parsed.success) return [];
  const issues = parsed.error.issues as unknown as Issue[];
  if (issues.some(({ code, path }) => code === 'unrecognized_keys' || path.length === 0)) return null;
  return issues.filter((issue) => !isHalfTyped(issue, value as ProfileSettings)).map(({ path }) => path.map(String));
}

/** True for text in a text or number field; a choice or a list cannot be half typed. */
function isHalfTyped({ code, path, expected }: Issue, settings: ProfileSettings): boolean {
  const value = fieldValue(settings, path.join('.'));
  if (typeof value !== 'string' || code === 'invalid_value') return false;
  if (code === 'invalid_type' && expected !== 'number' && expected !== 'int') return false;
  return value.length <= LIMITS.draftText && !SECRET_MARKS.test(value);
}

/** Takes a value from the base, or the whole list that it stands in where the base has no such entry. */
function putBack(settings: ProfileSettings, path: string[], base: ProfileSettings): void {
  for (let length = path.length; length > 0; length -= 1) {
    const before = fieldValue(base, path.slice(0, length).join('.'));
    const parent = length === 1 ? settings : fieldValue(settings, path.slice(0, length - 1).join('.'));
    if (before === undefined || typeof parent !== 'object' || parent === null) continue;
    (parent as Record<string, unknown>)[path[length - 1] ?? ''] = before;
    return;
  }
}
