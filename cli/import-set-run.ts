import type { Engine } from '../engine/index.ts';
import type { ImportSetFile, ImportSetPreview } from '../shared/import-set.ts';
import type { Context } from './command.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { type CliResult, usage } from './failure.ts';
import type { IMPORT_OPTIONS } from './import-table.ts';
import { holdsSecret } from './output/import.ts';
import { importSetLines } from './output/import-set.ts';
import { tableColumns } from './output/layout.ts';
import { profileJson } from './output/profile.ts';
import { safe } from './output/safe.ts';
import { progressLine } from './progress.ts';

type ImportContext = Context<typeof IMPORT_OPTIONS>;

/** `relaysmith import` of a folder or an archive. */
export async function importSet(
  context: ImportContext,
  engine: Engine,
  path: string,
  kind: 'folder' | 'archive',
): Promise<CliResult<ExitCode>> {
  const { values, io, style, print, printJson } = context;
  if (values.name !== undefined || values.target !== undefined) {
    return usage('--name and --target are about one file, and this holds several.', 'Import that file by itself.');
  }
  const read = await readSet(context, engine, path, kind);
  if (!read.ok) return read;
  const { importId, files } = read.value;
  const chosen = picked(files, values.only);
  if (!chosen.ok) return chosen;
  if (values['dry-run']) {
    printJson({ ...read.value, files: chosen.value });
    for (const line of importSetLines(chosen.value, style, tableColumns(io.stdout))) print(line);
    return { ok: true, value: EXIT.ok };
  }
  const choices = chosen.value.flatMap(({ first, preview }) =>
    (preview?.profiles ?? []).map(({ name }, index) => ({
      index: first + index,
      name,
      secrets: preview && holdsSecret(preview, index) ? (values.keep ?? 'keychain') : ('leave-out' as const),
    })),
  );
  const stored = await engine.client('imports.accept', { importId, choices });
  if (!stored.ok) return stored;
  printJson({
    files: chosen.value.map(({ path: within, preview, error }) => ({
      path: within,
      target: preview?.target ?? null,
      profiles: preview?.profiles.length ?? 0,
      error,
    })),
    profiles: stored.value.map(profileJson),
  });
  const understood = chosen.value.filter(({ preview }) => preview !== null).length;
  print(
    `${style.passed(style.icons.passed)} Imported ${stored.value.length} profiles from ${understood} of ${chosen.value.length} files.`,
  );
  for (const { profile } of stored.value) print(`  "${safe(profile.name)}" (${profile.id})`);
  if (understood < chosen.value.length) print(style.dim('--dry-run says what was not read, and why.'));
  return { ok: true, value: EXIT.ok };
}

async function readSet(
  context: ImportContext,
  { client }: Engine,
  path: string,
  kind: 'folder' | 'archive',
): Promise<CliResult<ImportSetPreview>> {
  const opened =
    kind === 'folder'
      ? await client('files.folder', { purpose: 'import', path })
      : await client('files.open', { purpose: 'import', path });
  if (!opened.ok) return opened;
  if (!opened.value) return usage('Nothing was chosen.', 'Name a file or a folder.');
  const source = { kind: 'path' as const, token: opened.value.token };
  return client('importSet.read', { source }, { signal: context.io.signal, onEvent: progressLine(context) });
}

function picked(files: ImportSetFile[], only: readonly string[]): CliResult<ImportSetFile[]> {
  if (only.length === 0) return { ok: true, value: files };
  const lacking = only.find((path) => !files.some((file) => file.path === path));
  if (lacking !== undefined) {
    return { ok: false, error: { code: 'NOT_FOUND', facts: { what: 'file in it', name: lacking } } };
  }
  return { ok: true, value: files.filter(({ path }) => only.includes(path)) };
}
