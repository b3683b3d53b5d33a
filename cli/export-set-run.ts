import { resolve } from 'node:path';
import type { Engine } from '../engine/index.ts';
import type { RequestInput } from '../shared/contract.ts';
import type { ExportSetPreview } from '../shared/export-set.ts';
import type { TargetInfo } from '../shared/target.ts';
import type { Context, Values } from './command.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import type { EXPORT_OPTIONS, EXPORT_SET_OPTIONS } from './export-table.ts';
import { type CliResult, usage } from './failure.ts';
import { manifestLines, setPreviewLines } from './output/export-set.ts';
import { tableColumns } from './output/layout.ts';
import { safe } from './output/safe.ts';
import { chosenProfiles } from './profile-ref.ts';
import { progressLine } from './progress.ts';
import { pickTarget } from './target-ref.ts';

type SetOptions = Omit<typeof EXPORT_OPTIONS, 'to'> & typeof EXPORT_SET_OPTIONS;
type SetContext = Context<SetOptions>;
type SetTargets = RequestInput<'exportSet.preview'>['targets'];

/** Options of `export` that are about one file. */
const ONE_FILE = ['into', 'output', 'write', 'follow-link'] as const;

/** `relaysmith export PROFILE... --to TARGET... --output-dir DIR`. */
export async function runExportSet(context: SetContext): Promise<CliResult<ExitCode>> {
  const { values, positionals, io, style, print, printJson } = context;
  const folder = values['output-dir'] ?? '';
  if (folder === '') return usage('The name of the folder is empty.', 'Name a folder.');
  const stray = ONE_FILE.find((name) => values[name] !== undefined && values[name] !== false);
  if (stray) return usage(`--${stray} is about one file, and --output-dir about several.`, 'Use one of them.');
  const engine = await context.engine();
  const chosen = await chosenProfiles(engine, positionals, values.all);
  if (!chosen.ok) return chosen;
  const targets = await targetsOf(engine, values);
  if (!targets.ok) return targets;
  const request = {
    profileIds: chosen.value.map(({ id }) => id),
    targets: targets.value,
    policy: values.secrets ?? ('leave-out' as const),
    combine: values.combine,
  };
  if (values['dry-run'] || values.diff) {
    const preview = await engine.client('exportSet.preview', request, { signal: io.signal });
    if (!preview.ok) return preview;
    printJson(preview.value);
    for (const line of setPreviewLines(preview.value, style, tableColumns(io.stdout))) print(line);
    return { ok: true, value: exitOf(preview.value.refused) };
  }
  const place = await engine.client('files.folder', { purpose: 'export', path: folder });
  if (!place.ok) return place;
  if (!place.value) return usage('No folder was chosen.', 'Name one with --output-dir.');
  const written = await engine.client(
    'exportSet.write',
    { ...request, folder: place.value.token, replace: values.replace },
    { signal: io.signal, onEvent: progressLine(context) },
  );
  if (!written.ok) return written;
  const { manifest, cancelled } = written.value;
  const path = resolve(io.workingDirectory, folder);
  printJson({ folder: path, cancelled, manifest });
  for (const line of manifestLines(manifest, safe(folder), cancelled, style)) print(line);
  if (cancelled) return { ok: true, value: EXIT.cancelled };
  return { ok: true, value: manifest.complete ? exitOf(manifest.refused) : EXIT.failed };
}

function exitOf(refused: ExportSetPreview['refused'] | readonly object[]): ExitCode {
  return refused.length > 0 ? EXIT.failed : EXIT.ok;
}

/** The products of `--to`, each with its own options; `--option` needs the product's name where there are several. */
async function targetsOf(engine: Engine, { to, option }: Values<SetOptions>): Promise<CliResult<SetTargets>> {
  if (to.length === 0) return usage('The target is missing.', 'Name it with --to; relaysmith targets lists them.');
  const known = await engine.client('targets.list', {});
  if (!known.ok) return known;
  const infos = new Map<string, TargetInfo>();
  for (const name of to) {
    const found = pickTarget(known.value, name);
    if (!found.ok) return found;
    infos.set(found.value.id, found.value);
  }
  const options = new Map<string, Record<string, string>>([...infos.keys()].map((id) => [id, {}]));
  for (const assignment of option) {
    const match = /^(?:([\w-]+)\.)?([\w-]+)=(.*)$/s.exec(assignment);
    const [, named, key = '', value = ''] = match ?? [];
    const id = named ?? (infos.size === 1 ? [...infos.keys()][0] : undefined);
    const info = id === undefined ? undefined : infos.get(id);
    if (!match || !info?.options.some((each) => each.key === key)) {
      return usage(
        '--option needs TARGET.KEY=VALUE with one of the targets and a key of it.',
        'relaysmith targets TARGET lists the keys.',
      );
    }
    options.set(info.id, { ...options.get(info.id), [key]: value });
  }
  return { ok: true, value: [...options].map(([target, chosen]) => ({ target, options: chosen })) };
}
