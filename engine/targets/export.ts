import { SHEET_FORM } from '../../shared/entry-sheet.ts';
import { appErrorOf } from '../../shared/errors.ts';
import type { ProfileSettings } from '../../shared/profile.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { type SecretKind, secretsNeeded } from '../../shared/secrets.ts';
import type { DiffLine, ExportPreview, SecretPolicy, TargetInfo } from '../../shared/target.ts';
import { changedPart, diffLines, type MaskedText } from './diff.ts';
import type { FormSheet } from './entry-sheet.ts';
import { targetById } from './index.ts';
import { SHOWN_MASK } from './json/mask.ts';
import { type ExportContext, type Target, withDefaults } from './target.ts';

/** The file that an export is merged into. */
export interface ExistingText {
  /** The text without its byte order mark. */
  text: string;
  bom: boolean;
}

/** What to export to, and how. */
export interface ExportRequest {
  target: string;
  options: Record<string, string>;
  policy: SecretPolicy;
  /** Null for a new file. */
  into: ExistingText | null;
}

/** A finished export. Its text may hold secrets: it goes to a file and nowhere else. */
export interface ComposedExport {
  target: Target;
  context: ExportContext;
  fileName: string;
  text: string;
  holdsSecret: boolean;
}

type SecretValues = Partial<Record<SecretKind, string>>;

/** Characters of a new text that a preview shows in full; of a longer one it shows the changed part. */
const MAX_PREVIEW = 262_144;

/** A known secret of this length is masked wherever it stands; a shorter one would garble half of the text. */
const MIN_KNOWN_SECRET = 8;

/**
 * Makes the text of an export.
 * @param settings Settings that passed the schema, as all do that come from the library, a request or an import.
 * Errors: TARGET_UNKNOWN, INVALID_INPUT for an option that is none, SECRET_NEEDED for the policy `include` without the
 * secrets, and those of the target.
 */
export function compose(
  settings: ProfileSettings,
  secrets: SecretValues,
  request: ExportRequest,
): Result<ComposedExport> {
  const found = targetById(request.target);
  if (!found.ok) return found;
  const target = found.value;
  const problems = optionProblems(target.info, request.options);
  if (problems.length > 0) return fail(appErrorOf('INVALID_INPUT', { problems }));
  const missing = secretsToInclude(settings).filter((kind) => !secrets[kind]);
  if (request.policy === 'include' && missing.length > 0) {
    return fail(appErrorOf('SECRET_NEEDED', { kinds: missing, reason: 'not-stored' }));
  }
  const context: ExportContext = {
    options: withDefaults(target.info, request.options),
    secrets: { policy: request.policy, values: request.policy === 'include' ? secrets : {} },
  };
  const text = request.into ? target.merge(request.into.text, settings, context) : target.render(settings, context);
  if (!text.ok) return text;
  return ok({
    target,
    context,
    fileName: target.fileName(context),
    text: request.into?.bom ? `\ufeff${text.value}` : text.value,
    holdsSecret: request.policy === 'include' && secretsToInclude(settings).length > 0,
  });
}

/**
 * The form of a product with what to enter, secrets only named. Errors: TARGET_UNKNOWN, NOT_AVAILABLE for a product that
 * takes a file instead, and those of the target.
 */
export function sheetFor(settings: ProfileSettings, id: string): Result<FormSheet> {
  const found = targetById(id);
  if (!found.ok) return found;
  const { info, sheet } = found.value;
  if (!sheet) {
    const instead = `Export ${info.fileName} instead.`;
    return fail(appErrorOf('NOT_AVAILABLE', { what: `An entry sheet for ${info.name}`, instead }));
  }
  const options = withDefaults(info, { form: SHEET_FORM });
  return sheet(settings, { options, secrets: { policy: 'leave-out', values: {} } });
}

/** Secrets that products hold as text; a private key is a file of its own everywhere. */
const WRITTEN: ReadonlySet<SecretKind> = new Set(['password', 'clientSecret', 'refreshToken', 'accessToken']);

/** The secrets that the policy `include` writes for these settings; compose() asks for exactly these. */
export function secretsToInclude(settings: ProfileSettings): SecretKind[] {
  return secretsNeeded(settings).filter((kind) => WRITTEN.has(kind));
}

/** What an export would write, with every secret masked, whatever the policy: ours and those of the existing file. */
export function preview(
  settings: ProfileSettings,
  secrets: SecretValues,
  request: ExportRequest,
): Result<ExportPreview> {
  const composed = compose(settings, secrets, request);
  if (!composed.ok) return composed;
  const { target, context, fileName, text, holdsSecret } = composed.value;
  const hide = (shown: string) => hideKnown(shown, context.secrets.values);
  const diff = request.into ? maskedDiff(target, withMark(request.into), text, hide) : [];
  const isWhole = text.length <= MAX_PREVIEW;
  return ok({
    target: target.info.id,
    fileName,
    text: isWhole ? hide(target.mask(text)) : diff.map((line) => line.text).join('\n'),
    isWhole,
    diff,
    limits: target.limits(settings, context),
    apply: target.apply(settings, context),
    holdsSecret,
  });
}

function maskedDiff(target: Target, before: string, after: string, hide: (shown: string) => string): DiffLine[] {
  const part = changedPart(before, after);
  if (!part) return [];
  const side = (text: string, to: number): MaskedText => ({
    real: text.slice(part.from, to),
    shown: hide(target.mask(text, part.from, to)),
    before: part.from > 0,
    after: to < text.length,
  });
  return diffLines(side(before, part.oldEnd), side(after, part.newEnd));
}

function withMark({ text, bom }: ExistingText): string {
  return bom ? `\ufeff${text}` : text;
}

/** The second net, for a known secret that also stands where no key tells that it is one. */
function hideKnown(text: string, secrets: SecretValues): string {
  let shown = text;
  for (const secret of Object.values(secrets)) {
    if (secret.length < MIN_KNOWN_SECRET) continue;
    const forms = [secret, JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret)];
    for (const form of new Set(forms)) shown = shown.replaceAll(form, SHOWN_MASK);
  }
  return shown;
}

function optionProblems(info: TargetInfo, options: Record<string, string>): { field: string; message: string }[] {
  return Object.entries(options).flatMap(([key, value]) => {
    const option = info.options.find((candidate) => candidate.key === key);
    if (!option) return [{ field: key, message: `${info.name} has no option of this name.` }];
    if (option.values.length === 0 || option.values.some((choice) => choice.value === value)) return [];
    return [{ field: key, message: `Use one of ${option.values.map((choice) => choice.value).join(', ')}.` }];
  });
}
