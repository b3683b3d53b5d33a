import { fieldValue } from '../../shared/fix.ts';
import type { ImportComparison, SecretFate } from '../../shared/import-update.ts';
import { table } from './layout.ts';
import { safe } from './safe.ts';
import type { Style } from './style.ts';

const FATES: Record<SecretFate['stored'], string> = {
  none: 'none is stored',
  kept: 'the stored one stays',
  asked: 'the stored one belongs to the old server and is not sent to the new one',
};

/** What a file would change in a profile: each field as it is, as it would be, and where that stands. */
export function comparisonLines(
  { stored, settings, changes, secrets }: ImportComparison,
  fields: readonly string[],
  style: Style,
  columns: number,
): string[] {
  const name = safe(stored.profile.name);
  const lines = [changes.length === 0 ? `"${name}" already says what the file says.` : `Changes to "${name}":`];
  const rows = changes.flatMap(({ field, origin }) => {
    if (!fields.includes(field)) return [];
    const where = origin ? `${safe(origin.key)}, line ${origin.line}` : 'what the product does by itself';
    return [
      ['-', field, shown(fieldValue(stored.profile, field)), ''],
      ['+', field, shown(fieldValue(settings, field)), where],
    ];
  });
  lines.push(...table(rows, columns).map((line) => (line.startsWith('-') ? style.failed(line) : style.passed(line))));
  for (const { kind, inFile, stored: fate } of secrets) {
    lines.push(`  ${kind}: ${FATES[fate]}${inFile ? '; the file holds one' : ''}.`);
  }
  return lines;
}

function shown(value: unknown): string {
  if (value === undefined || value === '') return '(not set)';
  const text = typeof value === 'string' ? value.replaceAll('\n', ' ') : JSON.stringify(value);
  return safe(text, 60);
}
