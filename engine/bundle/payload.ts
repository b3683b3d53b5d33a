import * as z from 'zod/mini';
import { appErrorOf } from '../../shared/errors.ts';
import { LIMITS } from '../../shared/limits.ts';
import { PROFILE_SCHEMA_VERSION, type Profile, profile } from '../../shared/profile.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { SECRET_KINDS, secretInput } from '../../shared/secrets.ts';
import { escapeControls } from '../../shared/text.ts';
import { MIGRATIONS, migrate } from '../profiles/migrations.ts';

/** A profile as a bundle carries it. */
const bundledProfile = z.strictObject({
  profile,
  /** Values, so only in an encrypted bundle. */
  secrets: z.partialRecord(z.enum(SECRET_KINDS), secretInput),
});
/** See {@link bundledProfile}. */
export type BundledProfile = z.infer<typeof bundledProfile>;

/** The content of a bundle: what could be read, and what could not. */
export interface BundleContent {
  profiles: BundledProfile[];
  refused: { label: string; problem: string }[];
}

const outline = z.strictObject({ profiles: z.array(z.unknown()).check(z.maxLength(LIMITS.bundleProfiles)) });

/** The content as one line of JSON. */
export function payloadText(profiles: readonly BundledProfile[]): string {
  return JSON.stringify({ profiles });
}

/**
 * Reads the content of a bundle and brings it up to this version's schema. A profile that cannot be read is refused, the
 * others are kept. Error: BUNDLE_DAMAGED when the outline is not right.
 */
export function readPayload(text: string, schemaVersion: number, isEncrypted: boolean): Result<BundleContent> {
  const damaged = (detail: string) => fail(appErrorOf('BUNDLE_DAMAGED', { detail }));
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return damaged('Its content is not JSON.');
  }
  const read = outline.safeParse(json);
  if (!read.success) return damaged('Its content is not a list of profiles.');
  const current = migrated(read.data.profiles, schemaVersion);
  if (current === null)
    return damaged(`Its profiles (schema version ${schemaVersion}) could not be brought up to date.`);

  const content: BundleContent = { profiles: [], refused: [] };
  const seen = new Set<string>();
  for (const [index, raw] of current.entries()) {
    const parsed = bundledProfile.safeParse(raw);
    const problem = parsed.success ? problemWith(parsed.data, isEncrypted, seen) : firstProblem(parsed.error.issues);
    if (parsed.success && problem === null) {
      seen.add(parsed.data.profile.id);
      content.profiles.push(parsed.data);
    } else content.refused.push({ label: labelOf(raw, index), problem: problem ?? '' });
  }
  return ok(content);
}

function problemWith({ profile: { id }, secrets }: BundledProfile, isEncrypted: boolean, seen: Set<string>) {
  if (seen.has(id)) return 'Another profile of the bundle has the same id.';
  return !isEncrypted && Object.keys(secrets).length > 0 ? 'It holds a secret in the clear.' : null;
}

/** Field and message; never the value, which could be a secret. */
function firstProblem(issues: readonly { path: PropertyKey[]; message: string }[]): string {
  const [first] = issues;
  return first ? escapeControls(`${first.path.map(String).join('.')}: ${first.message}`) : 'It is not a profile.';
}

function labelOf(raw: unknown, index: number): string {
  const named = z.looseObject({ profile: z.looseObject({ name: z.string() }) }).safeParse(raw);
  const name = named.success ? escapeControls((named.data.profile as { name: string }).name).slice(0, 120) : '';
  return name || `Number ${index + 1} in the bundle`;
}

/** Runs the library's own migrations, which know whole library files. Null when a step is missing or fails. */
function migrated(profiles: unknown[], schemaVersion: number): unknown[] | null {
  if (schemaVersion === PROFILE_SCHEMA_VERSION) return profiles;
  const entries = profiles.map((each) => {
    const { profile: inner } = (each ?? {}) as { profile?: Profile };
    return { profile: inner, revision: 0, secrets: {} };
  });
  const result = migrate({ schemaVersion, profiles: entries }, PROFILE_SCHEMA_VERSION, MIGRATIONS);
  if ('problem' in result || !Array.isArray(result.document.profiles)) return null;
  return result.document.profiles.map((entry: { profile: unknown }, index: number) => {
    const { secrets } = (profiles[index] ?? {}) as { secrets?: unknown };
    return { profile: entry.profile, secrets };
  });
}
