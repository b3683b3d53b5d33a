import type { Engine } from '../engine/index.ts';
import type { RequestInput } from '../shared/contract.ts';
import { appErrorOf } from '../shared/errors.ts';
import type { ImportComparison } from '../shared/import-update.ts';
import type { ImportPreview } from '../shared/target.ts';
import type { Context } from './command.ts';
import { confirm } from './confirm.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { type CliResult, usage } from './failure.ts';
import { importIndex } from './import-file.ts';
import { comparisonLines } from './output/import-update.ts';
import { tableColumns } from './output/layout.ts';
import { profileJson } from './output/profile.ts';
import { safe } from './output/safe.ts';
import { findProfile } from './profile-ref.ts';

/** The choices of `import --update`. */
export interface UpdateValues {
  update: string;
  index: number | undefined;
  field: readonly string[];
  keep: RequestInput<'imports.update'>['secrets'] | undefined;
  yes: boolean;
  'dry-run': boolean;
}

/** Updates a stored profile from a file that was read, after showing what changes and asking. */
export async function runUpdate(
  context: Pick<Context, 'io' | 'json' | 'style' | 'print' | 'printJson' | 'note'>,
  engine: Engine,
  preview: ImportPreview,
  values: UpdateValues,
): Promise<CliResult<ExitCode>> {
  const found = await findProfile(engine, values.update);
  if (!found.ok) return found;
  const index = importIndex(preview, values.index);
  if (!index.ok) return index;
  const pair = { importId: preview.importId, index: index.value, profileId: found.value.id };
  const compared = await engine.client('imports.compare', pair);
  if (!compared.ok) return compared;
  const fields = chosenFields(compared.value, values.field);
  if (!fields.ok) return fields;
  const { io, style, print, printJson } = context;
  const inFile = compared.value.secrets.some((secret) => secret.inFile);
  // With --json the document comes at the end; the question still needs something to decide on.
  const show = context.json ? context.note : print;
  for (const line of comparisonLines(compared.value, fields.value, style, tableColumns(io.stdout))) show(line);
  if (values['dry-run']) {
    printJson(compared.value);
    return { ok: true, value: EXIT.ok };
  }
  if (fields.value.length === 0 && !inFile) {
    printJson(profileJson(compared.value.stored));
    return { ok: true, value: EXIT.ok };
  }
  const agreed = await confirm(io, `Update "${safe(compared.value.stored.profile.name)}"?`, values.yes);
  if (!agreed.ok) return agreed;
  const outcome = await engine.client('imports.update', {
    ...pair,
    revision: compared.value.stored.revision,
    fields: fields.value,
    secrets: inFile ? (values.keep ?? 'keychain') : 'leave-out',
  });
  if (!outcome.ok) return outcome;
  if (outcome.value.outcome === 'conflict') {
    return { ok: false, error: appErrorOf('PROFILE_CHANGED', { name: compared.value.stored.profile.name }) };
  }
  const { stored } = outcome.value;
  printJson(profileJson(stored));
  print(`${style.passed(style.icons.passed)} Updated "${safe(stored.profile.name)}" (${stored.profile.id}).`);
  return { ok: true, value: EXIT.ok };
}

/** The fields of `--field`, or all that change. */
function chosenFields({ changes }: ImportComparison, asked: readonly string[]): CliResult<string[]> {
  const offered = changes.map(({ field }) => field);
  if (asked.length === 0) return { ok: true, value: offered };
  const unknown = asked.find((field) => !offered.includes(field));
  if (unknown === undefined) return { ok: true, value: [...new Set(asked)] };
  return usage('The file does not change this field.', `It changes: ${offered.join(', ') || 'nothing'}.`);
}
