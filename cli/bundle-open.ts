import type { Engine } from '../engine/index.ts';
import type { BundlePreview, BundleProfile } from '../shared/bundle.ts';
import type { RequestInput } from '../shared/contract.ts';
import { describeError } from '../shared/messages.ts';
import type { BUNDLE_OPTIONS } from './bundle-table.ts';
import type { Context } from './command.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { type CliResult, usage } from './failure.ts';
import { bundleLines } from './output/bundle.ts';
import { tableColumns } from './output/layout.ts';
import { profileJson } from './output/profile.ts';
import { safe } from './output/safe.ts';
import { givenPassphrase, knownPassphrase } from './passphrase.ts';

type Choice = RequestInput<'bundles.accept'>['choices'][number];
type OpenContext = Context<typeof BUNDLE_OPTIONS>;

/** `relaysmith bundle open`: shows what a bundle holds, or stores it. */
export async function openBundle(context: OpenContext, file: string): Promise<CliResult<ExitCode>> {
  const { values, io, style, print, printJson } = context;
  const engine = await context.engine();
  const opened = await preview(context, engine, file);
  if (!opened.ok) return opened;
  const chosen = picked(opened.value, values.only);
  if (!chosen.ok) return chosen;
  if (values['dry-run']) {
    printJson({ ...opened.value, profiles: chosen.value });
    for (const line of bundleLines(opened.value, chosen.value, style, tableColumns(io.stdout))) print(line);
    return { ok: true, value: EXIT.ok };
  }
  const choices = chosen.value.flatMap((profile) => choiceFor(profile, values));
  const accepted = await engine.client('bundles.accept', { bundleId: opened.value.bundleId, choices });
  if (!accepted.ok) return accepted;
  const { added, replaced, notReplaced } = accepted.value;
  const skipped = chosen.value.length - choices.length;
  printJson({
    added: added.map(profileJson),
    replaced: replaced.map(profileJson),
    notReplaced,
    skipped,
    refused: opened.value.refused,
  });
  const done = style.passed(style.icons.passed);
  for (const { profile } of added) print(`${done} Added "${safe(profile.name)}" (${profile.id}).`);
  for (const { profile } of replaced) print(`${done} Replaced "${safe(profile.name)}" (${profile.id}).`);
  for (const { error } of notReplaced) {
    const { what, next } = describeError(error);
    print(`${style.failed(style.icons.failed)} ${safe(what)} ${safe(next)}`);
  }
  for (const { label, problem } of opened.value.refused) {
    print(`${style.warned(style.icons.warned)} Not taken over: "${safe(label)}": ${safe(problem)}`);
  }
  if (skipped > 0) print(style.dim(`Skipped, since they are stored already: ${skipped}.`));
  return { ok: true, value: notReplaced.length > 0 ? EXIT.failed : EXIT.ok };
}

/** Opens the file, and asks for its passphrase when it turns out to need one. */
async function preview({ io, values }: OpenContext, engine: Engine, file: string): Promise<CliResult<BundlePreview>> {
  const path = await engine.client('files.open', { purpose: 'import', path: file });
  if (!path.ok) return path;
  if (!path.value) return usage('No file was chosen.', 'Name one.');
  const source = { kind: 'file' as const, token: path.value.token };
  const given = await givenPassphrase(io, values);
  if (given && !given.ok) return given;
  const first = await engine.client('bundles.open', { source, passphrase: given?.value ?? null });
  if (first.ok || first.error.code !== 'PASSPHRASE_NEEDED') return first;
  const passphrase = await knownPassphrase(io, values);
  return passphrase.ok ? engine.client('bundles.open', { source, passphrase: passphrase.value }) : passphrase;
}

function picked({ profiles }: BundlePreview, only: readonly string[]): CliResult<BundleProfile[]> {
  if (only.length === 0) return { ok: true, value: profiles };
  const lacking = only.find((name) => !profiles.some(({ settings }) => settings.name === name));
  if (lacking !== undefined) {
    return { ok: false, error: { code: 'NOT_FOUND', facts: { what: 'profile in the bundle', name: lacking } } };
  }
  return { ok: true, value: profiles.filter(({ settings }) => only.includes(settings.name)) };
}

/** None when it is to be skipped. The conflict of the same id is the one that is replaced, else that of the same name. */
function choiceFor({ index, freeName, conflicts, secrets }: BundleProfile, values: OpenContext['values']): Choice[] {
  const [conflict] = conflicts;
  const kept = secrets.length > 0 ? (values.keep ?? 'keychain') : 'leave-out';
  if (!conflict || (values.conflict ?? 'keep-both') === 'keep-both') {
    return [{ action: 'add', index, name: freeName, secrets: kept }];
  }
  if (values.conflict === 'skip') return [];
  return [{ action: 'replace', index, id: conflict.id, revision: conflict.revision, secrets: kept }];
}
