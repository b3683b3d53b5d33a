import type { ProfileSettings } from '../../shared/profile.ts';
import type { Result } from '../../shared/result.ts';
import type { SecretKind } from '../../shared/secrets.ts';
import type {
  ApplyStep,
  ImportIgnored,
  ImportOrigin,
  ImportSecret,
  SecretPolicy,
  TargetInfo,
  TargetLimit,
} from '../../shared/target.ts';
import type { FormSheet } from './entry-sheet.ts';
import type { NamedAccount } from './render-many.ts';
import type { SourceDocument } from './source.ts';

/** What may be done with the secrets of a profile, and those that are at hand. */
export interface SecretsForExport {
  policy: SecretPolicy;
  /** Only looked at when the policy is `include`. */
  values: Partial<Record<SecretKind, string>>;
}

/** What a target needs besides the settings. */
export interface ExportContext {
  /** By the keys of `info.options`, each with a value: the defaults are filled in. */
  options: Record<string, string>;
  secrets: SecretsForExport;
}

/** A secret that a file holds or points to. */
export interface ParsedSecret extends Omit<ImportSecret, 'profile'> {
  /** Only with state `value`. It never leaves the privileged side. */
  value?: string;
}

/** One account that was read from a file. */
export interface ParsedProfile {
  /** Valid settings: what the file had and the schema refuses stands in `ignored` instead. */
  settings: ProfileSettings;
  /** Where each value came from, by its dotted path. A value without one is the product's or our default. */
  origins: Record<string, ImportOrigin>;
  secrets: ParsedSecret[];
}

/** What a target understood of a file. */
export interface ParsedImport {
  profiles: ParsedProfile[];
  ignored: ImportIgnored[];
  warnings: string[];
}

/**
 * One product, all in one shape. Every method is a pure function of text and settings; no file is read or written here.
 */
export interface Target {
  readonly info: TargetInfo;
  /** How surely this is the product's file, from 0 (not at all) to 1; by content, the name is only a hint. */
  recognise(source: SourceDocument): number;
  /** Name to suggest for a new file: never that of a whole configuration that this text is only a part of. */
  fileName(context: ExportContext): string;
  /** The text of a new file. Errors: TARGET_REFUSES. */
  render(settings: ProfileSettings, context: ExportContext): Result<string>;
  /**
   * The text of a new file that holds several profiles, for products that read several from one file. `options` are those
   * of the context, but for the one that names the account. Errors: TARGET_REFUSES.
   */
  renderMany?(accounts: readonly NamedAccount[], options: ExportContext['options']): Result<string>;
  /**
   * An existing text with only the product's mail keys changed. Errors: TARGET_REFUSES, PARSE_FAILED, TEMPLATE_FILE,
   * NOT_AVAILABLE for a form that has nothing to merge into.
   */
  merge(existing: string, settings: ProfileSettings, context: ExportContext): Result<string>;
  /** Reads a file. Errors: PARSE_FAILED, TEMPLATE_FILE, NO_MAIL_SETTINGS. */
  parse(source: SourceDocument): Result<ParsedImport>;
  /** What the product cannot express of these settings, or would not work with. */
  limits(settings: ProfileSettings, context: ExportContext): TargetLimit[];
  /**
   * The form of a product that takes no file, with the values to enter; such a target has a form `sheet` among its
   * options too. Errors: TARGET_REFUSES.
   */
  sheet?(settings: ProfileSettings, context: ExportContext): Result<FormSheet>;
  /** How a running server takes the settings. Never a secret inside. */
  apply(settings: ProfileSettings, context: ExportContext): ApplyStep[];
  /**
   * A part of a text, from the beginning of one line to the end of another, with every secret in it masked, ours and
   * others'. Keeps the number of lines.
   */
  mask(text: string, from?: number, to?: number): string;
}

/** The options of a request with the target's defaults for those that are not given. */
export function withDefaults(info: TargetInfo, options: Record<string, string>): Record<string, string> {
  const filled: Record<string, string> = {};
  for (const { key, default: standard } of info.options) filled[key] = options[key] ?? standard;
  return filled;
}
