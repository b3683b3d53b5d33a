import * as z from 'zod/mini';
import { appError } from './errors.ts';
import { SECRET_POLICIES, targetLimit } from './target.ts';

/** Name of the file that says what the others of an exported folder are. */
export const MANIFEST_NAME = 'manifest.json';

const profileName = z.strictObject({ id: z.uuid(), name: z.string() });

/** A limit, and the profile that it is about. */
const profileLimit = z.extend(targetLimit, { profile: z.string() });
/** See {@link profileLimit}. */
export type ProfileLimit = z.infer<typeof profileLimit>;

const planned = {
  /** Name in the folder. */
  file: z.string(),
  target: z.string(),
  /** The product's name. */
  product: z.string(),
  /** The file that the product reads, such as `config.json`. */
  productFile: z.string(),
  /** One, or several where one file holds them. */
  profiles: z.array(profileName),
  limits: z.array(profileLimit),
  /** True when a secret stands in it in the clear. */
  holdsSecret: z.boolean(),
};

/** A file that an export of many will write. */
export const plannedFile = z.strictObject(planned);
/** See {@link plannedFile}. */
export type PlannedFile = z.infer<typeof plannedFile>;

/** A pair of profile and product that gives no file, and why. */
export const refusedExport = z.strictObject({
  target: z.string(),
  product: z.string(),
  profile: profileName,
  error: appError,
});
/** See {@link refusedExport}. */
export type RefusedExport = z.infer<typeof refusedExport>;

/** What an export of many would write. */
export const exportSetPreview = z.strictObject({ files: z.array(plannedFile), refused: z.array(refusedExport) });
/** See {@link exportSetPreview}. */
export type ExportSetPreview = z.infer<typeof exportSetPreview>;

const manifestFile = z.strictObject({
  ...planned,
  /** `planned` only stands in the manifest of an export that was broken off by force. */
  state: z.enum(['planned', 'written', 'failed', 'not-reached']),
  bytes: z.int(),
  /** Of the file's bytes, in hex; '' when it was not written. */
  sha256: z.string(),
  /** Name of the copy of the file that was replaced; '' when there was none. */
  backup: z.string(),
  /** Why it failed, in words; '' otherwise. */
  problem: z.string(),
});
/** See {@link manifestFile}. */
export type ManifestFile = z.infer<typeof manifestFile>;

/** The manifest of an exported folder, as it stands in `manifest.json`. */
export const exportManifest = z.strictObject({
  format: z.literal('relaysmith-export'),
  version: z.literal(1),
  /** ISO 8601, UTC. */
  createdAt: z.string(),
  /** What happened to secrets. */
  secrets: z.enum(SECRET_POLICIES),
  /** True when every planned file was written. */
  complete: z.boolean(),
  files: z.array(manifestFile),
  /** What gives no file, in words. */
  refused: z.array(z.strictObject({ target: z.string(), profile: profileName, problem: z.string() })),
});
/** See {@link exportManifest}. */
export type ExportManifest = z.infer<typeof exportManifest>;
