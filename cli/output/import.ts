import { fieldValue } from '../../shared/fix.ts';
import type { ProfileSettings } from '../../shared/profile.ts';
import type { ImportPreview } from '../../shared/target.ts';
import { pad, table } from './layout.ts';
import { safe } from './safe.ts';
import type { Style } from './style.ts';

const SECRET_STATES = {
  value: 'is in the file',
  mask: 'is only a mask',
  reference: 'is kept elsewhere',
  empty: 'is empty',
} as const;

/** What was understood of a file: each field with its value and where it stands, secrets, and what was left. */
export function importLines(preview: ImportPreview, style: Style, columns: number): string[] {
  const lines = [`Recognised as ${style.bold(safe(preview.target))}.`];
  if (preview.otherCandidates.length > 0)
    lines.push(style.dim(`Could also be: ${preview.otherCandidates.join(', ')}.`));
  for (const [index, settings] of preview.profiles.entries()) {
    lines.push('', style.bold(safe(settings.name)));
    const prefix = index === 0 ? '' : `${index}:`;
    const rows = Object.entries(preview.origins).flatMap(([path, { key, line }]) => {
      const isOurs = index === 0 ? !/^\d+:/.test(path) : path.startsWith(prefix);
      if (!isOurs) return [];
      const field = path.slice(prefix.length);
      return [[`  ${field}`, shownSetting(settings, field), `${safe(key)}, line ${line}`]];
    });
    lines.push(...table(rows, columns));
    for (const { profile, kind, key, line, state, reference } of preview.secrets) {
      if (profile !== index) continue;
      const where = reference ? ` (${safe(reference)})` : '';
      lines.push(`  ${pad(kind, 12)} ${SECRET_STATES[state]}${where}: ${safe(key)}, line ${line}`);
    }
  }
  if (preview.ignored.length > 0) lines.push('', 'Not taken over:');
  for (const { key, line, reason } of preview.ignored) lines.push(`  ${safe(key)} (line ${line}): ${safe(reason)}`);
  for (const warning of preview.warnings) lines.push(`${style.warned(style.icons.warned)} ${safe(warning)}`);
  return lines;
}

/** True when the file holds the value of a secret for one of its profiles. */
export function holdsSecret({ secrets }: ImportPreview, index: number): boolean {
  return secrets.some(({ profile, state }) => profile === index && state === 'value');
}

/** A field's value on one line, harmless and short. */
export function shownSetting(settings: ProfileSettings, field: string): string {
  return safe(shown(fieldValue(settings, field)), 60);
}

function shown(value: unknown): string {
  if (value === undefined) return '';
  return typeof value === 'string' ? value.replaceAll('\n', ' ') : JSON.stringify(value);
}
