import type { ExportManifest, ExportSetPreview, ManifestFile, PlannedFile } from '../../shared/export-set.ts';
import { describeError } from '../../shared/messages.ts';
import { table } from './layout.ts';
import { safe } from './safe.ts';
import type { Style } from './style.ts';

/** The files that would be written, with what the products cannot take. */
export function setPreviewLines({ files, refused }: ExportSetPreview, style: Style, columns: number): string[] {
  const rows = files.map((file) => [`  ${safe(file.file)}`, safe(file.product), limitWords(file)]);
  const lines = [`${files.length} files:`, ...table(rows, columns)];
  for (const { product, profile, error } of refused) {
    lines.push(refusal(style, product, profile.name, describeError(error).what));
  }
  return lines;
}

/** What was written, and what was not and why. */
export function manifestLines(
  { files, refused, complete }: ExportManifest,
  folder: string,
  cancelled: boolean,
  style: Style,
): string[] {
  const written = files.filter(({ state }) => state === 'written');
  const words = `Wrote ${written.length} of ${files.length} files and the manifest to ${folder}.`;
  const lines = [`${complete ? style.passed(style.icons.passed) : style.warned(style.icons.warned)} ${words}`];
  if (cancelled) lines.push('Cancelled. What was written is whole, and the manifest says what was not.');
  for (const { file, problem } of files.filter(({ state }) => state === 'failed')) {
    lines.push(`${style.failed(style.icons.failed)} ${safe(file)}: ${safe(problem)}`);
  }
  for (const { target, profile, problem } of refused) lines.push(refusal(style, target, profile.name, problem));
  for (const file of written.filter((each) => each.limits.length > 0)) {
    lines.push(style.dim(`  ${safe(file.file)}: ${limitWords(file)}`));
  }
  if (written.some(({ backup }: ManifestFile) => backup !== ''))
    lines.push('  The old files are kept beside the new ones.');
  if (written.some(({ holdsSecret }) => holdsSecret)) {
    lines.push(`  ${style.warned(style.icons.warned)} Files with mode 0600 hold secrets in the clear.`);
  }
  return lines;
}

function refusal(style: Style, product: string, profile: string, problem: string): string {
  return `${style.failed(style.icons.failed)} No file of "${safe(profile)}" for ${safe(product)}: ${safe(problem)}`;
}

function limitWords({ limits }: PlannedFile): string {
  const refused = limits.filter(({ severity }) => severity === 'refused').length;
  const lossy = limits.length - refused;
  return [refused > 0 && `${refused} would not work`, lossy > 0 && `${lossy} cannot be expressed`]
    .filter(Boolean)
    .join(', ');
}
