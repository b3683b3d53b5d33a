import * as z from 'zod/mini';
import { profileSettings } from './profile.ts';
import { SECRET_KINDS } from './secrets.ts';

/** What happens to a secret on export; the same default (`leave-out`) in every door. */
export const SECRET_POLICIES = ['leave-out', 'placeholder', 'environment', 'include'] as const;
/** See {@link SECRET_POLICIES}. */
export type SecretPolicy = (typeof SECRET_POLICIES)[number];

/** One choice that a target offers, such as its form (file, environment, commands). */
export const targetOption = z.strictObject({
  key: z.string(),
  label: z.string(),
  help: z.string(),
  /** Allowed values with their labels; [] means free text. */
  values: z.array(z.strictObject({ value: z.string(), label: z.string() })),
  default: z.string(),
});
/** See {@link targetOption}. */
export type TargetOption = z.infer<typeof targetOption>;

/** What a product is and takes, for pickers and help. */
export const targetInfo = z.strictObject({
  /** Stable id such as `mattermost`. */
  id: z.string(),
  /** The product's name. */
  name: z.string(),
  /** The file it reads, such as `config.json`. */
  fileName: z.string(),
  summary: z.string(),
  /** Whether an existing file can be merged into. */
  merges: z.boolean(),
  options: z.array(targetOption),
});
/** See {@link targetInfo}. */
export type TargetInfo = z.infer<typeof targetInfo>;

/** Something that the product cannot express or would refuse, told before the export. */
export const targetLimit = z.strictObject({
  /** `lossy`: it will do something else; `refused`: the product would not start or work with it. */
  severity: z.enum(['lossy', 'refused']),
  /** Field of the profile by dotted path. */
  field: z.string(),
  /** What the product does instead, in plain words. */
  text: z.string(),
});
/** See {@link targetLimit}. */
export type TargetLimit = z.infer<typeof targetLimit>;

/** Commands that make a running server take the settings; never with a secret in argv. */
export const applyStep = z.strictObject({ title: z.string(), command: z.string() });
/** See {@link applyStep}. */
export type ApplyStep = z.infer<typeof applyStep>;

/** One line of a diff between the existing and the new text. */
export const diffLine = z.strictObject({ kind: z.enum(['same', 'added', 'removed']), text: z.string() });
/** See {@link diffLine}. */
export type DiffLine = z.infer<typeof diffLine>;

/** What an export would write. Secrets are shown masked, whatever the policy. */
export const exportPreview = z.strictObject({
  target: z.string(),
  fileName: z.string(),
  text: z.string(),
  /** False when the text is too long to show and only its changed part stands here. */
  isWhole: z.boolean(),
  /** Against the existing file; [] when there is none. */
  diff: z.array(diffLine),
  limits: z.array(targetLimit),
  apply: z.array(applyStep),
  /** True when the written file will hold a secret in the clear (policy `include`). */
  holdsSecret: z.boolean(),
});
/** See {@link exportPreview}. */
export type ExportPreview = z.infer<typeof exportPreview>;

/** Where a value came from. */
export const importOrigin = z.strictObject({ key: z.string(), line: z.int() });
/** See {@link importOrigin}. */
export type ImportOrigin = z.infer<typeof importOrigin>;

/** A secret that the file holds or points to; its value stays on the privileged side. */
export const importSecret = z.strictObject({
  kind: z.enum(SECRET_KINDS),
  /** Index into `profiles`. */
  profile: z.int(),
  key: z.string(),
  line: z.int(),
  /** `value`: it is there; `mask`: stars instead; `reference`: kept elsewhere (variable, vault); `empty`. */
  state: z.enum(['value', 'mask', 'reference', 'empty']),
  /** The reference as written, when it holds no secret itself; else ''. */
  reference: z.string(),
});
/** See {@link importSecret}. */
export type ImportSecret = z.infer<typeof importSecret>;

/** A key that was read and not taken over, and why. */
export const importIgnored = z.strictObject({ key: z.string(), line: z.int(), reason: z.string() });
/** See {@link importIgnored}. */
export type ImportIgnored = z.infer<typeof importIgnored>;

/** What was understood of a file. Nothing is stored until it is accepted. */
export const importPreview = z.strictObject({
  /** Names the import on the privileged side, to accept it. */
  importId: z.uuid(),
  target: z.string(),
  /** Other targets that the content could be, best first. */
  otherCandidates: z.array(z.string()),
  profiles: z.array(profileSettings),
  /** By field path; fields of the second profile on carry its index: `1:server.host`. */
  origins: z.record(z.string(), importOrigin),
  ignored: z.array(importIgnored),
  secrets: z.array(importSecret),
  /** What looks wrong in the file, such as STARTTLS on port 465. */
  warnings: z.array(z.string()),
});
/** See {@link importPreview}. */
export type ImportPreview = z.infer<typeof importPreview>;
