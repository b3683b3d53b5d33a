import { resolve } from 'node:path';
import type { Engine } from '../engine/index.ts';
import type { RequestInput, Subject } from '../shared/contract.ts';
import type { ExportPreview } from '../shared/target.ts';
import type { Context, Values } from './command.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import type { EXPORT_OPTIONS } from './export-table.ts';
import { type CliResult, usage } from './failure.ts';
import { exportNotes, previewLines } from './output/export.ts';
import { safe } from './output/safe.ts';
import { pickTarget } from './target-ref.ts';

type ExportContext = Pick<Context, 'io' | 'json' | 'style' | 'print' | 'printJson' | 'note'>;
type ExportValues = Values<typeof EXPORT_OPTIONS>;
type ExportRequest = RequestInput<'exports.preview'>;

/** Writes the file of a product for a subject: to stdout, to a file, or (dry run) only as a preview. */
export async function runExport(
  context: ExportContext,
  values: ExportValues,
  engine: Engine,
  subject: Subject,
): Promise<CliResult<ExitCode>> {
  const wrong = contradiction(values, context);
  if (wrong) return wrong;
  const request = await requestOf(values, engine, subject);
  if (!request.ok) return request;
  const preview = await engine.client('exports.preview', request.value);
  if (!preview.ok) return preview;

  if (values['dry-run'] || values.diff) {
    context.printJson(preview.value);
    for (const line of previewLines(preview.value, context.style)) context.print(line);
    noteAll(context, preview.value);
    return { ok: true, value: EXIT.ok };
  }
  const destination = outputFile(values) ?? (values.write ? values.into : undefined);
  if (destination !== undefined) return writeFile(context, values, engine, request.value, preview.value, destination);

  const text = await engine.exportText(request.value);
  if (!text.ok) return text;
  context.printJson({ ...preview.value, text: text.value });
  if (!context.json) context.io.stdout.write(text.value.endsWith('\n') ? text.value : `${text.value}\n`);
  noteAll(context, preview.value);
  return { ok: true, value: EXIT.ok };
}

function contradiction(values: ExportValues, { io }: ExportContext): CliResult<never> | null {
  if (values.to === undefined)
    return usage('The target is missing.', 'Name it with --to; relaysmith targets lists them.');
  if (values.write && values.into === undefined) return usage('--write needs --into FILE.', 'Or use --output FILE.');
  if (values.write && values.output !== undefined)
    return usage('--write and --output contradict each other.', 'Use one of them.');
  if (values.output === '' || values.into === '') return usage('The name of the file is empty.', 'Name a file.');
  const toTerminal =
    outputFile(values) === undefined && !values.write && !values['dry-run'] && !values.diff && io.stdout.isTTY;
  if (values.secrets === 'include' && toTerminal && !values.yes) {
    return usage('This would show the secret on the screen.', 'Write to a file with --output, or add --yes.');
  }
  return null;
}

/** The file of `--output`; none when it is `-`, which is stdout as everywhere. */
function outputFile({ output }: ExportValues): string | undefined {
  return output === '-' ? undefined : output;
}

async function requestOf(values: ExportValues, engine: Engine, subject: Subject): Promise<CliResult<ExportRequest>> {
  const targets = await engine.client('targets.list', {});
  if (!targets.ok) return targets;
  const target = pickTarget(targets.value, values.to ?? '');
  if (!target.ok) return target;
  const options: Record<string, string> = {};
  for (const assignment of values.option) {
    const at = assignment.indexOf('=');
    const key = assignment.slice(0, at);
    const known = target.value.options.find((option) => option.key === key);
    if (at < 1 || !known) {
      const keys = target.value.options.map((option) => option.key).join(', ');
      return usage(
        '--option needs KEY=VALUE with a key of this target.',
        keys ? `Keys: ${keys}.` : 'This target has none.',
      );
    }
    options[key] = assignment.slice(at + 1);
  }
  let into: string | null = null;
  if (values.into !== undefined) {
    const opened = await engine.client('files.open', { purpose: 'merge', path: values.into });
    if (!opened.ok) return opened;
    into = opened.value?.token ?? null;
  }
  return {
    ok: true,
    value: { subject, target: target.value.id, options, policy: values.secrets ?? 'leave-out', into },
  };
}

async function writeFile(
  context: ExportContext,
  values: ExportValues,
  engine: Engine,
  request: ExportRequest,
  preview: ExportPreview,
  path: string,
): Promise<CliResult<ExitCode>> {
  const chosen = await engine.client('files.save', {
    suggestedName: preview.fileName.split('/').at(-1) ?? 'export',
    path,
  });
  if (!chosen.ok) return chosen;
  if (!chosen.value) return usage('No file was chosen.', 'Name one with --output.');
  const followLink = values['follow-link'];
  const written = await engine.client('exports.write', { ...request, destination: chosen.value.token, followLink });
  if (!written.ok) return written;
  const { bytes, backup } = written.value;
  const { text: _masked, diff: _diff, ...facts } = preview;
  context.printJson({ ...facts, written: { ...written.value, path: resolve(context.io.workingDirectory, path) } });
  const { style } = context;
  context.print(`${style.passed(style.icons.passed)} Wrote ${safe(path)} (${bytes} bytes).`);
  if (backup) context.print(`  The old file is kept as ${safe(backup)}.`);
  if (preview.holdsSecret) context.print(`  ${style.warned(style.icons.warned)} It holds the secret in the clear.`);
  noteAll(context, preview);
  return { ok: true, value: EXIT.ok };
}

/** Limits and commands go to stderr, so that stdout holds the file and nothing else. */
function noteAll(context: ExportContext, preview: ExportPreview): void {
  if (context.json) return;
  for (const line of exportNotes(preview, context.style, context.io.stderr.columns)) context.note(line);
}
