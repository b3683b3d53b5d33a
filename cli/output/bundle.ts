import type { BundlePreview, BundleProfile } from '../../shared/bundle.ts';
import { differingFields } from '../../shared/differences.ts';
import { hostPort } from '../../shared/host.ts';
import { shownSetting } from './import.ts';
import { table } from './layout.ts';
import { safe } from './safe.ts';
import type { Style } from './style.ts';

/** What a bundle holds: each profile, and field by field how it differs from a stored one. */
export function bundleLines(
  { createdAt, isEncrypted, refused }: BundlePreview,
  profiles: readonly BundleProfile[],
  style: Style,
  columns: number,
): string[] {
  const lines = [`Made ${safe(createdAt)}, ${isEncrypted ? 'encrypted' : 'without secrets'}.`];
  for (const { settings, secrets, conflicts, freeName } of profiles) {
    const { host, port, security } = settings.server;
    const held = secrets.length > 0 ? `, with ${secrets.join(', ')}` : '';
    lines.push('', style.bold(safe(settings.name)), `  ${safe(hostPort(host, port))}, ${security}${held}`);
    for (const conflict of conflicts) {
      const same = conflict.same === 'id' ? 'Saved from here' : 'The same name';
      lines.push(
        `  ${style.warned(style.icons.warned)} ${same}: ${conflict.id}. Both are kept, this one as "${safe(freeName)}".`,
      );
      const fields = differingFields(conflict.settings, settings);
      if (fields.length === 0) lines.push('    All settings are the same.');
      const rows = fields.map((field) => [
        `    ${field}`,
        `stored: ${shownSetting(conflict.settings, field)}`,
        `bundle: ${shownSetting(settings, field)}`,
      ]);
      lines.push(...table(rows, columns));
    }
  }
  for (const { label, problem } of refused) {
    lines.push('', `${style.failed(style.icons.failed)} Cannot be read: "${safe(label)}": ${safe(problem)}`);
  }
  return lines;
}
