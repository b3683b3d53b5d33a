import type { ExportPreview } from '../../shared/target.ts';
import { indented } from './layout.ts';
import { safe, safeLines } from './safe.ts';
import type { Style } from './style.ts';

/** The diff against the existing file, or the whole text when there is none. Secrets are masked in both. */
export function previewLines({ text, diff }: ExportPreview, style: Style): string[] {
  if (diff.length === 0) return safeLines(text);
  return diff.map(({ kind, text: line }) => {
    const shown = safe(line.replaceAll('\t', '    '), 10_000);
    if (kind === 'added') return style.passed(`+ ${shown}`);
    if (kind === 'removed') return style.failed(`- ${shown}`);
    return `  ${shown}`;
  });
}

/** What the product cannot express, and the commands that make it take the file. */
export function exportNotes({ limits, apply }: ExportPreview, style: Style, columns: number): string[] {
  const width = Math.min(columns, 100);
  const lines = limits.map(({ severity, field, text }) => {
    const mark =
      severity === 'refused'
        ? style.failed(`${style.icons.failed} refused`)
        : style.warned(`${style.icons.warned} lossy`);
    return `${mark} ${safe(field)}: ${indented(safe(text), 4, width).trimStart()}`;
  });
  if (apply.length > 0) lines.push('To make the server take it:');
  for (const { title, command } of apply) {
    // Some steps are for hands, without a command.
    const commands = command === '' ? [] : safeLines(command).map((line) => `    ${line}`);
    lines.push(`  ${safe(title)}`, ...commands);
  }
  return lines;
}
