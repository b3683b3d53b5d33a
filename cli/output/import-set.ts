import { hostPort } from '../../shared/host.ts';
import type { ImportSetFile } from '../../shared/import-set.ts';
import { describeError } from '../../shared/messages.ts';
import { table } from './layout.ts';
import { safe } from './safe.ts';
import type { Style } from './style.ts';

/** What was understood of each file of a set, or why it was not. */
export function importSetLines(files: readonly ImportSetFile[], style: Style, columns: number): string[] {
  const rows = files.flatMap(({ path, preview, error }) => {
    if (error) return [[`${style.failed(style.icons.failed)} ${safe(path)}`, safe(describeError(error).what), '']];
    return (preview?.profiles ?? []).map(({ name, server }) => [
      `${style.passed(style.icons.passed)} ${safe(path)}`,
      safe(name),
      `${safe(hostPort(server.host, server.port))}, ${server.security}`,
    ]);
  });
  const warnings = files.flatMap(({ path, preview }) =>
    (preview?.warnings ?? []).map((text) => `${style.warned(style.icons.warned)} ${safe(path)}: ${safe(text)}`),
  );
  return [...table(rows, columns), ...warnings];
}
